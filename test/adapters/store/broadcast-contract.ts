import { describe, expect, test } from "@jest/globals";
import type { Store } from "../../../src/adapters/store/store.ts";
import { broadcastBytes } from "../../../src/ports/events.ts";
import { patienceMs } from "../../support/patience.ts";
import type { Subject } from "./store-contract.ts";

/** A text is a hint that may be lost, so it is said until it is heard. */
export async function untilHeard(from: Store, heard: string[], text: string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!heard.includes(text)) {
    if (performance.now() > deadline) throw new Error(`"${text}" was not heard`);
    from.broadcast.send(text);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What every broadcast must do. */
export function broadcastContract(subject: Subject): void {
  describe("broadcast", () => {
    test("tells every other process, and the own one, in order, whole, and nobody who has left", async () => {
      const sender = subject.store;
      const other = (await subject.beside?.()) ?? sender;
      const heard: { here: string[]; there: string[]; left: string[] } = { here: [], there: [], left: [] };
      const leave = sender.broadcast.listen((text) => heard.left.push(text));
      const stops = [
        sender.broadcast.listen((text) => heard.here.push(text)),
        other.broadcast.listen((text) => heard.there.push(text)),
      ];
      await untilHeard(sender, heard.here, "ready");
      await untilHeard(sender, heard.there, "ready");
      leave();
      const longest = "ä".repeat(broadcastBytes / 2);
      const sent = ["'; drop --", "", ...Array.from({ length: 50 }, (_, at) => `piece ${at}`), longest];

      for (const text of [...sent, `${longest}!`, "the end"]) sender.broadcast.send(text);
      await untilHeard(sender, heard.here, "the end");
      await untilHeard(sender, heard.there, "the end");
      for (const stop of stops) stop();
      if (other !== sender) await other.close();

      const without = (texts: string[]) => texts.filter((text) => text !== "ready" && text !== "the end");
      expect([without(heard.here), without(heard.there)]).toEqual([sent, sent]);
      expect(without(heard.left)).toEqual([]);
    });

    test("drops what is too much for a store that does not keep up, and throws nothing", async () => {
      const { broadcast } = subject.store;

      for (let count = 0; count < 2_000; count++) broadcast.send(`flood ${count}`);

      // Afterwards it works as before.
      const heard: string[] = [];
      const stop = broadcast.listen((text) => heard.push(text));
      await untilHeard(subject.store, heard, "after the flood");
      stop();
    });
  });
}
