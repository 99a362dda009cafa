import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Delivery } from "../../../src/domain/task/delivery.ts";
import { delivery } from "./samples.ts";
import type { Subject } from "./store-contract.ts";

/** What every inbox must do. */
export function inboxContract(subject: Subject): void {
  describe("inbox", () => {
    beforeEach(async () => {
      for (const { digest } of await subject.store.inbox.pending(1_000))
        await subject.store.inbox.settle(digest);
    });

    test("stores a delivery once and lists it until it is settled", async () => {
      const { inbox } = subject.store;
      const first = delivery(`first of ${subject.repositoryId} \u0000 ü 🐴`);

      expect(await inbox.store(first)).toBe("stored");
      expect(await inbox.store({ ...first, id: "another id" })).toBe("known");
      expect(await inbox.pending(10)).toEqual([first]);

      await inbox.settle(first.digest);

      expect(await inbox.pending(10)).toEqual([]);
      expect(await inbox.store(first)).toBe("known");
      expect(await inbox.pending(10)).toEqual([]);
    });

    test("knows the ids of what it stored, settled or not, and no others", async () => {
      const { inbox } = subject.store;
      const [settled, kept, foreign] = ["settled", "kept", "foreign"].map((name) =>
        delivery(`${name} by its id in ${subject.repositoryId}`),
      ) as [Delivery, Delivery, Delivery];
      await inbox.store(settled);
      await inbox.store(kept);
      await inbox.settle(settled.digest);

      expect(await inbox.known([settled.id, kept.id, foreign.id])).toEqual(new Set([settled.id, kept.id]));
      expect(await inbox.known([])).toEqual(new Set());
    });

    test("stores one of 50 copies that come at once", async () => {
      const { inbox } = subject.store;
      const copy = delivery(`copied in ${subject.repositoryId}`);

      const answers = await Promise.all(Array.from({ length: 50 }, () => inbox.store(copy)));

      expect(answers.filter((answer) => answer === "stored")).toHaveLength(1);
      expect(await inbox.pending(100)).toEqual([copy]);
    });

    test("lists the oldest first, at most as many as asked for", async () => {
      const { inbox } = subject.store;
      const all = Array.from({ length: 12 }, (_, index) => delivery(`${index} of ${subject.repositoryId}`));
      for (const one of all) await inbox.store(one);

      await inbox.settle(all[1]?.digest ?? "");

      expect(await inbox.pending(3)).toEqual([all[0], all[2], all[3]]);
      expect(await inbox.pending(0)).toEqual([]);
      expect(await inbox.pending(100)).toHaveLength(11);
    });

    test("takes settling twice, or settling what it never saw, as done", async () => {
      const { inbox } = subject.store;
      const stranger = delivery(`never stored in ${subject.repositoryId}`);

      await inbox.settle(stranger.digest);
      await inbox.settle(stranger.digest);

      expect(await inbox.store(stranger)).toBe("stored");
    });

    (subject.reopen ? test : test.skip)("keeps deliveries and digests when it is opened again", async () => {
      const [settled, kept] = [
        delivery(`settled ${subject.repositoryId}`),
        delivery(`kept ${subject.repositoryId}`),
      ];
      await subject.store.inbox.store(settled);
      await subject.store.inbox.store(kept);
      await subject.store.inbox.settle(settled.digest);

      await subject.reopen?.();

      expect(await subject.store.inbox.pending(10)).toEqual([kept]);
      expect(await subject.store.inbox.store(settled)).toBe("known");
      expect(await subject.store.inbox.store(kept)).toBe("known");
    });
  });
}
