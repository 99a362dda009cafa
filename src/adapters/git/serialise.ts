/** Runs actions of one name one after the other, and actions of different names at once. */
export type InTurn = <T>(name: string, action: () => Promise<T>) => Promise<T>;

/** Makes such a function. */
export function serialise(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (name, action) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(action, action);
    last.set(name, turn);
    try {
      return await turn;
    } finally {
      if (last.get(name) === turn) last.delete(name);
    }
  };
}
