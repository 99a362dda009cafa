import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Step } from "../alarms/history-of.ts";
import { isOfTests } from "../alarms/rule.ts";
import type { ProvedPackage } from "./packages.ts";

/** A release as a repository at its base, and the code and tests that it changed as a patch. */
export type PreparedFix = { directory: string; patch: string };

/** A fix that one issue asks for is no larger. */
const mostFiles = 12;
/** What looks at code, types and releases, and runs no test. */
const tools =
  /eslint|standard|prettier|^tsd$|^typescript$|^nyc$|^c8$|^borp$|^@types\/|^auto-changelog$|^evalmd$|^aud$/;
const code = /\.[cm]?[jt]s$/;

export function git(cwd: string, ...args: string[]): string {
  const named = ["-c", "user.name=Ada", "-c", "user.email=ada@example.test", ...args];
  return execFileSync("git", named, { cwd, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
}

/** The code and the tests that a release changed; undefined where it is none that fixes something with a test. */
export function changedByFix({ gitDir, before, after }: Step): string[] | undefined {
  const changed = git(gitDir, "diff", "--name-only", before, after).trim().split("\n");
  const wanted = changed.filter((path) => code.test(path));
  const isFix = wanted.some(isOfTests) && wanted.some((path) => !isOfTests(path) && !path.endsWith(".d.ts"));
  return isFix && wanted.length <= mostFiles ? wanted : undefined;
}

/** Of `devDependencies` only the runner and what a test or the code asks for by name is kept: no linters, no types. */
export function prepareFix(
  step: Step,
  { within, proved, paths }: { within: string; proved: ProvedPackage; paths: string[] },
): PreparedFix {
  const { gitDir, before, after } = step;
  const directory = join(within, "repository");
  mkdirSync(directory);
  const archive = execFileSync("git", ["archive", before], { cwd: gitDir, maxBuffer: 256 * 1024 * 1024 });
  execFileSync("tar", ["x", "-C", directory], { input: archive });
  const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const asked = git(
    gitDir,
    "grep",
    "-hoE",
    "(from|require\\(|import\\() *['\"][@a-z][^'\"]*['\"]",
    after,
    "--",
    "*.js",
    "*.mjs",
    "*.cjs",
    "*.ts",
  );
  const isAsked = (name: string) => new RegExp(`['"]${name.replaceAll(/[/.]/g, "\\$&")}['"/]`).test(asked);
  const kept = Object.entries(manifest.devDependencies ?? {}).filter(
    ([name]) => isAsked(name) && !tools.test(name),
  );
  const own = {
    ...{
      name: manifest.name,
      version: "0.0.0",
      main: manifest.main,
      type: manifest.type,
      exports: manifest.exports,
    },
    ...{ scripts: { test: proved.test }, dependencies: manifest.dependencies },
    devDependencies: { ...Object.fromEntries(kept), ...proved.runner },
  };
  writeFileSync(join(directory, "package.json"), `${JSON.stringify(own, null, 2)}\n`);
  writeFileSync(join(directory, ".gitignore"), "node_modules\n");
  mkdirSync(join(directory, ".github"), { recursive: true });
  writeFileSync(join(directory, ".github/drafthorse.yml"), "limits:\n  questionMinutes: 0\n");
  const lock = [
    "install",
    "--package-lock-only",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--legacy-peer-deps",
  ];
  execFileSync("npm", lock, { cwd: directory, stdio: "ignore" });
  git(directory, "init", "-q", "-b", "main");
  git(directory, "add", "-A", "--force", ".");
  git(directory, "commit", "-qm", "Begin");
  const patch = join(within, "change.patch");
  writeFileSync(patch, git(gitDir, "diff", "--binary", before, after, "--", ...paths));
  return { directory, patch };
}
