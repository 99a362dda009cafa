import type { Replacement } from "./apply-edits.ts";
import type { Tag } from "./scan-tag.ts";

const names = (list: string): Set<string> => new Set(list.split(" "));

const voids = names("area base br col embed hr img input link meta param source track wbr");
const rawText = names("script style textarea title xmp iframe noembed noframes noscript plaintext template");

/** Elements whose words only show where something else cannot. */
const fallback = names("audio canvas datalist dialog head math object rp svg video");

/** What GitHub's sanitizer lets through; any other tag vanishes, which its author may not have meant. */
const ordinary = names(
  "a abbr b bdo blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rt ruby s samp small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr",
);

/** Attributes that carry no words. */
const wordless = names(
  "align border cellpadding cellspacing checked class colspan dir disabled height href id lang name open rel rowspan src start target type valign width",
);

const invisibleStyle =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size|max-height|max-width|height|width)\s*:\s*0(?![.\d]*[1-9])|color\s*:\s*(?:white|transparent|#f{3,8}\b)|(?:left|top|text-indent)\s*:\s*-\d{3,}|clip/i;

/** Whether a browser shows nothing of what the element holds. */
export function hidesContent({ name, attributes }: Tag): boolean {
  return (
    rawText.has(name) ||
    fallback.has(name) ||
    attributes.has("hidden") ||
    invisibleStyle.test(attributes.get("style") ?? "")
  );
}

/** Whether no markup is read inside: only the element's own end tag ends it. */
export function isRawText(name: string): boolean {
  return rawText.has(name) && name !== "template" && name !== "noscript";
}

/** Whether an element has no content at all. */
export function isVoid({ name }: Tag): boolean {
  return voids.has(name);
}

/** A tag is replaced by what is seen of it: nothing, a blank, or a marker where GitHub folds text away. */
export function editTag(tag: Tag, { collapsed, text }: { collapsed: boolean[]; text: string }): Replacement {
  const span = { start: tag.start, end: tag.end };
  if (tag.name === "details") return { ...span, ...editDetails(tag, collapsed) };
  if (tag.name === "img")
    return { ...span, put: "[image]", kind: "image", excerpt: tag.attributes.get("alt") ?? "" };
  const put = /^(?:br|hr|td|th|tr|li|p|dt|dd)$/.test(tag.name) && text[tag.end] !== "\n" ? " " : "";
  if (!ordinary.has(tag.name)) return { ...span, put, kind: "tag" };
  const words = [...tag.attributes].filter(([name, value]) => value !== "" && !wordless.has(name));
  if (words.length === 0) return { ...span, put };
  return {
    ...span,
    put,
    kind: "attribute",
    excerpt: words.map(([name, value]) => `${name}="${value}"`).join(" "),
  };
}

/** The markers that stand where a folded part begins and ends. */
export const foldMarkers = { open: "[folded away on GitHub:]", close: "[end of the folded part]" };

function editDetails(
  tag: Tag,
  collapsed: boolean[],
): Pick<Replacement, "put" | "kind" | "shown" | "excerpt"> {
  if (tag.closing) return { put: collapsed.pop() ? foldMarkers.close : "" };
  const folded = !tag.attributes.has("open");
  collapsed.push(folded);
  return folded ? { put: foldMarkers.open, kind: "collapsed", shown: true, excerpt: "" } : { put: "" };
}
