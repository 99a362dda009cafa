/** The first `bytes` bytes of a text, cut between characters. */
export function firstOfText(text: string, bytes: number): string {
  // No character is shorter than a byte, so the rest of a huge text is never encoded.
  const encoded = Buffer.from(text.slice(0, bytes));
  return encoded
    .subarray(0, characterBoundary(encoded, { index: Math.min(bytes, encoded.length), step: -1 }))
    .toString();
}

/** The last `bytes` bytes of a text, cut between characters. */
export function lastOfText(text: string, bytes: number): string {
  const encoded = Buffer.from(text.slice(-bytes));
  return encoded
    .subarray(characterBoundary(encoded, { index: Math.max(0, encoded.length - bytes), step: 1 }))
    .toString();
}

function characterBoundary(encoded: Buffer, { index, step }: { index: number; step: 1 | -1 }): number {
  const byte = encoded[index] ?? 0;
  const insideCharacter = (byte & 0b1100_0000) === 0b1000_0000;
  return insideCharacter ? characterBoundary(encoded, { index: index + step, step }) : index;
}
