import type { RepositoryFile, Setup } from "../domain/rules/repository-file.ts";
import type { GuessedSetup } from "../domain/task/guessed-setup.ts";
import { guessPython, pythonFiles } from "./guess-python.ts";
import { stepFiles, type WrittenSteps, writtenSteps } from "./written-steps.ts";

/** What is looked at of a repository: the text of a file, or undefined where there is none. */
export type Look = (path: string) => string | undefined;

/** What was guessed, and from which file each part. */
export type Guess = { settings: RepositoryFile; from: string[]; setup?: GuessedSetup };

type Part = { settings: RepositoryFile & { setup?: Setup }; from: string };

/** The lockfiles, the command that installs what they name, and the registry that it needs. */
const managers = [
  {
    lockfile: "pnpm-lock.yaml",
    run: "pnpm install --frozen-lockfile",
    script: "pnpm",
    hosts: ["registry.npmjs.org"],
  },
  { lockfile: "yarn.lock", run: "yarn install --immutable", script: "yarn", hosts: ["registry.yarnpkg.com"] },
  {
    lockfile: "bun.lock",
    run: "bun install --frozen-lockfile",
    script: "bun run",
    hosts: ["registry.npmjs.org"],
  },
  { lockfile: "package-lock.json", run: "npm ci", script: "npm", hosts: ["registry.npmjs.org"] },
  { lockfile: "npm-shrinkwrap.json", run: "npm ci", script: "npm", hosts: ["registry.npmjs.org"] },
];

/** Yarn 1 knows no `--immutable`, and writes its version into its lockfile. */
const yarnOne = { mark: "# yarn lockfile v1", run: "yarn install --frozen-lockfile" };

/** What installs the dependencies of a library that commits no lockfile, without leaving one. */
const unlocked = { run: "npm install --no-package-lock", hosts: ["registry.npmjs.org"] };

/** What npm writes where nobody has written a test, and what would wait for changes instead of ending. */
const noTest = /no test specified|(?:^|\s)(?:--watch(?:All)?|-w)(?=\s|$)|\bnodemon\b/;

/** The names of scripts that test, the best first. */
const testScripts = ["test", "test:ci", "ci:test", "test:once", "test:unit"];

/** Every path that the guess may look at. */
export const guessedFrom = [
  ...managers.map(({ lockfile }) => lockfile),
  ...["package.json", "pnpm-workspace.yaml", ...pythonFiles, "Cargo.toml", "go.mod"],
  ...stepFiles,
  ...["Makefile", "makefile", "GNUmakefile", ".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"],
];

/** Guesses a configuration from a repository's files; what cannot be told is left out. */
export function guessSettings(look: Look): Guess {
  const parts = [node(look), python(look), rust(look), go(look), make(look)].flatMap((part) => part ?? []);
  const setup = chooseSetup(
    parts.find(({ settings }) => settings.setup),
    writtenSteps(look),
  );
  const allow = [...new Set(parts.flatMap(({ settings }) => settings.validation?.allow ?? []))];
  const owners = reviewers(look);
  return {
    ...(setup?.settings.setup && { setup: { setup: setup.settings.setup, from: setup.from.split(", ") } }),
    settings: {
      ...setup?.settings,
      ...(allow.length > 0 && { validation: { allow } }),
      ...owners?.settings,
    },
    from: [
      ...new Set([...(setup ? [setup] : []), ...parts, ...(owners ? [owners] : [])].map(({ from }) => from)),
    ],
  };
}

/**
 * What a repository wrote for others is more exact than what its manifests tell, as long as all of it can run here; steps
 * of which some cannot are asked only where there is no manifest. Hosts follow from the manifests then.
 */
function chooseSetup(guessed: Part | undefined, written: WrittenSteps | undefined): Part | undefined {
  if (!written || (guessed && !written.whole)) return guessed;
  return { from: written.from, settings: { setup: { run: written.lines.join(" && ") } } };
}

function node(look: Look): Part | undefined {
  const text = look("package.json");
  if (text === undefined) return undefined;
  const manager = managerOf(look);
  const { scripts, needsMore } = readManifest(text);
  const install = manager ?? (needsMore ? unlocked : undefined);
  const test = testCommand(scripts, { script: manager?.script ?? "npm", look });
  const settings: Part["settings"] = {
    ...(install && { setup: { run: install.run, hosts: install.hosts, cache: ["node_modules"] } }),
    ...(test !== undefined && { validation: { allow: [test] } }),
  };
  return { settings, from: manager ? `package.json, ${manager.lockfile}` : "package.json" };
}

function managerOf(look: Look): (typeof managers)[number] | undefined {
  const manager = managers.find(({ lockfile }) => look(lockfile) !== undefined);
  const isOld = manager && look(manager.lockfile)?.includes(yarnOne.mark);
  return isOld ? { ...manager, run: yarnOne.run } : manager;
}

function testCommand(
  scripts: Record<string, string>,
  { script, look }: { script: string; look: Look },
): string | undefined {
  const name = testScripts.find((one) => scripts[one] !== undefined && !noTest.test(scripts[one]));
  if (name === undefined) return look("pnpm-workspace.yaml") === undefined ? undefined : "pnpm -r test";
  return name === "test" || script.endsWith(" run") ? `${script} ${name}` : `${script} run ${name}`;
}

function readManifest(text: string): { scripts: Record<string, string>; needsMore: boolean } {
  try {
    const { scripts, dependencies, devDependencies } = JSON.parse(text) as Record<
      string,
      Record<string, string> | undefined
    >;
    const needed = Object.keys({ ...dependencies, ...devDependencies });
    return { scripts: { ...scripts }, needsMore: needed.length > 0 };
  } catch {
    return { scripts: {}, needsMore: false };
  }
}

function python(look: Look): Part | undefined {
  const guess = guessPython(look);
  return guess && part(guess.from, guess.setup, guess.test);
}

function rust(look: Look): Part | undefined {
  if (look("Cargo.toml") === undefined) return undefined;
  const hosts = ["index.crates.io", "static.crates.io"];
  return part("Cargo.toml", { run: "cargo fetch", hosts }, "cargo test");
}

function go(look: Look): Part | undefined {
  if (look("go.mod") === undefined) return undefined;
  const hosts = ["proxy.golang.org", "sum.golang.org"];
  return part("go.mod", { run: "go mod download", hosts }, "go test ./...");
}

function make(look: Look): Part | undefined {
  const makefile = look("Makefile") ?? look("makefile") ?? look("GNUmakefile");
  // In many a Makefile `check` is a linter.
  const target = ["test", "check"].find((name) => new RegExp(`^${name}\\s*:(?!=)`, "m").test(makefile ?? ""));
  if (target === undefined) return undefined;
  return { settings: { validation: { allow: [`make ${target}`] } }, from: "Makefile" };
}

function part(from: string, setup: Setup, test: string | undefined): Part {
  return { from, settings: { setup, ...(test && { validation: { allow: [test] } }) } };
}

/** Who owns everything: the owners of the last rule for `*`, which is the one that GitHub takes. */
function reviewers(look: Look): Part | undefined {
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
