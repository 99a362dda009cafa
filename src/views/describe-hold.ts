import type { Hold } from "../domain/task/hold.ts";
import { type HoldWords, holdWords } from "../domain/task/hold-words.ts";
import { withoutStop } from "../domain/text/full-stop.ts";
import { plural } from "../domain/text/plural.ts";
import type { Words } from "../domain/text/words.ts";
import { asLine } from "./as-line.ts";

/** Why a task waits, and what releases it: a sentence each, as the comment on the issue says it, without its lists. */
export function describeHold(hold: Hold): { why: string; releasedBy: string } {
  const words = holdWords(hold);
  return { why: asLine([...words.why, ...listed(words)]), releasedBy: asLine(releaseOf(words)) };
}

/** Of a list a line has its first, or its length. */
function listed({ problems: [first, ...more], gaps }: HoldWords): Words {
  if (gaps.length > 0) return [`: ${plural(gaps.length, "requirement")} missing`];
  if (!first) return [];
  const rest = more.length > 0 ? ` (and ${more.length} more)` : "";
  return [`: line ${first.line}: `, { theirs: first.message }, rest];
}

/** What ends a hold, with the first of the repairs that it lists; the rest of a sentence, without its full stop. */
export function releaseOf({
  releasedBy,
  problems: [first],
}: Pick<HoldWords, "releasedBy" | "problems">): Words {
  return first ? [...releasedBy, ". ", { theirs: withoutStop(first.repair) }] : releasedBy;
}
