/** The many ways to say that there is nothing to say. */
export function isNone(text: string): boolean {
  return /^[*_`(]*(?:none|nothing|no|n\/?a|not applicable|keine|tbd|tba|\?+|-+|–|—)[.)*_`]*$/i.test(
    text.trim(),
  );
}

/** GitHub's words for a field of a form that was left empty, with its marks or copied without them. */
export function isNoResponse(text: string): boolean {
  return /^[*_]{0,3}no response[*_]{0,3}\.?$/i.test(text.trim());
}

/** Words that end a letter and are no entry of a list. */
export function isCourtesy(text: string): boolean {
  return /^(?:many )?(?:thanks|thank you|thx|cheers|regards|best regards|kind regards|danke|merci|gracias|obrigado)\b[^.!\n]{0,30}[.!]*$/i.test(
    text.trim(),
  );
}
