/**
 * The line, from 1, at which a setting stands in a file of settings of any kind: the last name of its path, looked for
 * behind the names before it. Undefined where it is not there any more.
 */
export function lineOfKey(text: string, path: string): number | undefined {
  const names = path.split(".").filter((name) => name !== "");
  const place = names.reduce<number>((from, name) => {
    const found = from < 0 ? -1 : keyOffset(text, { name, from });
    // The name of a table may be written once for all its keys, elsewhere, or not at all.
    return found < 0 && name !== names.at(-1) ? from : found;
  }, 0);
  return place < 0 ? undefined : text.slice(0, place).split("\n").length;
}

/** Where a name begins that is a key, a table or a section of its own. */
function keyOffset(text: string, { name, from }: { name: string; from: number }): number {
  for (let at = text.indexOf(name, from); at >= 0; at = text.indexOf(name, at + name.length)) {
    const isWhole = !/[\w-]/.test(text[at - 1] ?? " ");
    if (isWhole && /^["'\]]?\s*[:=\]([]/.test(text.slice(at + name.length, at + name.length + 20))) return at;
  }
  return -1;
}
