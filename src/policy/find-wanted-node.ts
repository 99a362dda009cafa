import semver from "semver";
import { z } from "zod";
import type { WantedNode } from "../domain/evidence/wanted-node.ts";
import type { Look } from "./guess-node.ts";

/** The files that ask for a Node.js, in the order in which version managers and npm are asked. */
export const nodeVersionFiles = [".nvmrc", ".node-version", ".tool-versions", "package.json"];

/** No such text is longer, in characters; whatever is longer asks for nothing. */
const longest = 100;

const Manifest = z.object({ engines: z.object({ node: z.string() }) });

/**
 * The Node.js that a repository asks for, where this machine's is another: of a version the major counts, of the range in
 * `engines` all of it. Names such as `lts/iron` need a list that nobody fetches here, and ask for nothing.
 */
export function findWantedNode(look: Look, here: string): WantedNode | undefined {
  for (const from of nodeVersionFiles) {
    const wanted = wantedIn(from, look(from) ?? "");
    if (wanted === undefined || wanted.length > longest) continue;
    return isSatisfied(from, { wanted, here }) ? undefined : { wanted, from, here };
  }
  return undefined;
}

function wantedIn(from: string, text: string): string | undefined {
  if (from === "package.json") return engineOf(text);
  const line = from === ".tool-versions" ? /^node(?:js)?[ \t]+(\S+)/m : /^[ \t]*(\S+)/;
  const version = line.exec(text)?.[1];
  return version !== undefined && /^v?\d+(?:\.\d+){0,2}$/.test(version) ? version : undefined;
}

function engineOf(text: string): string | undefined {
  try {
    const { node } = Manifest.parse(JSON.parse(text)).engines;
    return semver.validRange(node) === null ? undefined : node;
  } catch {
    return undefined;
  }
}

function isSatisfied(from: string, { wanted, here }: { wanted: string; here: string }): boolean {
  if (from === "package.json") return semver.satisfies(here, wanted, { includePrerelease: true });
  return semver.coerce(wanted)?.major === semver.major(here);
}
