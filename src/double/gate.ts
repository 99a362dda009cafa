/** A place where something waits until a test lets it go on. */
export type Gate = {
  id: number;
  /** Resolves when something has arrived and waits. */
  hit: Promise<void>;
  /** Lets what waits go on, and whatever comes later pass at once. */
  release(): void;
};

/** A gate with its inner side, at which the held one waits. */
export type InnerGate = Gate & { pass(): Promise<void> };

/** Makes a gate that is closed. */
export function makeGate(id: number): InnerGate {
  const arrived = latch();
  const opened = latch();
  return {
    id,
    hit: arrived.promise,
    release: opened.open,
    pass: () => {
      arrived.open();
      return opened.promise;
    },
  };
}

function latch(): { promise: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}
