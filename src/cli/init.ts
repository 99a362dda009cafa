import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { noGitPlace } from "../adapters/git/git-environment.ts";
import { shippedForm } from "../adapters/github/shipped-form.ts";
import { repositoryFilePath } from "../domain/rules/repository-file.ts";
import { issueFormPath } from "../domain/rules/set-up-offer.ts";
import { type Guess, guessSettings } from "../policy/guess-settings.ts";
import { renderRepositoryFile } from "../policy/render-repository-file.ts";
import { givenRepository } from "./given-repository.ts";
import { say } from "./say.ts";
import { orUsageError, UsageError } from "./usage-error.ts";

/** What `drafthorse init` may be told. */
export type InitOptions = { repo: string; force?: boolean; json?: boolean };

/** A file beyond this is not read for a guess, in bytes. */
const largest = 4 * 1024 * 1024;

type Result = { path: string; what: "written" | "kept" };

/** Writes the issue form and a guessed configuration into a repository; what is there stays unless told otherwise. */
export async function init({ repo, force = false, json = false }: InitOptions): Promise<void> {
  const root = await rootOf(repo);
  const guess = guessSettings((path) => textAt(join(root, path)));
  const results = [
    await writeUnlessThere(root, { path: issueFormPath, text: shippedForm(), force }),
    await writeUnlessThere(root, {
      path: repositoryFilePath,
      text: renderRepositoryFile(guess.settings),
      force,
    }),
  ];
  const { from, settings, skipped } = guess;
  if (json) say(JSON.stringify({ root, files: results, guessedFrom: from, skippedSteps: skipped, settings }));
  else tellWritten(results, guess);
}

async function rootOf(directory: string): Promise<string> {
  await givenRepository(directory);
  const asked = { cwd: directory, reject: false, env: noGitPlace };
  const found = await execa("git", ["rev-parse", "--show-toplevel"], asked);
  if (found.failed)
    throw new UsageError(`${directory} is a repository without files. Name a clone of it by --repo.`);
  return found.stdout;
}

function textAt(path: string): string | undefined {
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > largest) return undefined;
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    // What cannot be read tells nothing.
    return undefined;
  }
}

async function writeUnlessThere(
  root: string,
  { path, text, force }: { path: string; text: string; force: boolean },
): Promise<Result> {
  const target = join(root, path);
  if (existsSync(target) && !force) return { path, what: "kept" };
  const repair = "Let this user write there, and move away what is in its place.";
  await orUsageError(mkdir(dirname(target), { recursive: true }), { path: dirname(target), repair });
  await orUsageError(writeFile(target, text), { path: target, repair });
  return { path, what: "written" };
}

function tellWritten(results: Result[], { from, skipped }: Guess): void {
  for (const { path, what } of results)
    say(
      what === "written" ? `wrote  ${path}` : `kept   ${path} (it is there already; --force overwrites it)`,
    );
  if (from.length > 0) say(`guessed from ${from.join(", ")}`);
  for (const { from: file, step, why } of skipped) say(`not run of ${file}: ${step} (${why})`);
  say("\nNext: look through both files, commit them to the default branch, and open an issue with the form.");
  say("Then someone with write access adds the label `agent-task` to it.");
}
