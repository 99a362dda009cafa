/** One HTML tag as the browser reads it. */
export type Tag = {
  name: string;
  closing: boolean;
  attributes: Map<string, string>;
  start: number;
  end: number;
};

type TagSpan = { start: number; end: number };

/** The tag that begins at `start`, or nothing if it is not closed before `end`. */
export function scanTag(text: string, { start, end }: TagSpan): Tag | undefined {
  const closing = text[start + 1] === "/";
  const nameStart = start + (closing ? 2 : 1);
  let at = skipUntil(text, { start: nameStart, end }, /[\s/>]/);
  const name = text.slice(nameStart, at).toLowerCase();
  const attributes = new Map<string, string>();
  for (;;) {
    at = skipUntil(text, { start: at, end }, /[^\s/]/);
    if (at >= end) return undefined;
    if (text[at] === ">") return { name, closing, attributes, start, end: at + 1 };
    const next = scanAttribute(text, { start: at, end });
    if (!next) return undefined;
    attributes.set(next.name.toLowerCase(), next.value);
    at = next.end;
  }
}

/** An attribute; none if its quote is never closed. */
function scanAttribute(
  text: string,
  { start, end }: TagSpan,
): { name: string; value: string; end: number } | undefined {
  const nameEnd = skipUntil(text, { start: start + 1, end }, /[\s/>=]/);
  const name = text.slice(start, nameEnd);
  const equals = skipUntil(text, { start: nameEnd, end }, /\S/);
  if (text[equals] !== "=") return { name, value: "", end: nameEnd };
  const valueStart = skipUntil(text, { start: equals + 1, end }, /\S/);
  const quote = text[valueStart] ?? "";
  if (quote !== '"' && quote !== "'") {
    const valueEnd = skipUntil(text, { start: valueStart, end }, /[\s>]/);
    return { name, value: text.slice(valueStart, valueEnd), end: valueEnd };
  }
  const close = text.indexOf(quote, valueStart + 1);
  if (close < 0 || close >= end) return undefined;
  return { name, value: text.slice(valueStart + 1, close), end: close + 1 };
}

function skipUntil(text: string, { start, end }: TagSpan, stop: RegExp): number {
  let at = start;
  while (at < end && !stop.test(text[at] ?? "")) at++;
  return at;
}
