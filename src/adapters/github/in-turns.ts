/** Runs the actions of one key one after the other, in the order in which they were handed in. */
export function inTurns(): <T>(key: number, action: () => Promise<T>) => Promise<T> {
  const last = new Map<number, Promise<unknown>>();
  return <T>(key: number, action: () => Promise<T>): Promise<T> => {
    const mine = (last.get(key) ?? Promise.resolve()).then(action, action);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    last.set(key, settled);
    void settled.then(() => last.get(key) === settled && last.delete(key));
    return mine;
  };
}
