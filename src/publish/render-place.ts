import type { ChangedFile } from "../domain/evidence/change.ts";
import { inlineCode } from "../domain/text/escape-markdown.ts";
import { shortenPath } from "./render-files.ts";

/** The files of a change and the commit that has them, so that a place in one can be linked. */
export type LinkGround = { files: ChangedFile[]; commit: string | undefined };

/**
 * A path and a line as inline code; a link to it where the commit is known and has the file. The link is relative to the
 * pull request's page, so that it is right whatever the server and the repository's name.
 */
export function renderPlace(
  { path, line }: { path: string; line?: number | undefined },
  { files, commit }: LinkGround,
): string {
  const shown = inlineCode(shortenPath(path) + (line ? `:${line}` : ""));
  const isThere = files.some((file) => file.path === path && file.after);
  if (!commit || !isThere || shown === "") return shown;
  return `[${shown}](../blob/${commit}/${encodePath(path)}${line ? `#L${line}` : ""})`;
}

/** Half characters, which no address can have, are replaced as in every other text. */
function encodePath(path: string): string {
  return Buffer.from(path)
    .toString("utf8")
    .split("/")
    .map((name) =>
      encodeURIComponent(name).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`),
    )
    .join("/");
}
