import type { RepositoryFile, Setup } from "../domain/rules/repository-file.ts";
import type { GuessedSetup } from "../domain/task/guessed-setup.ts";
import type { SkippedStep } from "../domain/task/skipped-step.ts";
import { bringWritten } from "./bring-written.ts";
import { guessNode, type Look, nodeFiles } from "./guess-node.ts";
import { guessPython, pythonFiles } from "./guess-python.ts";
import { stepFiles, type WrittenSteps, writtenSteps } from "./written-steps.ts";

/** What was guessed, from which file each part, and which steps that were written for others are not run. */
export type Guess = {
  settings: RepositoryFile;
  from: string[];
  setup?: GuessedSetup;
  skipped: SkippedStep[];
};

type GuessedPart = { settings: RepositoryFile & { setup?: Setup }; from: string };

/** Every path that the guess may look at. */
export const guessedFrom = [
  ...[...nodeFiles, ...pythonFiles, "Cargo.toml", "go.mod"],
  ...stepFiles,
  ...["Makefile", "makefile", "GNUmakefile", ".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"],
];

/** Guesses a configuration from a repository's files and a brief's command; what cannot be told is left out. */
export function guessSettings(look: Look, command = ""): Guess {
  const parts = [node(look), python(look, command), rust(look), go(look), guessFromMakefile(look)].flatMap(
    (part) => part ?? [],
  );
  const guessed = parts.find(({ settings }) => settings.setup);
  const { setup, skipped } = chooseSetup(look, { guessed, written: writtenSteps(look) });
  const allow = [...new Set(parts.flatMap(({ settings }) => settings.validation?.allow ?? []))];
  const owners = reviewers(look);
  return {
    ...(setup?.settings.setup && { setup: { setup: setup.settings.setup, from: setup.from.split(", ") } }),
    settings: {
      ...setup?.settings,
      ...(allow.length > 0 && { validation: { allow } }),
      ...owners?.settings,
    },
    skipped,
    from: [
      ...new Set([...(setup ? [setup] : []), ...parts, ...(owners ? [owners] : [])].map(({ from }) => from)),
    ],
  };
}

/**
 * What a repository wrote for others is more exact than what its manifests tell, as long as all of it can run here; steps
 * of which some cannot are asked only where there is no manifest. Hosts follow from the manifests then.
 */
function chooseSetup(
  look: Look,
  { guessed, written }: { guessed: GuessedPart | undefined; written: WrittenSteps | undefined },
): { setup: GuessedPart | undefined; skipped: SkippedStep[] } {
  if (!written) return { setup: guessed, skipped: [] };
  const { from } = written;
  const { lines, env, idle } = bringWritten(written, look);
  const idleSteps = idle.map((step) => ({ from, step, why: "nothing says which package manager it brings" }));
  const skipped = [...written.skipped, ...idleSteps];
  const isWhole = lines.length > 0 && written.skipped.every((step) => step.from !== from);
  if (lines.length === 0 || (guessed && !isWhole)) return { setup: guessed, skipped };
  const all = { ...guessed?.settings.setup?.env, ...env };
  const setup = { run: lines.join(" && "), ...(Object.keys(all).length > 0 && { env: all }) };
  return { setup: { from, settings: { setup } }, skipped };
}

function node(look: Look): GuessedPart | undefined {
  const guess = guessNode(look);
  return guess && part(guess.from, guess.setup, guess.test);
}

function python(look: Look, command: string): GuessedPart | undefined {
  const guess = guessPython(look, command);
  return guess && part(guess.from, guess.setup, guess.test);
}

function rust(look: Look): GuessedPart | undefined {
  if (look("Cargo.toml") === undefined) return undefined;
  const hosts = ["index.crates.io", "static.crates.io"];
  return part("Cargo.toml", { run: "cargo fetch", hosts }, "cargo test");
}

function go(look: Look): GuessedPart | undefined {
  if (look("go.mod") === undefined) return undefined;
  const hosts = ["proxy.golang.org", "sum.golang.org"];
  return part("go.mod", { run: "go mod download", hosts }, "go test ./...");
}

function guessFromMakefile(look: Look): GuessedPart | undefined {
  const makefile = look("Makefile") ?? look("makefile") ?? look("GNUmakefile");
  // In many a Makefile `check` is a linter.
  const target = ["test", "check"].find((name) => new RegExp(`^${name}\\s*:(?!=)`, "m").test(makefile ?? ""));
  if (target === undefined) return undefined;
  return { settings: { validation: { allow: [`make ${target}`] } }, from: "Makefile" };
}

function part(from: string, setup: Setup | undefined, test: string | undefined): GuessedPart {
  return { from, settings: { ...(setup && { setup }), ...(test && { validation: { allow: [test] } }) } };
}

/** Who owns everything: the owners of the last rule for `*`, which is the one that GitHub takes. */
function reviewers(look: Look): GuessedPart | undefined {
  const from = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"].find(
    (path) => look(path) !== undefined,
  );
  const rules = [...(look(from ?? "") ?? "").matchAll(/^\*[^\S\n]+(?<owners>[^\n#]+)/gm)];
  const owners = (rules.at(-1)?.groups?.owners ?? "")
    .split(/\s+/)
    .filter((owner) => /^@[\w/.-]+$/.test(owner));
  if (from === undefined || owners.length === 0) return undefined;
  return { from, settings: { reviewers: owners.map((owner) => owner.slice(1)) } };
}
