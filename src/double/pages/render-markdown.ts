import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import sanitize from "sanitize-html";
import { Markup } from "./markup.ts";

const { defaults } = sanitize;

type HtmlExtension = ReturnType<typeof gfmHtml>;

const allowed: sanitize.IOptions = {
  allowedTags: [...defaults.allowedTags, "details", "summary", "del", "input", "img", "ins", "picture"],
  allowedAttributes: {
    a: ["href", "id", "title", "aria-label", "class"],
    code: ["class"],
    details: ["open"],
    img: ["src", "alt", "width", "height"],
    input: ["type", "checked", "disabled"],
    li: ["class", "id"],
    ol: ["start"],
    section: ["class"],
    td: ["align"],
    th: ["align"],
  },
  allowedSchemes: ["http", "https", "mailto"],
  allowedSchemesByTag: { img: ["http", "https", "data"] },
};

/** Renders Markdown as GitHub shows it in issues: line breaks kept, HTML comments unseen, scripts and styles gone. */
export function renderMarkdown(text: string): Markup {
  const html = micromark(text, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml(), lineBreaks()],
  });
  return new Markup(sanitize(html, allowed));
}

/** In issues and comments, other than in files, GitHub shows a line's end as one. */
function lineBreaks(): HtmlExtension {
  const where = { paragraph: false };
  return {
    enter: {
      paragraph() {
        where.paragraph = true;
        if (!this.getData("tightStack")?.at(-1)) {
          this.lineEndingIfNeeded();
          this.tag("<p>");
        }
        this.setData("slurpAllLineEndings");
      },
    },
    exit: {
      paragraph() {
        where.paragraph = false;
        if (this.getData("tightStack")?.at(-1)) this.setData("slurpAllLineEndings", true);
        else this.tag("</p>");
      },
      lineEnding(token) {
        if (this.getData("slurpAllLineEndings")) return;
        if (this.getData("slurpOneLineEnding")) {
          this.setData("slurpOneLineEnding");
          return;
        }
        if (where.paragraph && !this.getData("inCodeText")) this.tag("<br />");
        this.raw(this.getData("inCodeText") ? " " : this.sliceSerialize(token));
      },
    },
  };
}
