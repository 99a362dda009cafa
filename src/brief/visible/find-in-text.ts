import { inkless } from "../../domain/text/escape-markdown.ts";
import type { Replacement } from "./apply-edits.ts";

/** The names by which HTML knows code points that leave no ink. */
const inklessNames =
  "ZeroWidthSpace|NegativeVeryThinSpace|NegativeThinSpace|NegativeMediumSpace|NegativeThickSpace|NoBreak|zwj|zwnj|lrm|rlm|shy|ApplyFunction|af|InvisibleTimes|it|InvisibleComma|ic";
const reference = new RegExp(
  `&(?:#(?<decimal>\\d{1,7})|#[xX](?<hex>[\\da-fA-F]{1,6})|(?:${inklessNames}));`,
  "g",
);

/** Commands that GitHub's formulas honour and that draw nothing, or draw in the page's own colour. */
const secretFormula =
  /\\(?:[hv]?phantom|(?:text|f)?color(?:box)?|smash|class|cssId|style|href|unicode|tiny)\b|(?<!\\)%[^\n$]{0,500}\$/g;

/** Hidden things that words themselves can carry: references to code points without ink, formulas that draw nothing. */
export function findInText(text: string, { start, end }: { start: number; end: number }): Replacement[] {
  const slice = text.slice(start, end);
  const edits: Replacement[] = [];
  for (const match of slice.matchAll(reference))
    if (isInkless(match.groups ?? {}))
      edits.push({
        start: start + match.index,
        end: start + match.index + match[0].length,
        put: "",
        kind: "invisible",
      });
  if (slice.includes("$")) edits.push(...findFormula(slice, start));
  return edits;
}

function isInkless({ decimal, hex }: { decimal?: string; hex?: string }): boolean {
  const code = decimal ? Number.parseInt(decimal, 10) : hex ? Number.parseInt(hex, 16) : undefined;
  if (code === undefined) return true;
  return code <= 0x10_ffff && inkless.test(String.fromCodePoint(code));
}

function findFormula(slice: string, start: number): Replacement[] {
  const first = [...slice.matchAll(secretFormula)][0];
  if (!first) return [];
  const at = start + first.index;
  return [{ start: at, end: at, put: "", kind: "math", shown: true, excerpt: slice.slice(first.index) }];
}
