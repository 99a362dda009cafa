import type { Locked } from "../../ports/store.ts";

/** The value that says that a store has just taken `key`: no other file makes one (`test/architecture-types.test.ts`). */
export function locked<K extends string>(key: K): Locked<K> {
  return { key } as Locked<K>;
}
