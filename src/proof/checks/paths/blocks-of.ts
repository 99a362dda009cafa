import { indentOf } from "../../../domain/text/indent-of.ts";
/** A declaration with its body: the line, from 1, at which it begins, and its text without blanks at the ends of lines. */
export type DeclaredBlock = { line: number; text: string };

/** Texts and lines beyond these were made by a program. */
const longestText = 2_000_000;
const longestLine = 1_000;

const before = String.raw`(?:(?:export|default|declare|public|private|protected|internal|static|abstract|final|override|virtual|async|inline|unsafe|open|sealed|data|suspend|const|pub(?:\([\w:]{1,40}\))?|local)\s+)*`;
const kinds = String.raw`(?:function\s*\*?|class|interface|type|enum|def|fn|func|fun|struct|trait|object|record|module|namespace|impl|protocol|macro_rules!)`;

/** A way to declare a name; a call can look like the declaration of a method. */
type Declaration = { pattern: RegExp; mayBeCall?: true };

/** How a name is declared, whatever the language: the word before it, what it is set to, or a body behind its brackets. */
function declarations(name: string): Declaration[] {
  const own = name.replaceAll("$", "\\$");
  return [
    {
      pattern: new RegExp(
        String.raw`^\s*${before}${kinds}\s+(?:\([^()]{0,100}\)\s*)?(?:self\.)?${own}(?![\w$])`,
      ),
    },
    { pattern: new RegExp(String.raw`^(?:export\s+)?(?:const|let|var)\s+${own}(?![\w$])`) },
    {
      pattern: new RegExp(
        String.raw`^\s*(?:(?:export\s+)?(?:const|let|var)\s+)?(?:[\w$]{1,80}\.){0,4}${own}\s*[:=]\s*(?:async\s*)?(?:function|class|\([^()]{0,300}\)\s*(?::[^=]{0,100})?=>|\w+\s*=>)`,
      ),
    },
    {
      pattern: new RegExp(
        String.raw`^\s*${before}(?:[\w<>[\],.?*&]{1,80}\s+){0,2}(?:get |set |[*#])?${own}\s*\([^;]{0,400}$`,
      ),
      mayBeCall: true,
    },
    { pattern: new RegExp(String.raw`^${own}\s*(?::[^=]{1,80})?=[^=]`) },
  ];
}

/** All declarations of a name in a text, each to the end of its body, which is what stands further in than its first line. */
export function blocksOf(text: string, name: string): DeclaredBlock[] {
  if (text.length > longestText || !text.includes(name)) return [];
  const lines = text.split("\n");
  const ways = declarations(name);
  return lines.flatMap((line, index) => {
    if (line.length > longestLine || !line.includes(name)) return [];
    const found = ways.find(({ pattern }) => pattern.test(line));
    if (!found || (found.mayBeCall && isCall(line, lines[index + 1]))) return [];
    return [{ line: index + 1, text: blockAt(lines, index) }];
  });
}

/** A body may begin on the next line. */
function isCall(line: string, next = ""): boolean {
  const ends = /\)\s*;?\s*$/.test(line) && next.trim() !== "{";
  return ends || /^\s*(?:return|await|throw|yield|new|else|if|while|for)\b/.test(line);
}

function blockAt(lines: string[], start: number): string {
  const indent = indentOf(lines[start] ?? "");
  let end = start + 1;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? "";
    if (line.trim() === "" || indentOf(line) > indent) continue;
    if (!/^\s*[)\]}{]/.test(line) || indentOf(line) < indent) break;
    if (!/[{:(,]\s*$/.test(line)) return trimmedText(lines.slice(start, end + 1));
  }
  return trimmedText(lines.slice(start, end));
}

function trimmedText(lines: string[]): string {
  return lines
    .map((line) => line.trimEnd())
    .join("\n")
    .trimEnd();
}
