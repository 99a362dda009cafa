/** The many ways to say that there is nothing to say. */
export function isNone(text: string): boolean {
  return /^[*_`(]*(?:none|nothing|no|n\/?a|not applicable|keine|tbd|tba|\?+|-+|–|—)[.)*_`]*$/i.test(
    text.trim(),
  );
}
