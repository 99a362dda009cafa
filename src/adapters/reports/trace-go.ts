import type { Trace } from "../../ports/traces.ts";

/**
 * `go test` runs each test binary by it (`-exec`), so that each writes a profile of its own whatever the command's arguments are, and
 * says which module it is of. Other programs (`go run`) are run as they are. It is given the folder to write to.
 */
export function goRunner(out: string): string {
  return `#!/bin/sh
case "$1" in
  *.test)
    root=$PWD
    while [ "$root" != / ] && [ ! -f "$root/go.mod" ]; do root=$(dirname "$root"); done
    mkdir -p "${out}"
    sed -n "s|^module  *|$root |p" "$root/go.mod" > "${out}/$$.gobegun"
    binary=$1
    shift
    exec "$binary" "-test.coverprofile=${out}/$$.goran" "$@" ;;
  *) exec "$@" ;;
esac
`;
}

/** The flags by which `go test` counts lines of all packages below the folder where it is run. */
export function goFlags(runner: string, flags = ""): string {
  return [flags, "-coverpkg=./...", `-exec=${runner}`].filter(Boolean).join(" ");
}

/** What one test binary wrote: where its module lies and how it is called, and the blocks of its profile. */
export type GoProfile = { begun: string; ran: string };

const block = /^(?<file>.+):(?<first>\d+)\.\d+,(?<last>\d+)\.\d+ (?<statements>\d+) (?<count>\d+)$/;

/** Adds the lines of one profile to the trace; `files` are the paths that are wanted, below `root`. */
export function readGoProfile(
  trace: Trace,
  { begun, ran }: GoProfile,
  { root, files }: { root: string; files: ReadonlySet<string> },
): void {
  const { folder = "", name = "" } = /^(?<folder>.*) "?(?<name>[^\s"]+)"?/.exec(begun)?.groups ?? {};
  const inTree =
    folder === root ? "" : folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : undefined;
  if (inTree === undefined) return;
  for (const line of ran.split("\n")) {
    const { file = "", first, last, statements, count } = block.exec(line)?.groups ?? {};
    if (!file.startsWith(`${name}/`) || statements === "0") continue;
    const path = [inTree, file.slice(name.length + 1)].filter(Boolean).join("/");
    if (files.has(path))
      addBlock(trace, { path, first: Number(first), last: Number(last), ran: count !== "0" });
  }
}

/** No block of a file that a person wrote is longer, in lines. */
const longestBlock = 10_000;

function addBlock(trace: Trace, block: { path: string; first: number; last: number; ran: boolean }): void {
  const { path, first, last, ran } = block;
  const known = trace.lines.get(path);
  const lines = known ?? { ran: new Set<number>(), code: new Set<number>() };
  if (!known) trace.lines.set(path, lines);
  if (!known) trace.loaded.push(path);
  for (let line = first; line <= Math.min(last, first + longestBlock); line++) {
    lines.code.add(line);
    if (ran) lines.ran.add(line);
  }
}
