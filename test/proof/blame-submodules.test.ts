import { describe, expect, test } from "@jest/globals";
import { Failure } from "../../src/domain/task/failure.ts";
import { blameSubmodules, withSubmodules } from "../../src/proof/blame-submodules.ts";
import { aMeasurement } from "../fixtures/evidence.ts";

const lacking = (path: string) => ({ path, commit: "5".repeat(40), url: null, missing: "it is not there." });

function blamed(text: string, path: string, exitCode = 1): string | undefined {
  const exit = { exitCode, log: { sha256: "", bytes: text.length, head: text, tail: text } };
  return blameSubmodules({ runs: [aMeasurement(exit)], why: "" }, [lacking(path)])?.message;
}

describe("a red base", () => {
  test.each([
    ["Error: Cannot find module '../vendor/lib/index.js'\n", "vendor/lib"],
    ["Error: Cannot find module '../../lib'\n", "lib"],
    ["CMake Error: vendor/lib does not contain a CMakeLists.txt\n", "vendor/lib"],
    ["open vendor/lib: no such file or directory\n", "vendor/lib"],
    ["ENOENT: no such file or directory, open '/x/attempts/1-1-1/proof-1/lib/a.json'\n", "lib"],
    ["src/a.c:1:10: fatal error: ./a+b/x.h: No such file\n", "a+b"],
  ])("that says %j is red for want of the submodule %s", (text, path) => {
    expect(blamed(text, path)).toMatch(/^The submodule .* is in no checkout: it is not there\./);
  });

  test.each([
    ["at /usr/lib/node_modules/x.js\n", "lib"],
    ["Error: Cannot find module './library'\n", "lib"],
    ["vendor/library failed\n", "vendor/lib"],
    ["not ok 1 - digits\n", "vendor/lib"],
    ["src/aab/x.h\n", "a+b"],
  ])("that says %j may be red for another reason than the submodule %s", (text, path) => {
    expect(blamed(text, path)).toBeUndefined();
  });

  test("is not blamed on it where it is green", () => {
    expect(blamed("Cannot find module '../vendor/lib', skipped\n", "vendor/lib", 0)).toBeUndefined();
  });
});

test("what ends the task for another reason says which submodules are missing, in bounds", () => {
  const many = Array.from({ length: 9 }, (_, at) => lacking(`vendor/${at}`));
  const failure = withSubmodules(new Failure("setup", "The set-up failed."), many);

  expect(failure).toMatchObject({
    kind: "setup",
    message: expect.stringMatching(/4 more are missing\. The set-up failed\.$/),
  });
  const other = new Error("a bug");
  expect(withSubmodules(other, many)).toBe(other);
});
