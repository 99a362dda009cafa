import { expect, test } from "@jest/globals";
import { inTurns } from "../../../src/adapters/host/in-turns.ts";

test("actions of one key follow one another, also after a failure, and other keys do not wait", async () => {
  const inTurn = inTurns<number>();
  const story: string[] = [];
  const open: (() => void)[] = [];
  const act =
    (name: string, fails = false) =>
    async () => {
      story.push(`${name} begins`);
      await new Promise<void>((resolve) => open.push(resolve));
      story.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };

  const all = Promise.allSettled([inTurn(1, act("a", true)), inTurn(1, act("b")), inTurn(2, act("c"))]);
  while (story.filter((line) => line.endsWith("ends")).length < 3) {
    open.shift()?.();
    await new Promise(setImmediate);
  }

  expect((await all).map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(story.filter((line) => !line.startsWith("c"))).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  expect(story.indexOf("c begins")).toBeLessThan(story.indexOf("a ends"));
});
