import { type Markup, markup } from "./markup.ts";
import { styles } from "./styles.ts";

/** A whole page with its title, below the way that leads to it. */
export function layout({ title, trail, body }: { title: string; trail: Markup; body: Markup }): string {
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${styles}</style>
</head>
<body>
<header><nav>${trail}</nav><span class="hint">GitHub double</span></header>
<main>${body}</main>
</body>
</html>`;
  return page.text;
}

/** The way to a repository. */
export function trailTo(owner: string, name: string): Markup {
  return markup`${owner} <span class="quiet">/</span> <a href="/${owner}/${name}"><strong>${name}</strong></a>`;
}
