/** One thing that code asks, answers or patches; `key` is what tells it from another one, wherever it stands. */
export type Suspicion = { key: string; line: number; message: string };

/** A suspicion of what a text says, whatever its blanks and quotes. */
export function suspect(line: number, { about, message }: { about: string; message: string }): Suspicion {
  const plain = about.replace(/[\s"'`;]+/g, "").slice(0, 200);
  return { key: `${message} ${plain}`, line, message };
}
