/** Waits for a promise, but not longer than this: then the answer is "late", and what comes of it is not awaited. */
export async function atMost<T>(milliseconds: number, promise: Promise<T>): Promise<T | "late"> {
  const timer: { id?: NodeJS.Timeout } = {};
  const late = new Promise<"late">((resolve) => {
    timer.id = setTimeout(() => resolve("late"), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer.id);
  }
}
