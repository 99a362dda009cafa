import type { Tree } from "@lezer/common";

/** A text with blanks where its comments are: all offsets stay. */
export function maskComments(text: string, tree: Tree): string {
  const parts: string[] = [];
  let at = 0;
  tree.iterate({
    enter: ({ name, from, to }) => {
      if (!name.endsWith("Comment") || from < at) return;
      parts.push(text.slice(at, from), blank(text.slice(from, to)));
      at = to;
    },
  });
  return parts.join("") + text.slice(at);
}

/** The same text with nothing but its line breaks. */
export function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}
