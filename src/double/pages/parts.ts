import type { Account, Issue, Label, Reaction, ReactionContent } from "../model.ts";
import { type Markup, markup } from "./markup.ts";
import { renderMarkdown } from "./render-markdown.ts";

/** The state of an issue or pull request, in colour. */
export function stateBadge({ state, stateReason, pull }: Issue): Markup {
  if (pull?.mergedAt) return markup`<span class="badge merged">Merged</span>`;
  if (state === "closed") {
    const done = !pull && stateReason === "completed";
    return markup`<span class="badge ${done ? "done" : "closed"}">Closed</span>`;
  }
  if (pull?.draft) return markup`<span class="badge draft">Draft</span>`;
  return markup`<span class="badge open">Open</span>`;
}

/** A login, with a mark if it is a bot's. */
export function author({ login, type }: Account): Markup {
  const name = login.replace(/\[bot\]$/, "");
  return markup`<strong>${name}</strong>${type === "Bot" ? markup` <span class="tag">bot</span>` : undefined}`;
}

/** A label in its colour. */
export function labelTag({ name, color }: Label): Markup {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const dark = red * 0.299 + green * 0.587 + blue * 0.114 < 140;
  return markup`<span class="label" style="background:#${color};color:${dark ? "#fff" : "#1f2328"}">${name}</span>`;
}

/** A moment, short. */
export function moment(timestamp: string): Markup {
  return markup`<time datetime="${timestamp}">${timestamp.slice(0, 16).replace("T", " ")}</time>`;
}

const faces: Record<ReactionContent, string> = {
  "+1": "👍",
  "-1": "👎",
  laugh: "😄",
  hooray: "🎉",
  confused: "😕",
  heart: "❤️",
  rocket: "🚀",
  eyes: "👀",
};

function reactionRow(reactions: readonly Reaction[]): Markup | undefined {
  const contents = [...new Set(reactions.map(({ content }) => content))];
  if (contents.length === 0) return undefined;
  const count = (content: ReactionContent) => reactions.filter((one) => one.content === content).length;
  return markup`<div class="reactions">${contents.map((one) => markup`<span>${faces[one]} ${count(one)}</span>`)}</div>`;
}

/** What somebody wrote, rendered. */
export type Written = {
  id: string;
  who: Account;
  at: string;
  verb: string;
  body: string | null;
  reactions: readonly Reaction[];
};

/** A box with what somebody wrote. */
export function writtenBox({ id, who, at, verb, body, reactions }: Written): Markup {
  const text = body ? renderMarkdown(body) : markup`<em class="quiet">No description provided.</em>`;
  return markup`<article class="box" id="${id}"><div class="head">${author(who)} ${verb} ${moment(at)}</div>
<div class="markdown">${text}</div>${reactionRow(reactions)}</article>`;
}
