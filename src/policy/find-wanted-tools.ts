import { satisfies, validRange } from "@renovatebot/pep440";
import semver from "semver";
import { parse } from "smol-toml";
import { z } from "zod";
import { type Toolchains, toolNames, type WantedTool } from "../domain/evidence/wanted-tool.ts";
import type { Look } from "./guess-node.ts";

type Wish = { wanted: string; fits(here: string): boolean };
type VersionReader = { from: string; read(text: string): Wish | undefined };

/** No such wish is longer, in characters; whatever is longer asks for nothing. */
const longest = 100;

/** A version file names one version, of which the first two numbers count. */
const sameMinor = (wanted: string): Wish => ({ wanted, fits: (here) => minorOf(here) === minorOf(wanted) });
/** Go and Rust build what was written for an older version. */
const atLeast = (wanted: string): Wish => ({
  wanted,
  fits: (here) => semver.gte(semver.coerce(here) ?? "0.0.0", semver.coerce(wanted) ?? "0.0.0"),
});

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

const fromLine =
  (line: RegExp, wish: (wanted: string) => Wish) =>
  (text: string): Wish | undefined => {
    const wanted = line.exec(text)?.[1];
    return wanted === undefined ? undefined : wish(wanted);
  };

/** The files that ask for a version, in the order in which they count. */
const readers: Record<(typeof toolNames)[number], VersionReader[]> = {
  Python: [
    { from: ".python-version", read: fromLine(/^[ \t]*(\d+\.\d+(?:\.\d+)?)[ \t]*$/m, sameMinor) },
    { from: ".tool-versions", read: fromLine(/^python[ \t]+(\d+\.\d+(?:\.\d+)?)/m, sameMinor) },
    { from: "pyproject.toml", read: ofProject },
    { from: "setup.cfg", read: fromLine(/^python_requires[ \t]*=[ \t]*(\S[^\n]*?)[ \t]*$/m, ofPep440) },
  ],
  Go: [
    { from: "go.mod", read: fromLine(/^toolchain[ \t]+go(\d+(?:\.\d+){1,2})/m, atLeast) },
    { from: "go.mod", read: fromLine(/^go[ \t]+(\d+(?:\.\d+){1,2})/m, atLeast) },
    { from: ".tool-versions", read: fromLine(/^go(?:lang)?[ \t]+(\d+(?:\.\d+){1,2})/m, atLeast) },
  ],
  Rust: [
    { from: "rust-toolchain.toml", read: fromLine(/^channel[ \t]*=[ \t]*["']([\w.-]+)["']/m, ofChannel) },
    { from: "rust-toolchain", read: fromLine(/^(?:channel[ \t]*=[ \t]*["'])?([\w.-]+)/m, ofChannel) },
    { from: ".tool-versions", read: fromLine(/^rust[ \t]+([\w.-]+)/m, ofChannel) },
    { from: "Cargo.toml", read: ofCargo },
  ],
};

/** Every path at which a version may be asked for. */
export const toolVersionFiles = [
  ...new Set(Object.values(readers).flatMap((all) => all.map(({ from }) => from))),
];

/**
 * The versions of languages that a repository asks for, where this machine has the language in another. A version that is
 * not told in numbers asks for nothing, and what is not there at all is told by the command that misses it.
 */
export function findWantedTools(look: Look, toolchains: Toolchains): WantedTool[] {
  return toolNames.flatMap((tool) => {
    const here = toolchains[tool];
    const wish = here === undefined ? undefined : firstWish(look, readers[tool]);
    if (here === undefined || !wish || wish.fits(here)) return [];
    return [{ tool, wanted: wish.wanted, from: wish.from, here }];
  });
}

function firstWish(look: Look, all: VersionReader[]): (Wish & { from: string }) | undefined {
  for (const { from, read } of all) {
    const wish = read(look(from) ?? "");
    if (wish && wish.wanted.length <= longest) return { ...wish, from };
  }
  return undefined;
}

/** `stable` is whatever there is; `nightly` and `beta` are what no distribution ships. */
function ofChannel(channel: string): Wish {
  if (/^\d+(?:\.\d+){1,2}$/.test(channel)) return atLeast(channel);
  return { wanted: channel, fits: (here) => !/^(?:nightly|beta)/.test(channel) || here.includes("-") };
}

function ofPep440(wanted: string): Wish {
  return { wanted, fits: (here) => validRange(wanted) !== true || satisfies(here, wanted) };
}

const Project = z.object({
  project: z.object({ "requires-python": z.string() }).optional().catch(undefined),
  tool: z
    .object({ poetry: z.object({ dependencies: z.object({ python: z.string() }) }) })
    .optional()
    .catch(undefined),
});

/** Poetry writes `^3.12` as npm does, and else what PEP 440 has. */
function ofProject(text: string): Wish | undefined {
  const { project, tool } = parseToml(Project, text) ?? {};
  const wanted = project?.["requires-python"] ?? tool?.poetry.dependencies.python;
  if (wanted === undefined) return undefined;
  return /^[\^~]\d/.test(wanted)
    ? { wanted, fits: (here) => semver.satisfies(here, wanted) }
    : ofPep440(wanted);
}

const Package = z
  .object({ "rust-version": z.string().optional().catch(undefined), edition: z.unknown().optional() })
  .optional()
  .catch(undefined);
const Cargo = z.object({
  package: Package,
  workspace: z.object({ package: Package }).optional().catch(undefined),
});

/** The first Rust that knows the edition, from the edition guide: an older one refuses the manifest. */
const ofEdition = "1.85";

function ofCargo(text: string): Wish | undefined {
  const manifest = parseToml(Cargo, text);
  for (const given of [manifest?.package, manifest?.workspace?.package]) {
    const wanted = given?.["rust-version"];
    if (wanted !== undefined && /^\d+(?:\.\d+){1,2}$/.test(wanted)) return atLeast(wanted);
    if (given?.edition === "2024") return { ...atLeast(ofEdition), wanted: `edition 2024 (${ofEdition})` };
  }
  return undefined;
}

function parseToml<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.parse(parse(text));
  } catch {
    // A text that is no such TOML asks for nothing.
    return undefined;
  }
}
