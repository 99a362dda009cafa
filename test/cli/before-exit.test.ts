import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { execa } from "execa";

const module = resolve(import.meta.dirname, "../../src/cli/run/before-exit.js");

/** Runs a program that waits for `awaited` and prints what came of it. */
async function waitsFor(awaited: string): Promise<string> {
  const program = `
    import { beforeExit } from ${JSON.stringify(module)};
    try {
      console.log(await beforeExit(${awaited}, () => new Error("the end never came")));
    } catch (error) {
      console.log(error.message);
    }`;
  const { stdout, exitCode } = await execa(process.execPath, ["--input-type=module", "--eval", program]);
  expect(exitCode).toBe(0);
  return stdout;
}

test.each([
  ["what comes is what is waited for", "new Promise((come) => setTimeout(() => come('here'), 20))", "here"],
  ["what fails fails as it is", "Promise.reject(new Error('failed'))", "failed"],
  ["what nobody can bring any more is an error", "new Promise(() => undefined)", "the end never came"],
])("%s", async (_, awaited, said) => {
  expect(await waitsFor(awaited)).toBe(said);
});
