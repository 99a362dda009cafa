import { describe, expect, test } from "@jest/globals";
import { gate } from "../../support/gate.ts";
import type { Subject } from "./store-contract.ts";

/** What every lock must do, seen from one process; what dies and pauses is in `crash.test.ts`. */
export function locksContract(subject: Subject): void {
  describe("locks", () => {
    test("lets one of 20 contenders in at a time", async () => {
      const { locks } = subject.store;
      let inside = 0;
      let most = 0;
      let entered = 0;

      await Promise.all(
        Array.from({ length: 20 }, () =>
          locks.exclusively("gate", async () => {
            inside += 1;
            entered += 1;
            most = Math.max(most, inside);
            await new Promise((resolve) => setImmediate(resolve));
            inside -= 1;
          }),
        ),
      );

      expect({ most, entered }).toEqual({ most: 1, entered: 20 });
    });

    test("answers what the action answers, and does not keep different keys from each other", async () => {
      const { locks } = subject.store;

      const nested = await locks.exclusively("outer", () => locks.exclusively("inner", async () => "both"));

      expect(nested).toBe("both");
    });

    test("is free again after an action that failed", async () => {
      const { locks } = subject.store;
      const wreck = new Error("wrecked");

      await expect(locks.exclusively("fragile", () => Promise.reject(wreck))).rejects.toBe(wreck);

      expect(await locks.exclusively("fragile", async () => "free")).toBe("free");
    });

    test("is held for as long as the action takes, and refuses who waited too long", async () => {
      // The bound of a wait is three times the lease here, so the lease has been renewed meanwhile.
      await subject.within({ lockWaitMs: 1_000 }, async ({ locks }) => {
        const { passed, open } = gate();
        const entered = gate();
        const holder = locks.exclusively("long", async () => {
          entered.open();
          await passed;
          return "held";
        });
        await entered.passed;

        const late = locks.exclusively("long", async () => "entered");

        await expect(late).rejects.toMatchObject({
          kind: "storage",
          message: expect.stringContaining("long"),
        });
        open();
        expect(await holder).toBe("held");
        expect(await locks.exclusively("long", async () => "next")).toBe("next");
      });
    });
  });
}
