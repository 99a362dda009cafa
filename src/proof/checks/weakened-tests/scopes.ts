import { lineFinder } from "../../../domain/text/line-starts.ts";
import { type Assertion, aCase, type Skip, type Suite, type TestCase } from "./suite.ts";
import { wordsOf } from "./words.ts";

/** A stretch of a file: a test, a suite, a condition around tests, a `try` whose failure nobody hears, what a `return` cuts off. */
type Scope = {
  kind: "test" | "suite" | "condition" | "silence" | "cut off";
  from: number;
  to: number;
  title: string;
  skip: Skip | undefined;
  focused: boolean;
  test: TestCase | undefined;
  holdsTests: boolean;
};

/** A condition that nothing fulfils. */
const never = /^\(?\s*(false|False|0|!1)\s*\)?$/;

/** Tests within tests beyond this depth belong to the one around them. */
const deepest = 8;

/** Collects what a reader meets, from the start of a file to its end, and knows where it stands. */
export class Scopes {
  readonly file: TestCase;
  readonly line: (offset: number) => number;
  private readonly text: string;
  private readonly open: Scope[] = [];
  private readonly closed: Scope[] = [];
  private readonly tables: string[] = [];
  private tableEnd = 0;
  private at = 0;

  constructor(text: string, path: string) {
    this.text = text;
    this.line = lineFinder(text);
    this.file = aCase("file", { name: path, title: path, line: 1 });
  }

  /** Leaves every stretch that ends before an offset. */
  moveTo(offset: number): void {
    this.at = offset;
    for (let last = this.open.at(-1); last && last.to <= offset; last = this.open.at(-1)) this.open.pop();
  }

  /** The innermost test around the place, or the file. */
  current(): TestCase {
    return this.open.findLast(({ test }) => test)?.test ?? this.file;
  }

  enter(scope: Pick<Scope, "kind" | "from" | "to"> & Partial<Scope>): void {
    const whole = {
      title: "",
      skip: undefined,
      focused: false,
      test: undefined,
      holdsTests: false,
      ...scope,
    };
    if (scope.kind !== "test") this.open.push(whole);
    else if (this.open.filter(({ test }) => test).length < deepest) this.enterTest(whole);
  }

  /** The condition under which the place is reached within its test or suite; the innermost one. */
  condition(): string {
    const at = this.open.findLastIndex(({ kind }) => kind === "test" || kind === "suite");
    return this.open.slice(at + 1).findLast(({ kind }) => kind === "condition")?.title ?? "";
  }

  /** Notes the cases of a table where it stands: of a test, or of what several tests are made from. */
  addRows(name: string, rows: string[]): void {
    const titles = this.open.flatMap(({ kind, title }) => (kind === "suite" ? [title] : []));
    if (rows.length > 0) this.current().tables.push({ name, scope: titles.join(" > "), rows });
  }

  add(assertion: Assertion): void {
    const test = this.current();
    test.assertions.push(assertion);
    const around = this.open.findLastIndex(({ kind }) => kind === "test");
    const within = this.open.slice(around + 1);
    if (within.some(({ kind }) => kind === "silence")) test.swallowed += 1;
    const isUnreached = ({ kind, from, title }: Scope): boolean =>
      (kind === "cut off" && from <= this.at) || (kind === "condition" && never.test(title));
    if (around >= 0 && within.some(isUnreached)) test.unreached += 1;
  }

  /** A literal list or table outside of all tests: tests may be made from its rows. */
  addTable(from: number, to: number): void {
    if (this.current() !== this.file || from < this.tableEnd) return;
    for (const word of wordsOf(this.text.slice(from, to))) this.tables.push(word);
    this.tableEnd = to;
  }

  /** All that was met, once the whole file is read; a test that only holds other tests is a suite. */
  suite(): Suite {
    const tests = this.closed.flatMap(({ test, holdsTests }) =>
      test && !(holdsTests && test.assertions.length === 0) ? [test] : [],
    );
    let at = 0;
    for (const { from, to } of this.closed) {
      if (from >= at) this.addFileWords(at, from);
      at = Math.max(at, to);
    }
    this.addFileWords(at, this.text.length);
    return { cases: [this.file, ...tests], tableWords: this.tables, redeclared: [] };
  }

  private addFileWords(from: number, to: number): void {
    for (const word of wordsOf(this.text.slice(from, to))) this.file.words.push(word);
  }

  private enterTest(scope: Scope): void {
    const { from, to, title: name } = scope;
    const outer = this.open.filter(({ kind }) => kind === "suite" || kind === "test");
    for (const each of outer) each.holdsTests = true;
    const title = [...outer.map((each) => each.title), name].join(" > ");
    const test = aCase("test", { name, title, line: this.line(from) });
    const gate = this.open.findLast(({ kind }) => kind === "condition");
    const skipped = [scope, ...this.open].find(({ skip }) => skip)?.skip;
    test.skip = skipped ?? (gate && this.skipUnless(gate)) ?? (this.file.skip && { ...this.file.skip });
    test.focused = scope.focused || this.open.some(({ focused }) => focused);
    test.words = wordsOf(this.text.slice(from, to));
    const entered = { ...scope, test };
    this.open.push(entered);
    this.closed.push(entered);
  }

  private skipUnless(gate: Scope): Skip {
    const condition = never.test(gate.title) ? "" : gate.title;
    return { how: `if ${gate.title}`, line: this.line(gate.from), condition };
  }
}
