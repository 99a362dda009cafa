/** Code points that end a line, reorder it or cannot be seen. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]+/gu;

/** What makes GitHub or a CI act on plain text: mentions, references, addresses, directives in brackets. */
const acting: [RegExp, string][] = [
  [/@(?=\S)/g, "(at)"],
  [/#(?=\d)/g, "no. "],
  [/\bGH-(?=\d)/gi, "GH "],
  [/:\/\//g, ": //"],
  [/\[([^[\]]*\b(?:skip|no)\b[^[\]]*)\]/gi, "($1)"],
  [/\*\*\*NO_CI\*\*\*/gi, "NO_CI"],
  [/<!--|-->/g, ""],
];

/** Text of others as one line for a title or a commit's subject, where nothing can be escaped and nothing may act. */
export function plainLine(text: string): string {
  const line = text.replace(unseen, " ");
  return acting
    .reduce((plain, [pattern, harmless]) => plain.replace(pattern, harmless), line)
    .replace(/\s+/g, " ")
    .trim();
}
