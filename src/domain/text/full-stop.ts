/** A sentence with `stop` at its end, unless its own words have one: words of others may. */
export function withStop(text: string, stop = "."): string {
  return /[.!?…]$/.test(text) ? text : `${text}${stop}`;
}

/** A sentence as a part of another one. */
export function withoutStop(text: string): string {
  return text.replace(/\.$/, "");
}
