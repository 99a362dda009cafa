import { stringify } from "yaml";
import type { RepositoryFile } from "../domain/rules/repository-file.ts";
import { schemaComment } from "./published-schemas.ts";

/** What each guessed key is for, above it. */
const comments: Partial<Record<keyof RepositoryFile, string>> = {
  setup: "Runs before the agent and in every clean checkout, with network to these hosts alone.",
  validation: "Commands that an issue's author without write access may have run.",
  reviewers: "Who reviews where a brief names nobody.",
};

/** The text of `.github/drafthorse.yml` for guessed settings, ready to be read by a person and checked by an editor. */
export function renderRepositoryFile(settings: RepositoryFile): string {
  const parts = Object.entries(settings).map(
    ([key, value]) =>
      `# ${comments[key as keyof RepositoryFile]}\n${stringify({ [key]: value }, { lineWidth: 0 })}`,
  );
  return [
    `${schemaComment("drafthorse.schema.json")}\n# The rules for agents in this repository. Drafthorse reads them from the default branch only.\n`,
    "# The label by which someone with write access hands an issue over.\nlabel: agent-task\n",
    ...parts,
    "# limits:\n#   minutes: 45\n#   usd: 5\n#   turns: 300\n\n# paths:\n#   protected: [infra/**]\n",
  ].join("\n");
}
