import { gatesMissing } from "../domain/rules/protection.ts";
import type { Duplicate } from "../domain/task/duplicate.ts";
import type { Hold } from "../domain/task/hold.ts";
import { turnHoldWords } from "../domain/task/turn-hold-words.ts";
import { capital } from "../domain/text/capital.ts";
import { plural } from "../domain/text/plural.ts";
import { shownLine } from "./shown-text.ts";
import { exactly } from "./times.ts";

/** Why a task waits, and what releases it: a sentence each. */
export type HoldWords = { why: string; releasedBy: string };

/** What a list says of a hold. */
export function describeHold(hold: Hold): HoldWords {
  switch (hold.kind) {
    case "configuration": {
      const [first] = hold.problems;
      const more = hold.problems.length > 1 ? ` (and ${hold.problems.length - 1} more)` : "";
      return {
        why: `${first?.file}, line ${first?.line}: ${shownLine(first?.message ?? "")}${more}`,
        releasedBy: `Mend the file on the default branch: ${shownLine(first?.repair ?? "")} It goes on by itself.`,
      };
    }
    case "repository":
      return {
        why: `The base cannot be fetched: ${shownLine(hold.cause)}`,
        releasedBy: "A fetch that works. It is tried again by itself.",
      };
    case "protection":
      return {
        why: `Nothing gates a merge into ${shownLine(hold.protection.branch)}: ${plural(gatesMissing(hold.protection).length, "requirement")} missing.`,
        releasedBy: "A ruleset that requires them. It is looked at again by itself.",
      };
    case "duplicate":
      return {
        why: `Open pull requests close the issue already: ${hold.duplicates.map(pullRequestName).join(", ")}.`,
        releasedBy: "They are closed, or someone with write access adds the label again.",
      };
    case "draft":
      return {
        why: "The rules require draft pull requests, and GitHub refuses them here.",
        releasedBy: "A plan that has drafts, or `draft: prefer`; then the label again.",
      };
    case "recent-edit":
      return {
        why: `${shownLine(hold.by)}, who has no write access, edited the issue at ${exactly(hold.at)}, close to the label.`,
        releasedBy: "Someone with write access reads the issue as it is now, and adds the label again.",
      };
    default: {
      const { why, releasedBy } = turnHoldWords(hold);
      return { why: `${capital(why)}.`, releasedBy: `${capital(releasedBy)}.` };
    }
  }
}

function pullRequestName({ repository = "", number }: Duplicate): string {
  return shownLine(`${repository}#${number}`);
}
