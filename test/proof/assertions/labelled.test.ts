import { join, resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { testDirectory } from "../../support/test-directory.ts";
import { type Labelled, tryLabelled } from "./try-labelled.ts";

const directory = testDirectory();
const jest = resolve(import.meta.dirname, "../../../../node_modules/jest/bin/jest.js");
const installed = process.env.LABELLED_MODULES ?? "";
const json = (value: unknown) => JSON.stringify(value);

/** What every machine has that this is built on. */
const usual: [string, Labelled][] = [
  [
    "node:test",
    { fixture: "node.txt", path: "a.test.mjs", argv: [process.execPath, "--test", "a.test.mjs"] },
  ],
  [
    "jest",
    {
      ...{ fixture: "jest.txt", path: "a.test.js", argv: [process.execPath, jest, "--rootDir", "."] },
      beside: { "package.json": json({ jest: { testEnvironmentOptions: {} } }) },
    },
  ],
];

/** Runners of other languages, and those of `npm i mocha chai vitest` in the folder that LABELLED_MODULES names. */
const others: [string, Labelled][] = [
  ["unittest", { fixture: "unittest.txt", path: "test_a.py", argv: ["python3", "-m", "unittest"] }],
  ["pytest", { fixture: "pytest.txt", path: "test_a.py", argv: ["python3", "-m", "pytest", "-q"] }],
  [
    "mocha",
    {
      ...{ fixture: "mocha.txt", path: "test/a.test.mjs" },
      argv: [process.execPath, join(installed, "mocha/bin/mocha.js"), "test/a.test.mjs"],
    },
  ],
  [
    "vitest",
    {
      ...{ fixture: "vitest.txt", path: "a.test.mjs" },
      argv: [process.execPath, join(installed, "vitest/vitest.mjs"), "run"],
    },
  ],
  [
    "go",
    {
      ...{ fixture: "go.txt", path: "price_test.go", argv: ["go", "test", "./..."] },
      beside: { "go.mod": "module pricing\n\ngo 1.19\n" },
    },
  ],
  [
    "cargo",
    {
      ...{ fixture: "rust.txt", path: "src/lib.rs", argv: ["cargo", "test", "--offline"] },
      beside: { "Cargo.toml": '[package]\nname = "pricing"\nversion = "0.1.0"\nedition = "2021"\n' },
    },
  ],
];

const can = /^(can: |test_can_|TestCan[A-Z]|can_)/;
const cannot = /^(cannot: |test_cannot_|TestCannot|cannot_)/;
const left = /^(left: |test_left_|TestLeft|left_|line )/;

test.each(process.env.LABELLED === "all" ? [...usual, ...others] : usual)(
  "%s: an assertion that can fail is noticed, one that cannot is found, and nothing else is claimed",
  (name, labelled) => {
    const tried = tryLabelled(labelled, join(directory, name.replace(":", "-")));

    expect(tried.survived.filter((one) => !cannot.test(one))).toEqual([]);
    expect(tried.noticed.filter((one) => !can.test(one) && !left.test(one))).toEqual([]);
    expect(tried.untried.filter((one) => !left.test(one))).toEqual([]);
    expect(tried.unsure).toEqual([]);
    expect(tried.noticed.length).toBeGreaterThan(5);
    expect(tried.survived.length).toBeGreaterThan(1);
    if (process.env.LABELLED === "all") console.log(name, tried);
  },
);
