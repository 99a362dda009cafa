import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { shownLine } from "../views/shown-text.ts";
import type { WebPage } from "./page.ts";
import { Logo } from "./parts/logo.tsx";
import type { Viewer } from "./viewer.ts";

/** The pages that the bar at the top leads to. */
const places = [
  { path: "/", name: "Overview" },
  { path: "/queue", name: "Queue" },
  { path: "/outcomes", name: "Outcomes" },
] as const;

/** A whole page: what differs, where it stands, and who looks at it. */
type Frame = WebPage & {
  path: string;
  viewer: Viewer | undefined;
  /** Changes when a static file does, so that no browser keeps an old one. */
  version: string;
  /** The address of its events; without one it stands still. */
  live?: string | undefined;
};

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%238a5a1f'/%3E%3Cpath d='M4 12V7l3-4 5 3v3l-3-1v4z' fill='%23fff'/%3E%3C/svg%3E";

/** The page around what differs. One request of HTML, one of CSS; the script only follows changes. */
export function renderPage(frame: Frame): HtmlEscapedString | Promise<HtmlEscapedString> {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="same-origin" />
        <title>{`${shownLine(frame.title, 120)} · Drafthorse`}</title>
        <link rel="icon" href={icon} />
        <link rel="stylesheet" href={`/assets/style.css?${frame.version}`} />
        {(frame.live || frame.still) && <script type="module" src={`/assets/live.js?${frame.version}`} />}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <TopBar path={frame.path} viewer={frame.viewer} />
        <main id="main" tabindex={-1} data-live={frame.live}>
          {frame.content}
        </main>
      </body>
    </html>
  );
  return html`<!doctype html>${page}`;
}

const TopBar = ({ path, viewer }: Pick<Frame, "path" | "viewer">) => (
  <header class="bar">
    <a class="brand" href="/">
      <Logo />
      Drafthorse
    </a>
    {viewer && (
      <nav aria-label="Pages">
        <ul>
          {places.map((place) => (
            <li>
              <a href={place.path} aria-current={place.path === path ? "page" : undefined}>
                {place.name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    )}
    {viewer && <span class="who">{viewer.login}</span>}
    {viewer?.signOut && (
      <form class="sign-out" method="post" action={viewer.signOut}>
        <button type="submit">Sign out</button>
      </form>
    )}
  </header>
);
