import { expect, test } from "@jest/globals";
import { bars, countRequests, wholeBar } from "./count-requests.ts";

test("a task asks GitHub for each fact once, and for one token where one will do", async () => {
  const { requests, mints } = await countRequests();

  const asked = Object.keys(bars).map((part) => requests.filter((one) => one.part === part));
  const counts = asked.map((part) => part.map(({ step, request }) => `${step}: ${request}`));
  expect(counts.map((part, at) => ({ part, within: part.length <= (Object.values(bars)[at] ?? 0) }))).toEqual(
    counts.map((part) => ({ part, within: true })),
  );
  expect(
    requests.map(({ part, step, request }) => `${part}, ${step}: ${request}`).slice(wholeBar.now),
  ).toEqual([]);
  expect(counts.every((part) => part.length > 4)).toBe(true);
  expect(mints.length).toBeGreaterThan(3);
  expect(new Set(mints).size).toBe(mints.length);
});
