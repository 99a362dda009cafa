import type { ConfigurationProblem } from "../domain/rules/configuration-problem.ts";
import { RepositoryFile, repositoryFilePath } from "../domain/rules/repository-file.ts";
import { parseSettings } from "./parse-settings.ts";
import { renderUnknownAgent } from "./render-unknown-agent.ts";

/** A repository's configuration; or what is wrong with it, and its label if that much can be told. */
export type ParsedRepositoryFile =
  | { value: RepositoryFile }
  | { problems: ConfigurationProblem[]; label?: string };

/** Reads the text of `.github/drafthorse.yml`; agents are looked for among those that the operator has, if given. */
export function parseRepositoryFile(text: string, agents?: string[]): ParsedRepositoryFile {
  const file = repositoryFilePath;
  const parsed = parseSettings({ text, file, shape: RepositoryFile });
  if ("problems" in parsed) return { problems: parsed.problems, ...meantLabel(parsed.unchecked) };
  const { value, lineOf } = parsed;
  const strangers = [value.agent ?? []].flat().filter((name) => agents && !agents.includes(name));
  const line = lineOf(["agent"]);
  const problems = strangers.map((name) => ({ file, line, ...renderUnknownAgent(name, agents ?? []) }));
  return problems.length > 0 ? { problems, ...meantLabel(value) } : { value };
}

/** A broken file may still say which label is meant, and the answer is due to those who used it. */
function meantLabel(unchecked: unknown): { label?: string } {
  const label = RepositoryFile.shape.label.safeParse((unchecked as { label?: unknown } | null)?.label);
  return label.data === undefined ? {} : { label: label.data };
}
