import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** Where the style and the script lie as they are written, from `dist/src/adapters/host` and in the package alike. */
const folder = new URL("../../../../src/web/assets/", import.meta.url);

const types = {
  "style.css": "text/css; charset=utf-8",
  "live.js": "text/javascript; charset=utf-8",
};

/** The static files of the dashboard by their names, and a version that changes with any of them. */
export type OwnAssets = { files: Record<string, { type: string; text: string }>; version: string };

/** Reads the static files, a few kilobytes, once at the start. */
export function readOwnAssets(): OwnAssets {
  const files = Object.fromEntries(
    Object.entries(types).map(([name, type]) => [
      name,
      { type, text: readFileSync(new URL(name, folder), "utf8") },
    ]),
  );
  const version = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 12);
  return { files, version };
}
