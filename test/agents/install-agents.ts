import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { presets } from "../../src/adapters/agent/presets.ts";

/** Where the real agents are kept between runs, outside the repository: some are hundreds of megabytes. */
const cache = process.env.DRAFTHORSE_AGENTS_DIR ?? join(homedir(), ".cache/drafthorse/agents");

/** The agents that come from the npm registry and take a key of a model's provider, with the folder of their program. */
export const realAgents = {
  claude: "node_modules/.bin",
  codex: "node_modules/.bin",
  gemini: "node_modules/.bin",
  // Its install script would link this very program; none is run here.
  opencode: `node_modules/opencode-linux-${process.arch}/bin`,
} as const;
export type RealAgent = keyof typeof realAgents;

/** The scripted model that stands in for every provider. */
const model = "@copilotkit/aimock@1.43.0";

/** Installs the version that the preset names, unless it is there; resolves to the folder of its program. */
export async function installAgent(name: RealAgent): Promise<string> {
  const specifier = presets[name].install.split(" ").at(-1) ?? "";
  return join(await installed(specifier), realAgents[name]);
}

/** Installs the scripted model; resolves to its module. */
export async function installModel(): Promise<string> {
  return join(await installed(model), "node_modules/@copilotkit/aimock/dist/index.js");
}

/** A package with all that it needs in a folder of its own, made whole or not at all. */
async function installed(specifier: string): Promise<string> {
  const folder = join(cache, specifier.replaceAll("/", "+"));
  if (existsSync(folder)) return folder;
  const draft = `${folder}.draft-${process.pid}`;
  await mkdir(draft, { recursive: true });
  await writeFile(join(draft, "package.json"), '{ "private": true }\n');
  console.log(`Installing ${specifier} in ${cache}`);
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await promisify(execFile)("npm", ["install", ...options, specifier], { cwd: draft });
  await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
  return folder;
}
