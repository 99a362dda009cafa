import { readFileSync } from "node:fs";
import { z } from "zod";

/** Three folders up from `dist/src/adapters`; npm puts it into every package, whatever `files` says. */
const manifest = new URL("../../../../package.json", import.meta.url);

/** The version of Drafthorse that runs: `package.json` alone says it. */
export const ownVersion = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(manifest, "utf8"))).version;
