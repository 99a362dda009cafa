import { mark } from "./edit.ts";

const wholeNumber = /^-?\d{1,9}$/;
const fraction = /^-?\d{1,9}\.(?<digits>\d{1,6})$/;
/** No type of small integers has a number above these. */
const largest = new Set(["127", "255", "32767", "65535"]);
const truth = new Map([
  ["true", "false"],
  ["false", "true"],
  ["True", "False"],
  ["False", "True"],
]);
/** A text in quotes, of any language here; one that computes something in between is none. */
const quoted = /^(?<begin>[A-Za-z]{0,2}(?<quote>"""|'''|["'`]))(?<inner>[\s\S]*)\k<quote>$/;

/** Whether a value is written out where it stands, and is one value alone. */
export function isWrittenOut(value: string): boolean {
  return wholeNumber.test(value) || fraction.test(value) || truth.has(value) || isText(value);
}

/**
 * Another value of the same kind for one that is written out, so that no type is harmed; undefined for everything else.
 * What equals the one does not equal the other.
 */
export function otherLiteral(value: string): string | undefined {
  if (wholeNumber.test(value)) return String(Number(value) + (largest.has(value) ? -1 : 1));
  const digits = fraction.exec(value)?.groups?.digits;
  if (digits !== undefined) return (Number(value) + 1).toFixed(digits.length);
  if (truth.has(value)) return truth.get(value);
  if (!isText(value)) return undefined;
  const quote = quoted.exec(value)?.groups?.quote ?? "";
  return `${value.slice(0, -quote.length)} ${mark}${quote}`;
}

function isText(value: string): boolean {
  const { quote = "", inner = "" } = quoted.exec(value)?.groups ?? {};
  if (quote === "" || (quote === "`" && inner.includes("${"))) return false;
  return !inner.replace(/\\[\s\S]/g, "").includes(quote);
}
