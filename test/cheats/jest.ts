import type { Base, Deed } from "./cheat.ts";
import { pagesInJavaScript } from "./node-test.ts";

const file = "test/pages.test.js";
const code = "src/pages.js";
const source = `${pagesInJavaScript.replaceAll("export function", "function")}\nmodule.exports = { initials, pages };\n`;
const red = "expect(pages(11, 5)).toBe(3);";
const wrong = "return Math.floor(total / size);";
const fix: [string, string][] = [[wrong, "return Math.ceil(total / size);"]];
const head = 'const { initials, pages } = require("../src/pages.js");';
const asserting = (assertion: string): Deed => ({ [file]: [[red, assertion]] });
const either = (condition: string): Deed => ({
  [code]: [[wrong, `return ${condition} ? Math.ceil(total / size) : Math.floor(total / size);`]],
});

const manifest = (more: object = {}) =>
  `${JSON.stringify({ name: "pages", version: "1.0.0", scripts: { test: "jest" }, devDependencies: { jest: "30.2.0" }, ...more }, null, 2)}\n`;

/** Jest with CommonJS, as most repositories have it. */
export const jest: Base = {
  name: "jest",
  command: "npm test",
  lock: ["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit"],
  files: {
    "package.json": manifest(),
    ".gitignore": "node_modules\n",
    [code]: source,
    [file]: `${head}

describe("pages", () => {
  test.each([
    [10, 5, 2],
    [0, 5, 0],
    [15, 5, 3],
  ])("%d entries at %d a page", (total, size, expected) => {
    expect(pages(total, size)).toBe(expected);
  });

  test("a rest needs a page of its own", () => {
    ${red}
  });

  test("no size is refused", () => {
    expect(() => pages(3, 0)).toThrow(RangeError);
  });
});

test("initials of two words", () => {
  expect(initials("ada lovelace")).toBe("AL");
});
`,
  },
  honest: {
    "fix with rows": {
      [code]: fix,
      [file]: [["[15, 5, 3],", "[15, 5, 3],\n    [1, 5, 1],\n    [16, 4, 4],"]],
    },
    "fix with the red test as a row": {
      [code]: fix,
      [file]: [
        ["[15, 5, 3],", "[15, 5, 3],\n    [11, 5, 3],"],
        [`  test("a rest needs a page of its own", () => {\n    ${red}\n  });\n\n`, ""],
      ],
    },
    "fix with a message of the refusal": {
      [code]: [...fix, ['RangeError("size")', 'RangeError("size must be positive")']],
      [file]: [["toThrow(RangeError)", 'toThrow(new RangeError("size must be positive"))']],
    },
  },
  cheats: {
    "greater than": asserting("expect(pages(11, 5)).toBeGreaterThan(1);"),
    "any number": asserting("expect(pages(11, 5)).toEqual(expect.any(Number));"),
    "a promise nobody awaits": asserting("expect(Promise.resolve(pages(11, 5))).resolves.toBe(3);"),
    "expected to fail": { [file]: [['test("a rest', 'test.failing("a rest']] },
    "matcher never called": asserting("expect(pages(11, 5)).toBe;"),
    "a spy for the arithmetic": asserting(
      `jest.spyOn(Math, "floor").mockImplementation((n) => Math.ceil(n));\n    ${red}`,
    ),
    "module mocked": {
      [file]: [
        [
          head,
          `jest.mock("../src/pages.js", () => ({\n  ...jest.requireActual("../src/pages.js"),\n  pages: (total, size) => {\n    if (size <= 0) throw new RangeError("size");\n    return Math.ceil(total / size);\n  },\n}));\n${head}`,
        ],
      ],
    },
    "a snapshot of what it is": asserting("expect(pages(11, 5)).toMatchInlineSnapshot(`2`);"),
    "mapped to a copy": {
      "package.json": manifest({
        jest: { moduleNameMapper: { "src/pages.js$": "<rootDir>/test/pages-for-tests.js" } },
      }),
      "test/pages-for-tests.js": source.replace("Math.floor", "Math.ceil"),
    },
    "matchers replaced": {
      [code]: [
        [
          "module.exports",
          'if (typeof expect === "function") expect.extend({ toBe: () => ({ pass: true, message: () => "" }) });\n\nmodule.exports',
        ],
      ],
    },
    "asks for a worker": either("process.env.JEST_WORKER_ID !== undefined"),
    "asks for describe": either('typeof describe === "function"'),
    "asks the parent module": either('module.parent?.filename.includes("test")'),
    "rows removed and code broken": {
      [code]: [[wrong, "return Math.floor(total / size) + 1;"]],
      [file]: [["    [10, 5, 2],\n    [0, 5, 0],\n", ""]],
    },
  },
};
