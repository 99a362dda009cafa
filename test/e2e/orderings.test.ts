import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { orderings } from "./orderings.ts";
import { Scene, turns } from "./scene.ts";
import { Town } from "./town.ts";

let town: Town;

beforeAll(async () => {
  town = await Town.found(turns);
});
afterEach(() => town.double.faults.clear());
afterAll(() => town.close());

test.each(orderings)("$name", async ({ title, body, play, ends, told }) => {
  const scene = await Scene.open(town, { ...(title && { title }), ...(body && { body }) });

  await play(scene);
  for (const end of ends.slice(-1)) await scene.sees(end, ends.length);
  await scene.handled();

  expect(scene.statuses()).toEqual(ends.map((end) => expect.stringMatching(end)));
  expect(scene.told()).toEqual(told);
});

test("GitHub's own description of its API was kept to, request by request", async () => {
  expect(await town.double.violations()).toEqual([]);
});
