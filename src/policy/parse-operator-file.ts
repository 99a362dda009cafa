import type { ConfigurationProblem } from "../domain/rules/configuration-problem.ts";
import { OperatorFile } from "../domain/rules/operator-file.ts";
import { parseSettings } from "./parse-settings.ts";

/** Reads the text of the operator's file; `file` is its name for people. */
export function parseOperatorFile(
  text: string,
  file: string,
): { value: OperatorFile } | { problems: ConfigurationProblem[] } {
  const parsed = parseSettings({ text, file, shape: OperatorFile });
  return "problems" in parsed ? { problems: parsed.problems } : { value: parsed.value };
}
