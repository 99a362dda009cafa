/** Cuts what git writes with `-z` into its records, as bytes: a path need not be text. */
export function splitRecords(zeroEnded: Buffer): Buffer[] {
  const texts = zeroEnded.toString("latin1").split("\0").slice(0, -1);
  return texts.map((text) => Buffer.from(text, "latin1"));
}

/** Writes records as git reads them with `-z`. */
export function joinRecords(records: Buffer[]): Buffer {
  return Buffer.concat(records.flatMap((record) => [record, Buffer.of(0)]));
}
