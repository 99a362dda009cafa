import { TextDecoder } from "node:util";
import { SaxesParser } from "saxes";
import type { Tally } from "./sum-tallies.ts";

/** No runner nests suites deeper, gives an element more attributes, or writes more references that XML does not allow. */
const deepest = 64;
const mostAttributes = 256;
const mostErrors = 10_000;

/**
 * What the parser holds against a document that leaves its elements as they are: terminals' colours in a message, or
 * references to them. Everything else means that the report is not whole.
 */
const harmless = /^(?:disallowed character|malformed character entity|undefined entity)\.$/;

/** What the elements of a test case say of it, by their names; surefire's `flakyFailure` stands for one that passed later. */
const outcomes = new Map<string, keyof Tally>([
  ["failure", "failed"],
  ["error", "failed"],
  ["skipped", "skipped"],
]);

/** How test cases that never ran are marked by CTest and GoogleTest, which give them no element. */
const idle = /^(?:notrun|disabled|suppressed|skipped)$/;

/** Characters that XML does not allow and reporters write all the same. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are meant
const unlawful = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Where the parser is; with `stop` nothing more of the document is wanted. */
type ReaderPlace = {
  path: string[];
  isReport: boolean;
  test: keyof Tally | undefined;
  tally: Tally;
  promised: number;
  attributes: number;
  errors: number;
  stop?: Unread;
};

/** Why there are no counts: it is no test report at all, or one that cannot be read to its end. */
export type Unread = "foreign" | "broken";

/** Takes the bytes of one report, piece by piece. */
export type ReportReader = { push(bytes: Uint8Array): void; end(): Tally | Unread };

/**
 * Counts the test cases of a JUnit report, whatever its own totals say: they are wrong in many. A document with a DOCTYPE
 * is refused, so there are no entities but XML's own five, and nothing is ever expanded. It is stopped between two pieces.
 */
export function junitReader(): ReportReader {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const place: ReaderPlace = {
    ...{ path: [], isReport: false, test: undefined, tally, promised: 0 },
    ...{ attributes: 0, errors: 0 },
  };
  const parser = parserAt(place);
  let decoder: TextDecoder | undefined;
  return {
    push: (bytes) => {
      if (place.stop) return;
      decoder ??= decoderOf(bytes);
      parser.write(decoder.decode(bytes, { stream: true }).replace(unlawful, "\ufffd"));
    },
    end: () => {
      if (!place.stop) parser.close();
      if (place.stop) return place.stop;
      // A report that tells totals alone cannot be counted, and is not empty.
      const isEmpty = tally.passed + tally.failed + tally.skipped === 0;
      return isEmpty && place.promised > 0 ? "broken" : tally;
    },
  };
}

function parserAt(place: ReaderPlace): SaxesParser<{ xmlns: false }> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const stop = () => {
    place.stop ??= place.isReport ? "broken" : "foreign";
  };
  parser.on("error", ({ message }) => {
    place.errors += 1;
    if (!harmless.test(message) || place.errors > mostErrors) stop();
  });
  parser.on("doctype", stop);
  parser.on("attribute", () => {
    place.attributes += 1;
    if (place.attributes > mostAttributes) stop();
  });
  parser.on("opentag", ({ name, attributes }) => {
    place.attributes = 0;
    enterElement(place, { name, attributes });
    if (place.path.length > deepest) stop();
  });
  parser.on("closetag", ({ name }) => leaveElement(place, name));
  return parser;
}

function enterElement(
  place: ReaderPlace,
  { name, attributes }: { name: string; attributes: Record<string, string> },
): void {
  const parent = place.path.at(-1);
  place.path.push(name);
  if (parent === undefined) {
    place.isReport = name === "testsuites" || name === "testsuite";
    place.promised = Number(attributes.tests) || 0;
    if (!place.isReport) place.stop ??= "foreign";
  }
  if (name === "testcase") place.test = isIdle(attributes) ? "skipped" : "passed";
  else if (parent === "testcase" && place.test !== "failed") place.test = outcomes.get(name) ?? place.test;
}

function isIdle({ status = "", result = "" }: Record<string, string>): boolean {
  return idle.test(status) || idle.test(result);
}

function leaveElement(place: ReaderPlace, name: string): void {
  place.path.pop();
  if (name !== "testcase" || !place.test) return;
  place.tally[place.test] += 1;
  place.test = undefined;
}

/** Some reporters on Windows write UTF-16, which begins with its mark. */
function decoderOf([first, second]: Uint8Array): TextDecoder {
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le");
  return new TextDecoder(first === 0xfe && second === 0xff ? "utf-16be" : "utf-8");
}
