import { bringing, managerNames, type Pin, pinOf } from "./bring-manager.ts";
import { type Look, managerOf } from "./guess-node.ts";
import type { WrittenSteps } from "./written-steps.ts";

/** Steps with what brings their package managers before them, and Corepack's commands that bring none. */
export type BroughtSteps = { lines: string[]; env: Record<string, string>; idle: string[] };

/**
 * Puts what brings a package manager before the steps that call it, and in the place of Corepack. Corepack writes links
 * beside its own program, where nothing may be written here, and fetches what it links to at the first call.
 */
export function bringWritten({ lines, corepack }: WrittenSteps, look: Look): BroughtSteps {
  const manifest = look("package.json") ?? "";
  const pins = new Map<Pin["name"], Pin | undefined>();
  const idle = corepack.filter((command) => {
    const asked = askedOf(command);
    const name = asked?.name ?? pinOf(manifest)?.name ?? managerOf(look)?.name;
    if (name === undefined || name === "npm") return true;
    pins.set(name, asked?.version === undefined ? pins.get(name) : { name, version: asked.version });
    return false;
  });
  for (const name of managerNames)
    if (lines.some((line) => calls(line, name))) pins.set(name, pins.get(name));
  const brought = [...pins].flatMap(([name, pin]) => {
    const own = managerOf(look);
    const lock = own?.name === name ? look(own.lockfile) : undefined;
    const pinned = pin ?? [pinOf(manifest)].find((one) => one?.name === name);
    return bringing(name, { pin: pinned, lock, yarnrc: look(".yarnrc.yml") }) ?? [];
  });
  return {
    lines: [...brought.map(({ line }) => line), ...lines],
    env: Object.assign({}, ...brought.map(({ env }) => env)) as Record<string, string>,
    idle,
  };
}

/** `corepack enable pnpm`, `corepack prepare yarn@4.9.2 --activate`, `corepack use pnpm@9.x`. */
function askedOf(command: string): { name: Pin["name"]; version: string | undefined } | undefined {
  const { name, version } =
    /\s(?<name>pnpm|yarn|bun)(?:@(?<version>\d[\w.-]{0,60}))?(?:\s|$)/.exec(command)?.groups ?? {};
  const known = managerNames.find((one) => one === name);
  return known && { name: known, version };
}

function calls(line: string, name: string): boolean {
  return new RegExp(`(?:^|&& |\\()${name}(?: |\\)|$)`).test(line);
}
