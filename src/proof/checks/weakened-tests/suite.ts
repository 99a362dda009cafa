/** Why a test does not run; `condition` is empty where nothing can make it run. */
export type Skip = { how: string; line: number; condition: string };

/**
 * How an assertion says nothing of what the code gives: it compares that with itself, it is true whatever it is, it is a tuple
 * that was meant as a condition with its message, or it asks only whether the function `of` gives something.
 */
export type Vacuity = { how: "itself" | "always" | "tuple" } | { how: "there"; of: string };

/**
 * One thing that a test asserts. `matcher` is the family of the comparison whatever the framework calls it, `strength`
 * how much it says (0: nothing, 1: there is something, 5: exactly this), `key` tells equal assertions apart.
 */
export type Assertion = {
  key: string;
  subject: string;
  matcher: string;
  negated: boolean;
  argument: string;
  strength: number;
  line: number;
  /** Where it stands, in a language that is read from its syntax tree. */
  place?: { from: number; to: number };
  /** Where it says nothing of what the code gives. */
  vacuity?: Vacuity;
  /** It only calls a function of the same file, in which the assertion stands. */
  isHelperCall?: true;
};

/** A declaration that hides an earlier one of the same name; `line` from 1. */
export type Redeclared = { name: string; line: number };

/** A list of cases: its name, the title of the suite in which it stands, and each row as it is compared. */
export type Table = { name: string; scope: string; rows: string[] };

/** What is known of one test, whatever its language; the `file` case holds what stands outside of all tests. */
export type TestCase = {
  kind: "test" | "file";
  name: string;
  title: string;
  line: number;
  skip: Skip | undefined;
  focused: boolean;
  hollow: "emptied" | "returns at once" | undefined;
  swallowed: number;
  unreached: number;
  tables: Table[];
  assertions: Assertion[];
  words: string[];
};

/** The tests of one side of a file. */
export type Suite = { cases: TestCase[]; tableWords: string[]; redeclared: Redeclared[] };

/** A case of which nothing is known yet. */
export function aCase(
  kind: TestCase["kind"],
  { name, title, line }: Pick<TestCase, "name" | "title" | "line">,
): TestCase {
  return {
    kind,
    name,
    title,
    line,
    skip: undefined,
    focused: false,
    hollow: undefined,
    swallowed: 0,
    unreached: 0,
    tables: [],
    assertions: [],
    words: [],
  };
}
