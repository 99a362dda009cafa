import { z } from "zod";

/** The package managers that the npm registry has. */
export const managerNames = ["pnpm", "yarn", "bun"] as const;
type ManagerName = (typeof managerNames)[number];

/** A package manager that a manifest pins, with a version that is safe as a word of a shell. */
export type Pin = { name: ManagerName; version: string };

const Pinned = z.object({ packageManager: z.string() });

/** As Corepack reads it: a name, a version and perhaps a hash; Bun is written likewise, though Corepack does not know it. */
const pinned = /^(?<name>pnpm|yarn|bun)@(?<version>\d[\w.-]{0,60})(?:\+.*)?$/;

/** The manager that `packageManager` pins; nothing where it pins none that the npm registry has. */
export function pinOf(manifest: string): Pin | undefined {
  try {
    const { name, version } = pinned.exec(Pinned.parse(JSON.parse(manifest)).packageManager)?.groups ?? {};
    const known = managerNames.find((one) => one === name);
    return known && version !== undefined ? { name: known, version } : undefined;
  } catch {
    // A manifest that cannot be read pins nothing.
    return undefined;
  }
}

/** Below the home, which set-up, agent and validation share, and where their sandbox looks for programs. */
const install = 'npm install --global --prefix "$HOME/.local" --no-audit --no-fund';

/** Yarn 1's last version: it hands over to the one that `yarnPath` names. */
const lastYarnOne = "1.22.22";

/** What brings a package manager, as a command line, and what it must be told while it installs. */
export type Bringing = { line: string; isYarnOne: boolean; env?: Record<string, string> };

/**
 * Brings pnpm, Yarn or Bun from the npm registry: the pinned version always, so that no validation fetches it; of one that
 * nobody pinned the major that the lockfile was written by, where the machine has none. Nothing for npm.
 */
export function bringing(
  name: "npm" | ManagerName,
  { pin, lock, yarnrc }: { pin: Pin | undefined; lock: string | undefined; yarnrc: string | undefined },
): Bringing | undefined {
  if (name === "pnpm") {
    const version = pin?.version ?? pnpmOf(lock ?? "");
    return { line: lineFor("pnpm", `pnpm@${version}`, pin !== undefined), isYarnOne: false };
  }
  if (name === "bun")
    return { line: lineFor("bun", `bun@${pin?.version ?? "1"}`, pin !== undefined), isYarnOne: false };
  if (name === "npm") return undefined;
  const version = pin?.version ?? yarnOf(lock ?? "");
  if (/^1(?:\.|$)/.test(version))
    return { line: lineFor("yarn", `yarn@${version}`, pin !== undefined), isYarnOne: true };
  const isVendored = /^yarnPath:/m.test(yarnrc ?? "");
  const program = isVendored ? `yarn@${lastYarnOne}` : `@yarnpkg/cli-dist@${version}`;
  // Plug'n'Play names each package by its path from the checkout: a cache in the home lies elsewhere in each checkout.
  const env = { YARN_ENABLE_GLOBAL_CACHE: "false" };
  return { line: `${install} ${program}`, isYarnOne: false, env };
}

function lineFor(program: string, spec: string, isPinned: boolean): string {
  return isPinned ? `${install} ${spec}` : `{ command -v ${program} >/dev/null || ${install} ${spec}; }`;
}

/** The major of pnpm by the format of its lockfile: 5.4 is that of 7, 6 of 8, and 9 of 9 and 10. */
function pnpmOf(lock: string): string {
  const format = /^lockfileVersion: *'?(\d+)/m.exec(lock)?.[1];
  return { "5": "7", "6": "8" }[format ?? ""] ?? "9";
}

/** The major of Yarn by its lockfile, whose format is 8 since Yarn 4. */
function yarnOf(lock: string): string {
  if (lock.includes("# yarn lockfile v1")) return lastYarnOne;
  const format = Number(/^ {2}version: (\d+)/m.exec(lock)?.[1] ?? "8");
  return format >= 8 ? "4" : "3";
}
