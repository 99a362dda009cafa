/** What a look at `/proc` or at a file shows; something else where that is gone meanwhile, or is not ours to see. */
export function ifThere<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
