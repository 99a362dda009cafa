import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Sandbox } from "../../ports/workshop.ts";
import { confinedScript } from "./confined-script.ts";
import type { KeptSetup } from "./entry.ts";

/** A checkout and the home that belongs to it. */
export type FurnishedPlace = { directory: string; home: string };

/**
 * Copies what set-up made into a checkout, each path beside what is tracked: a file of the tree is never overwritten, and
 * a folder that the tree no longer has is not made again. Then the paths of the place where it was made, which programs
 * write into scripts and links, become those of this one. A path takes its name once it is whole: a copy that a crash cut
 * short is made again.
 */
const copy = `set -e
cd "$FROM/tree"
xargs -0 -r -n 1 -a "$FROM/paths" sh -c '
  to="$TO/$1"
  [ -d "$(dirname -- "$to")" ] || exit 0
  if [ -L "$to" ] || [ -f "$to" ]; then exit 0; fi
  if [ -e "$to" ]; then tar -cf - -- "./$1" | tar -C "$TO" -xf - --skip-old-files; exit; fi
  rm -rf -- "$to.half" && cp -a --reflink=auto -- "./$1" "$to.half" && mv -- "$to.half" "$to"' sh
cp -a --reflink=auto -- "$FROM/home/." "$TO_HOME/"
[ ! -s "$FROM/anchored" ] || xargs -0 -r -n 1 -a "$FROM/anchored" sh -c '
  case "$1" in home/*) at="$TO_HOME/\${1#home/}";; *) at="$TO/\${1#tree/}";; esac
  if [ -L "$at" ]; then
    to=$(readlink -- "$at" | sed -e "s|^$OLD_HOME|$NEW_HOME|" -e "s|^$OLD|$NEW|")
    ln -sfn -- "$to" "$at"
  elif [ -f "$at" ]; then sed -i -e "s|$OLD_HOME|$NEW_HOME|g" -e "s|$OLD|$NEW|g" -- "$at"; fi' sh`;

/** Gives a checkout a private copy of what set-up made; nothing that is done there reaches the kept one. */
export async function furnish(
  sandbox: Sandbox,
  { directory, made }: KeptSetup,
  place: FurnishedPlace,
): Promise<void> {
  await mkdir(place.home, { recursive: true });
  const output = `${place.home}.copy.log`;
  await confinedScript(sandbox, {
    ...{ script: copy, directory: place.directory, output },
    readable: [directory],
    writable: [place.directory, place.home],
    environment: {
      ...{ FROM: directory, TO: place.directory, TO_HOME: place.home },
      ...{ OLD: pattern(join(made.origin, "work")), NEW: replacement(place.directory) },
      ...{ OLD_HOME: pattern(join(made.origin, "home")), NEW_HOME: replacement(place.home) },
    },
  });
  await rm(output, { force: true });
}

function pattern(path: string): string {
  return path.replace(/[\\.*^$[\]|]/g, "\\$&");
}

function replacement(path: string): string {
  return path.replace(/[\\&|]/g, "\\$&");
}
