import { parseBrief } from "../src/brief/parse-brief.ts";
import { worstTexts } from "../test/fixtures/worst-texts.ts";
import { round, timed } from "./timed.ts";

/** Where a text can stand that is read by rules of its own. */
const places: Record<string, (text: string) => string> = {
  heading: (text) => `# ${text}\n`,
  "heading after a word": (text) => `# Goal${text}x\n`,
  "bold line": (text) => `**Goal${text}x**\n`,
  label: (text) => `Goal${text}: x\n`,
  ...Object.fromEntries(
    [
      ...[
        "Goal",
        "Non-goals",
        "Validation command",
        "Done when",
        "Approval boundary",
        "Files",
        "Constraints",
      ],
      ...["Kind", "Dependencies", "Base branch", "Budget", "Agent", "Depends on"],
    ].flatMap((field) => [
      [`${field}, a line`, (text: string) => `### ${field}\n\na${text}x\n`],
      [`${field}, an entry`, (text: string) => `### ${field}\n\n- ask: a${text}x\n`],
      [`${field}, code`, (text: string) => `### ${field}\n\n\`a${text}x\`\n`],
      [`${field}, a block`, (text: string) => `### ${field}\n\n\`\`\`sh\na${text}x\n\`\`\`\n`],
    ]),
  ),
};

const pieces = [
  ...worstTexts,
  " ",
  "! ",
  "!",
  ".",
  "./",
  "*",
  ":",
  "1",
  "a ",
  "a,",
  "and ",
  "$ ",
  "\u2010",
  "\u201c",
  "#",
];

/** The longest text that GitHub takes, roughly; and what is too little to be measured. */
const [characters, leastMs] = [60_000, 30];

/** What the worst texts cost in every place of a brief, where they are one line that GitHub still takes. */
export function benchPlaces(): void {
  const rows = Object.entries(places).flatMap(([place, wrap]) =>
    pieces
      .filter((piece) => !piece.includes("\n"))
      .flatMap((piece) => {
        const text = (length: number) => wrap(piece.repeat(length / piece.length));
        const [once, twice] = [text(characters / 2), text(characters)];
        const [half = [], whole = []] = timed([() => parseBrief(once), () => parseBrief(twice)], 1);
        const [first = 0, second = 0] = [...half, ...whole];
        const row = {
          place,
          piece: JSON.stringify(piece),
          "half, ms": round(first),
          "whole, ms": round(second),
        };
        return second < leastMs ? [] : [{ ...row, ratio: round(second / first) }];
      }),
  );
  console.table(rows.toSorted((a, b) => b["whole, ms"] - a["whole, ms"]).slice(0, 40));
}
