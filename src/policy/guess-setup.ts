import type { Base } from "../domain/evidence/change.ts";
import type { GuessedSetup } from "../domain/task/guessed-setup.ts";
import type { Repository } from "../domain/task/task.ts";
import type { BaseFiles } from "../ports/workshop.ts";
import { guessedFrom, guessSettings } from "./guess-settings.ts";

/** Guesses the set-up of a repository at one commit, as `drafthorse init` does; nothing where none can be told. */
export async function guessSetup(
  { repository, base }: { repository: Repository; base: Base },
  baseFiles: BaseFiles,
): Promise<GuessedSetup | undefined> {
  const there = await baseFiles.find(repository, base, guessedFrom);
  const texts = new Map<string, string>();
  for (const path of there) {
    const text = await baseFiles.read(repository, base, path);
    if (text !== undefined) texts.set(path, text);
  }
  return guessSettings((path) => texts.get(path)).setup;
}
