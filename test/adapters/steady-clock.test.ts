import { expect, test } from "@jest/globals";
import { openSteadyClock } from "../../src/adapters/host/steady-clock.ts";

const hour = 3_600_000;

test.each([
  ["forwards", 5 * hour],
  ["backwards", -5 * hour],
])("a machine's clock that jumps %s moves no wait", (_, jump) => {
  const time = { wall: Date.UTC(2026, 10, 21), elapsed: 1_000 };
  const clock = openSteadyClock({ wallMs: () => time.wall, elapsedMs: () => time.elapsed });
  const began = clock.now().getTime();

  time.wall += jump;
  time.elapsed += 60_000;

  expect([began, clock.now().getTime() - began]).toEqual([Date.UTC(2026, 10, 21), 60_000]);
});
