/**
 * Waits for something that this process is to come to. Node.js ends a process in which nothing is left to do, with exit code 0 and
 * without a word, whatever a promise still waits for; here that end is an error.
 */
export async function beforeExit<T>(awaited: Promise<T>, lost: () => Error): Promise<T> {
  const ending: { fail?: () => void } = {};
  const nothingLeft = new Promise<never>((_, reject) => {
    ending.fail = () => reject(lost());
  });
  const fail = () => ending.fail?.();
  process.once("beforeExit", fail);
  try {
    return await Promise.race([awaited, nothingLeft]);
  } finally {
    process.off("beforeExit", fail);
  }
}
