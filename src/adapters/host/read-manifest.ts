import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { AppManifest } from "../../ports/doctor.ts";

/** Four folders up from `dist/src/adapters/host`; npm packs both files. */
const at = (name: string) => new URL(`../../../../${name}`, import.meta.url);

const Manifest = z.object({
  default_permissions: z.record(z.string(), z.string()),
  default_events: z.array(z.string()),
});

/** What `app.yml` asks GitHub for. */
export function readManifest(): AppManifest {
  const read = Manifest.parse(parse(readFileSync(at("app.yml"), "utf8")));
  return { permissions: read.default_permissions, events: read.default_events };
}

const Package = z.object({ engines: z.object({ node: z.string() }) });

/** The versions of Node.js that `package.json` allows. */
export function wantedNodeRange(): string {
  return Package.parse(JSON.parse(readFileSync(at("package.json"), "utf8"))).engines.node;
}
