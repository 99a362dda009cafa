import { commandWeaknesses, lostRunner } from "./command-weaknesses.ts";
import { isHarmlessCommand } from "./is-harmless-command.ts";
import type { SettingSides } from "./read-settings.ts";

/** Says in which ways a command of the settings checks less than before. */
export function compareCommands(key: string, { before, after, file }: SettingSides): string[] {
  const [was, is] = [before, after].map((values) => values && commandOf(key, values));
  if (is === undefined) return isLost(key, { was, file }) ? ["the script was removed"] : [];
  if (was === undefined) return begun(key, { is, file });
  return was === is ? [] : worse(key, { was, is });
}

/** What pytest adds to every call of its own is read as such a call. */
function commandOf(key: string, values: string[]): string {
  return `${key.endsWith("addopts") ? "pytest " : ""}${values.join(" ")}`;
}

function isLost(
  key: string,
  { was, file: { after } }: { was: string | undefined; file: SettingSides["file"] },
): boolean {
  const isKept = (command: string) =>
    [...after.values()].some((values) => values.join(" ").includes(command));
  return was !== undefined && /scripts\.test$/.test(key) && !isKept(was);
}

function begun(key: string, { is, file }: { is: string; file: SettingSides["file"] }): string[] {
  if (!/scripts\./.test(key)) return commandWeaknesses("", is);
  const isAround =
    /scripts\.(pre|post)test$/.test(key) && file.before.size > 0 && !isHarmlessCommand(is, file);
  return isAround ? [`also runs with the tests: ${is.slice(0, 60)}`] : [];
}

function worse(key: string, { was, is }: { was: string; is: string }): string[] {
  const weaknesses = commandWeaknesses(was, is);
  // tox takes no notice of how a command ends that stands behind a dash.
  if (/^-\s/.test(is) && !/^-\s/.test(was)) return [...weaknesses, "cannot fail any more"];
  return /scripts\.test$/.test(key) && weaknesses.length === 0 ? lostRunner(was, is) : weaknesses;
}
