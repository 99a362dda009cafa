import type { Hold } from "../domain/task/hold.ts";
import { type HoldWords, holdWords } from "../domain/task/hold-words.ts";
import { capital } from "../domain/text/capital.ts";
import { plural } from "../domain/text/plural.ts";
import type { Words } from "../domain/text/words.ts";
import { shownLine } from "./shown-text.ts";

/** Why a task waits, and what releases it: a sentence each, as the comment on the issue says it, without its lists. */
export function describeHold(hold: Hold): { why: string; releasedBy: string } {
  const words = holdWords(hold);
  return { why: sentence([...words.why, ...listed(words)]), releasedBy: releaseOf(words) };
}

/** Of a list a line has its first, or its length. */
function listed({ problems: [first, ...more], gaps }: HoldWords): Words {
  if (gaps.length > 0) return [`: ${plural(gaps.length, "requirement")} missing`];
  if (!first) return [];
  const rest = more.length > 0 ? ` (and ${more.length} more)` : "";
  return [`: line ${first.line}: `, { theirs: first.message }, rest];
}

function releaseOf({ releasedBy, problems: [first] }: HoldWords): string {
  return first ? `${sentence(releasedBy)} ${sentence([{ theirs: first.repair }])}` : sentence(releasedBy);
}

function sentence(words: Words): string {
  const text = words
    .map((piece) => {
      if (typeof piece === "string") return piece;
      return "code" in piece ? `\`${shownLine(piece.code).replaceAll("`", "'")}\`` : shownLine(piece.theirs);
    })
    .join("");
  return /[.!?…]$/.test(text) ? capital(text) : `${capital(text)}.`;
}
