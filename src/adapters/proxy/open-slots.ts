/** Lets so many act at once; the others wait for their turn, first come, first served. */
export type Slots = <T>(act: () => Promise<T>) => Promise<T>;

/** Opens a number of slots. */
export function openSlots(count: number): Slots {
  const state = { free: count };
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (state.free > 0) state.free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else state.free += 1;
    }
  };
}
