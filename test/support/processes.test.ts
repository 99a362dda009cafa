import { expect, test } from "@jest/globals";
import { eventually } from "./processes.ts";

test("a wait that is over says what it was for", async () => {
  await expect(eventually("the moon is full", () => false, 20)).rejects.toThrow(
    "waited for 0.02 s: the moon is full",
  );
});

test("a condition that holds already is not waited for", async () => {
  await expect(eventually("it is there", () => true, 0)).resolves.toBe(undefined);
});
