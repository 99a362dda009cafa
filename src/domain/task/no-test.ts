import type { Brief } from "./brief.ts";

/** The kinds whose changes may come without anything that goes from red to green. */
const kindsWithout: Brief["kind"][] = ["docs or cleanup", "test backfill"];

/** An item "no test: REASON"; whoever writes it must give the reason. */
const saysSo = /^no tests?: *\S/i;

/** How much of that is quoted, in characters. */
const longest = 200;

/**
 * Why nothing needs to show the change of a brief (SPEC section 8, `shown`): its kind, or an item "no test: …" of its
 * non-goals or constraints; undefined where something must.
 */
export function noTestOf({
  kind,
  nonGoals,
  constraints,
}: Pick<Brief, "kind" | "nonGoals" | "constraints">): string | undefined {
  if (kindsWithout.includes(kind)) return `the brief is of the kind \`${kind}\``;
  const said = [...nonGoals, ...constraints]
    .map((item) => item.replaceAll(/[*_`]/g, "").trim())
    .find((item) => saysSo.test(item));
  return said && `the brief says "${said.length > longest ? `${said.slice(0, longest)}…` : said}"`;
}
