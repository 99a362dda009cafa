/** Runs the actions of one key one after the other, in the order in which they came; actions of different keys run at once. */
export type InTurn<Key> = <T>(key: Key, action: () => Promise<T>) => Promise<T>;

/** Makes such a function. An action that fails does not keep the next one from running. */
export function inTurns<Key>(): InTurn<Key> {
  const last = new Map<Key, Promise<unknown>>();
  return async (key, action) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(action, action);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
