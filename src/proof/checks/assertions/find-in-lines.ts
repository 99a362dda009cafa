import { lineFinder } from "../../../domain/text/line-starts.ts";
import { maskCode } from "../weakened-tests/mask-code.ts";
import { plain } from "../weakened-tests/words.ts";
import { breakGo } from "./break-go.ts";
import { breakRust } from "./break-rust.ts";
import { type Breakable, firstLine, goPattern, namePattern } from "./breakable.ts";
import type { FoundInLines, MaskedCode } from "./found-in-lines.ts";

const readers: { files: RegExp; read: (masked: MaskedCode) => FoundInLines[]; named: typeof namePattern }[] =
  [
    { files: /_test\.go$/, read: breakGo, named: goPattern },
    { files: /\.rs$/, read: breakRust, named: namePattern },
  ];

/** The assertions of a test file of Go or Rust; undefined for any other. */
export function findInLines(path: string, text: string): Breakable[] | undefined {
  const reader = readers.find(({ files }) => files.test(path));
  if (!reader) return undefined;
  const lineAt = lineFinder(text);
  return reader.read({ text, ...maskCode(text, "//") }).map(({ from, to, test, isSkipped, broken }) => {
    const why = isSkipped ? "its test is skipped, or expected to fail" : broken;
    return {
      ...{ path, line: lineAt(from), text: firstLine(text.slice(from, to)), test },
      called: test === "" ? undefined : reader.named(test),
      key: plain(text.slice(from, to)),
      edits: typeof why === "string" ? [] : why,
      why: typeof why === "string" ? why : "",
    };
  });
}
