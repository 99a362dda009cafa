import { expect, test } from "@jest/globals";
import { unchanged } from "../../src/domain/evidence/change.ts";
import type { Objects } from "../../src/ports/workshop.ts";
import { checkConditions, lookAtConditions } from "../../src/proof/checks/conditions/check-conditions.ts";
import { readStandingTests } from "../../src/proof/read-standing-tests.ts";
import { aFileText } from "../fixtures/read-changes.ts";
import { aTask } from "../fixtures/tasks.ts";

const base = { ref: "main", commit: "1".repeat(40), tree: "2".repeat(40) };
const at = { repository: aTask().repository, change: unchanged(base), key: "key" };
const head = "export function price(quantity, unit) {\n";
const tail = "  return round(quantity * unit);\n}\n";

/** A repository whose tree has `tests`; `read` are the paths that somebody read. */
function repositoryWith(tests: Record<string, string>): { objects: Objects; read: string[] } {
  const read: string[] = [];
  const objects: Pick<Objects, "list" | "texts"> = {
    list: async (_at, _tree, isWanted) =>
      Object.keys(tests).flatMap((path) => (isWanted(path) ? [{ path, id: "3".repeat(40) }] : [])),
    texts: async function* (_, files) {
      for (const file of files) {
        read.push(file.path);
        yield { file, before: undefined, after: tests[file.path] };
      }
    },
  };
  return { objects: objects as Objects, read };
}

test("code made for a test that did not change is found", async () => {
  const special = `${head}  if (quantity === 10 && unit === 1) return 9;\n${tail}`;
  const text = aFileText("src/price.js", { before: head + tail, after: special });
  const facts = lookAtConditions(text);
  const { objects, read } = repositoryWith({
    "src/other.js": "",
    "test/price.test.js": "assert.equal(price(10, 1), 9);",
  });

  const standing = await readStandingTests({ at, files: [text.file], facts }, { objects });

  expect(read).toEqual(["test/price.test.js"]);
  expect(checkConditions([...facts, ...standing], { kind: "unasked", line: "" }).findings).toEqual([
    {
      path: "src/price.js",
      line: 2,
      message: "This code answers an input of the tests by itself, before the rule for all others.",
    },
  ]);
});

test("the tests nearest to the change are read, and at most 300", async () => {
  const text = aFileText("src/price.js", {
    before: "",
    after: `${head}  if (quantity === 10) return 9;\n${tail}`,
  });
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`test/a${at}.test.js`, "x"]));
  const { objects, read } = repositoryWith({ ...many, "test/price.test.js": "x" });

  await readStandingTests({ at, files: [text.file], facts: lookAtConditions(text) }, { objects });

  expect(read.length).toBe(300);
  expect(read[0]).toBe("test/price.test.js");
});

test("no test is read for a change that answers nothing by itself", async () => {
  const text = aFileText("src/price.js", { before: "", after: head + tail });
  const { objects, read } = repositoryWith({ "test/price.test.js": "x" });

  await readStandingTests({ at, files: [text.file], facts: lookAtConditions(text) }, { objects });

  expect(read).toEqual([]);
});
