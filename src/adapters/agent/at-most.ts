/** Waits for a promise, but not longer than this; `undefined` if it is late, and then what comes of it is not awaited. */
export async function atMost<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  const timer: { id?: NodeJS.Timeout } = {};
  const late = new Promise<undefined>((resolve) => {
    timer.id = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer.id);
  }
}
