import { describe, expect, test } from "@jest/globals";
import { slotOf, slotsIn } from "../../../src/adapters/sandbox/slot-user.ts";

describe("which users a sandbox may be", () => {
  test.each([
    ["a whole machine", "         0          0 4294967295\n", 1_900_000_000],
    ["a container with 16 bits of users", "0 100000 65536\n", 20_000],
    ["two ranges", "0 1000 1\n1 100000 65536\n", 20_000],
    ["root that is somebody's disguise", "0 1000 1\n", undefined],
    ["nothing readable", "", undefined],
  ])("on %s", (_, map, first) => {
    expect(slotsIn(map)?.first).toBe(first);
  });

  test("a directory has the same one again, another directory another", () => {
    const slots = { first: 1_900_000_000, count: 1 << 20 };

    expect(slotOf("/data/a", slots)).toBe(slotOf("/data/a", slots));
    expect(slotOf("/data/a", slots)).not.toBe(slotOf("/data/b", slots));
  });

  test("all are within the range", () => {
    const users = Array.from({ length: 500 }, (_, index) =>
      slotOf(`/data/${index}`, { first: 20_000, count: 40_000 }),
    );

    expect(users.every((user) => user >= 20_000 && user < 60_000)).toBe(true);
    expect(new Set(users).size).toBeGreaterThan(480);
  });
});
