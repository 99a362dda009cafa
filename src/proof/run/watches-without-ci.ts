import { z } from "zod";
import { parseJson } from "../../domain/text/parse-json.ts";

/** Commands of scaffolds that test once where `CI` is set, and else watch files until somebody ends them. */
const watching = /\b(?:react-scripts|react-app-rewired|craco|razzle|kcd-scripts|modern-scripts)\s+test\b/;
/** They were told to test once by other means. */
const once = /\bCI=|--watch(?:All)?(?:=|\s+)false\b|--no-watch\b|--ci\b/;
const throughScripts = /\b(?:npm|npx|yarn|pnpm|bun|make)\b/;

/** Whether a command has no end without `CI`, as far as it says so itself or by a script of these manifests. */
export function watchesWithoutCi(commands: string[], manifests: string[]): boolean {
  const isWatching = (line: string): boolean => watching.test(line) && !once.test(line);
  if (commands.some((command) => once.test(command))) return false;
  if (commands.some(isWatching)) return true;
  return (
    commands.some((command) => throughScripts.test(command)) && manifests.flatMap(scriptsIn).some(isWatching)
  );
}

const Scripted = z.object({ scripts: z.record(z.string(), z.unknown()) });

function scriptsIn(manifest: string): string[] {
  const { scripts = {} } = Scripted.safeParse(parseJson(manifest)).data ?? {};
  return Object.values(scripts).filter((script) => typeof script === "string");
}
