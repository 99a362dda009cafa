import { describe, expect, test } from "@jest/globals";
import { placesIn } from "../../../src/proof/checks/covered/code-places.ts";
import { findMutants, inOrderOfTrial } from "../../../src/proof/checks/mutants/find-mutants.ts";

/** The mutants of a text of which every line is new, as `LINE KIND BEFORE → AFTER`. */
function mutantsOf(path: string, text: string): string[] {
  const code = placesIn(path, text);
  const lines = new Set(text.split("\n").map((_, index) => index + 1));
  const found = code ? findMutants(code, { places: code.places, lines }) : [];
  for (const { from, to, text: broken } of found) {
    const whole = `${text.slice(0, from)}${broken}${text.slice(to)}`;
    expect(whole).not.toBe(text);
  }
  return found.map(({ line, kind, before, after }) => `${line} ${kind} ${before} → ${after}`);
}

describe("in JavaScript and TypeScript", () => {
  test.each<[string, string, string[]]>([
    ["a boundary", "if (a >= 9) f();", ["1 boundary a >= 9 → a > 9"]],
    [
      "a boundary before what else is on the line",
      "return0(a + b < c && !d);",
      ["1 boundary a + b < c → a + b <= c"],
    ],
    ["an equality", "const same = a === b;", ["1 comparison a === b → a !== b"]],
    ["a connection of conditions", "const both = a && b();", ["1 boolean a && b() → a || b()"]],
    ["a negation", "if (!a.b) f();", ["1 boolean !a.b → a.b"]],
    ["arithmetic", "const sum = a + b;", ["1 arithmetic a + b → a - b"]],
    ["texts that are joined", 'const name = "a" + b;', []],
    ["what is returned", "function f() {\n  return g(1);\n}", ["2 return return g(1); → return undefined;"]],
    [
      "a truth that is returned",
      "function f() {\n  return true;\n}",
      ["2 boolean return true; → return false;"],
    ],
    ["nothing that is returned", "function f() {\n  return;\n}\nfunction g() {\n  return null;\n}", []],
    ["a call", "list.push(1);", ["1 statement list.push(1); → ;"]],
    ["an assignment", "this.a = b;", ["1 statement this.a = b; → ;"]],
    ["a declaration", "const a = f();", []],
    [
      "a function inside, which has lines of its own",
      "run(() => {\n  go(1);\n});",
      ["1 statement run(() => { go(1); }); → ;", "2 statement go(1); → ;"],
    ],
    ["types", "const a: Map<A, B> = f as unknown as C<D>;\ntype T = A | B;", []],
    ["what is imported", 'import { a } from "b";\nconst c = require("d");\nmodule.exports = c;', []],
    ["a log", 'console.log(a > 1);\nlogger.warn("x", a && b);\nprocess.stdout.write(a + 1);', []],
    ["an error", 'if (a) throw new RangeError("at " + (b + 1));', []],
    ["a time-out", "setTimeout(f, a * 2);\nconst timeoutMs = a + 1;\nawait sleep(a + 1);", []],
    ["what is remembered", "cache.set(a, b);\nthis.cache = a && b;", []],
    ["a text with code in it", `f(\`\${a > 1}\`);`, [`1 statement f(\`\${a > 1}\`); → ;`]],
    ["JSX", "const a = <p>{b > 1 ? 1 : 2}</p>;", ["1 boundary b > 1 → b >= 1"]],
  ])("%s", (name, text, expected) => {
    expect(mutantsOf(name === "JSX" ? "a.tsx" : "a.ts", text)).toEqual(expected);
  });
});

describe("in Python", () => {
  test.each<[string, string, string[]]>([
    ["a boundary", "if a >= 9:\n    f()\n", ["1 boundary a >= 9 → a > 9", "2 statement f() → pass"]],
    ["an elif", "if a:\n    pass\nelif a == 1:\n    pass\n", ["3 comparison a == 1 → a != 1"]],
    ["conditions", "x = a and b\n", ["1 boolean a and b → a or b"]],
    ["a negation", "if not a:\n    pass\n", ["1 boolean not a → a"]],
    ["arithmetic", "x = a % b\nx += 1\n", ["1 arithmetic a % b → a * b", "2 arithmetic x += 1 → x -= 1"]],
    ["what is returned", "def f():\n    return g(1)\n", ["2 return return g(1) → return None"]],
    ["an attribute", "self.a = b\n", ["1 statement self.a = b → pass"]],
    ["a variable", "a = f(b)\n", []],
    ["a log", 'print(a > 1)\nlogging.info("x")\nself.log.debug(a + 1)\n', []],
    ["an error", 'raise ValueError(a + 1)\nassert a > 1, "x"\n', []],
    ["documentation", '"""a > 1"""\nimport os\n', []],
    ["a decorator and types", "@wraps(a > 1)\ndef f(a: int = 1) -> int:\n    pass\n", []],
  ])("%s", (_, text, expected) => {
    expect(mutantsOf("a.py", text)).toEqual(expected);
  });
});

test("only lines of the change are broken", () => {
  const code = placesIn("a.js", "a > 1;\nb > 1;\n");
  const found = code && findMutants(code, { places: code.places, lines: new Set([2]) });

  expect(found?.map(({ line }) => line)).toEqual([2]);
});

test("boundaries are tried first, and twenty are enough", () => {
  const text = `${"f();\n".repeat(30)}if (a > 1) g();\n`;
  const code = placesIn("a.js", text);
  const lines = new Set(text.split("\n").map((_, index) => index + 1));
  const found = inOrderOfTrial([code ? findMutants(code, { places: code.places, lines }) : []]);

  expect(found).toHaveLength(20);
  expect(found[0]).toMatchObject({ kind: "boundary", line: 31 });
});
