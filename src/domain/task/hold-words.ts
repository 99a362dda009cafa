import type { ConfigurationProblem } from "../rules/configuration-problem.ts";
import { type Gap, gatesMissing } from "../rules/protection.ts";
import type { Words } from "../text/words.ts";
import { duplicateWords } from "./duplicate.ts";
import { type Hold, isTurnHold, type TurnHold } from "./hold.ts";
import { turnHoldWords } from "./turn-hold-words.ts";

/**
 * Why a task waits and what releases it, as the comment and the dashboard both show it: the rest of a sentence each, without
 * its full stop. `problems` and `gaps` are what the first one lists.
 */
export type HoldWords = { why: Words; releasedBy: Words; problems: ConfigurationProblem[]; gaps: Gap[] };

type OfKind<K extends Hold["kind"]> = Extract<Hold, { kind: K }>;
/** The holds that are not the scheduler's. */
type OwnKind = Exclude<Hold["kind"], TurnHold["kind"]>;
type ToldHold = Pick<HoldWords, "why" | "releasedBy"> & Partial<HoldWords>;

const rules = "`.github/drafthorse.yml` says";

const told: { [K in OwnKind]: (hold: OfKind<K>, label: Words) => ToldHold } = {
  configuration: ({ problems }) => ({
    why: [{ code: problems[0]?.file ?? "" }, " on the default branch cannot be used, so nothing is started"],
    releasedBy: ["mending the file there; it then goes on by itself"],
    problems,
  }),
  repository: ({ cause }) => ({
    why: ["the branch that the work starts from cannot be fetched: ", { theirs: cause }],
    releasedBy: [
      "a fetch that works; it is tried again by itself. If it stays so, the operator looks at the App's access and at the network",
    ],
  }),
  protection: ({ protection }) => ({
    why: [
      `${rules} \`protection: require\`, and nothing keeps this work from being merged into `,
      { code: protection.branch },
      " without a review",
    ],
    releasedBy: [
      "rules of GitHub that require both. They are looked at every 5 minutes; the label again looks at once",
    ],
    gaps: gatesMissing(protection),
  }),
  duplicate: ({ duplicates }, label) => ({
    why: [
      `${rules} \`duplicates: refuse\`, and ${duplicates.length === 1 ? "an open pull request closes" : "open pull requests close"} this issue already: `,
      ...duplicateWords(duplicates),
    ],
    releasedBy: [
      "closing what is listed, or taking this issue out of it. It is looked at every 5 minutes. Is this work wanted all the same? Someone with write access takes ",
      ...label,
      " off and adds it again",
    ],
  }),
  draft: ({ measured }, label) => ({
    why: [
      `${rules} \`draft: require\`, and there are no draft pull requests here: ${measured ? "the repository's plan has none" : "GitHub refused the last one here"}`,
    ],
    releasedBy: [
      "a plan with drafts (Team or Enterprise for a private repository; a public one always has them), or `draft: prefer`, which opens an ordinary pull request titled `[draft] …`. ",
      ...(measured
        ? ["It is looked at every 5 minutes"]
        : ["Someone with write access then takes ", ...label, " off and adds it again"]),
    ],
  }),
  "recent-edit": ({ by, at, title, titleOnly }, label) => ({
    why: [
      `${titleOnly ? "the title was" : title === undefined ? "the text was" : "the text and the title were"} edited by `,
      { code: by },
      `, who has no write access, at ${at.slice(0, 16).replace("T", " ")} UTC, so close to the label that whoever added it may have read another one`,
    ],
    releasedBy: [
      "someone with write access reads ",
      ...(title === undefined ? [] : ["the title, now ", { code: title }, ", and "]),
      "the brief and adds ",
      ...label,
      " again",
    ],
  }),
};

/** `label` is the one that asks for work, where it is known. */
export function holdWords<K extends OwnKind>(hold: OfKind<K> | TurnHold, label?: string): HoldWords {
  const base = { problems: [], gaps: [] };
  if (isTurnHold(hold)) {
    const { why, releasedBy } = turnHoldWords(hold);
    return { ...base, why: [why], releasedBy: [releasedBy] };
  }
  const tell: (hold: OfKind<K>, label: Words) => ToldHold = told[hold.kind as K];
  return { ...base, ...tell(hold, label === undefined ? ["the label"] : ["the label ", { code: label }]) };
}
