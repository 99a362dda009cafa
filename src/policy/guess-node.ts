import type { Setup } from "../domain/rules/repository-file.ts";
import { bringing, type Pin, pinOf } from "./bring-manager.ts";
import { resolveRegistries } from "./resolve-registries.ts";

/** What is looked at of a repository: the text of a file, or undefined where there is none. */
export type Look = (path: string) => string | undefined;

type Manager = {
  name: "npm" | "pnpm" | "yarn" | "bun";
  lockfile: string;
  /** Installs what the lockfile names, and what the manifest names where there is no lockfile. */
  run: string;
  unlocked: string;
  script: string;
  hosts: string[];
};

const npmRegistry = "registry.npmjs.org";
const yarnRegistry = "registry.yarnpkg.com";
const publicRegistries = [npmRegistry, yarnRegistry];

/** Installs the dependencies of a library that commits no lockfile, without leaving one. */
const npm = { name: "npm", run: "npm ci", unlocked: "npm install --no-package-lock", script: "npm" } as const;

/** Before its version 1.2 Bun wrote a lockfile that is no text. */
const bun = {
  name: "bun",
  script: "bun run",
  run: "bun install --frozen-lockfile",
  unlocked: "bun install --no-save",
} as const;

const managers: Manager[] = [
  {
    ...{ name: "pnpm", lockfile: "pnpm-lock.yaml", script: "pnpm", hosts: [npmRegistry] },
    ...{ run: "pnpm install --frozen-lockfile", unlocked: "pnpm install --no-lockfile" },
  },
  {
    ...{ name: "yarn", lockfile: "yarn.lock", script: "yarn", hosts: [yarnRegistry, npmRegistry] },
    ...{ run: "yarn install --immutable", unlocked: "yarn install --no-immutable" },
  },
  { ...bun, hosts: [npmRegistry], lockfile: "bun.lock" },
  { ...bun, hosts: [npmRegistry], lockfile: "bun.lockb" },
  { ...npm, lockfile: "package-lock.json", hosts: [npmRegistry] },
  { ...npm, lockfile: "npm-shrinkwrap.json", hosts: [npmRegistry] },
];

/** Yarn 1 knows no `--immutable`, and writes its version into its lockfile. */
const yarnOne = {
  mark: "# yarn lockfile v1",
  run: "yarn install --frozen-lockfile",
  unlocked: "yarn install --no-lockfile",
};

/** What npm writes where nobody has written a test, and what would wait for changes instead of ending. */
const noTest = /no test specified|(?:^|\s)(?:--watch(?:All)?|-w)(?=\s|$)|\bnodemon\b/;

/** The names of scripts that test, the best first. */
const testScripts = ["test", "test:ci", "ci:test", "test:once", "test:unit"];

/** Every path that the guess for Node.js looks at. */
export const nodeFiles = [
  ...managers.map(({ lockfile }) => lockfile),
  ...["package.json", "pnpm-workspace.yaml", ".yarnrc.yml", ".npmrc"],
];

/** A guess for Node.js: the files that it was made from, the set-up if one is needed, and the command that tests. */
export type NodeGuess = { from: string; setup: Setup | undefined; test: string | undefined };

/** Guesses how a package for Node.js is installed and tested; nothing where there is no manifest. */
export function guessNode(look: Look): NodeGuess | undefined {
  const text = look("package.json");
  if (text === undefined) return undefined;
  const pin = pinOf(text);
  const manager = managerOf(look, pin);
  const isLocked = manager !== undefined && look(manager.lockfile) !== undefined;
  const { scripts, needsMore } = readPackage(text);
  return {
    from: isLocked ? `package.json, ${manager.lockfile}` : "package.json",
    setup: nodeSetup(look, { manager, isLocked, pin, needsMore }),
    test: testCommand(scripts, { script: manager?.script ?? "npm", look }),
  };
}

type FoundManager = {
  manager: Manager | undefined;
  isLocked: boolean;
  pin: Pin | undefined;
  needsMore: boolean;
};

function nodeSetup(look: Look, { manager, isLocked, pin, needsMore }: FoundManager): Setup | undefined {
  const cache = ["node_modules"];
  const own = ownRegistries(look);
  if (!manager) return needsMore ? { run: npm.unlocked, hosts: [npmRegistry, ...own], cache } : undefined;
  const brought = bringing(manager.name, { pin, lock: look(manager.lockfile), yarnrc: look(".yarnrc.yml") });
  const isOne = manager.name === "yarn" && brought?.isYarnOne;
  const { run, unlocked } = isOne ? yarnOne : manager;
  return {
    run: [...(brought ? [brought.line] : []), isLocked ? run : unlocked].join(" && "),
    hosts: [...manager.hosts, ...own],
    cache,
    ...(brought?.env && { env: brought.env }),
  };
}

/** The hosts of the registries that the repository itself names, for all packages or for a scope. */
function ownRegistries(look: Look): string[] {
  const settings = { npmrc: look(".npmrc") ?? "", pipConf: "", yarnrc: look(".yarnrc.yml") ?? "" };
  return resolveRegistries({}, settings).hosts.filter((host) => !publicRegistries.includes(host));
}

/** The one that the manifest pins, by its lockfile where there is one, else the one whose lockfile there is. */
export function managerOf(look: Look, pin?: Pin): Manager | undefined {
  const pinned = managers.filter(({ name }) => name === pin?.name);
  const among = pinned.length > 0 ? pinned : managers;
  return among.find(({ lockfile }) => look(lockfile) !== undefined) ?? pinned[0];
}

function testCommand(
  scripts: Record<string, string>,
  { script, look }: { script: string; look: Look },
): string | undefined {
  const name = testScripts.find((one) => scripts[one] !== undefined && !noTest.test(scripts[one]));
  if (name === undefined) return look("pnpm-workspace.yaml") === undefined ? undefined : "pnpm -r test";
  return name === "test" || script.endsWith(" run") ? `${script} ${name}` : `${script} run ${name}`;
}

function readPackage(text: string): { scripts: Record<string, string>; needsMore: boolean } {
  try {
    const { scripts, dependencies, devDependencies, workspaces } = JSON.parse(text) as Record<
      string,
      Record<string, string> | undefined
    >;
    const needed = Object.keys({ ...dependencies, ...devDependencies });
    return { scripts: { ...scripts }, needsMore: needed.length > 0 || workspaces !== undefined };
  } catch {
    return { scripts: {}, needsMore: false };
  }
}
