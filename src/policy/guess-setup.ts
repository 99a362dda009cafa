import type { Base } from "../domain/evidence/change.ts";
import type { Setup } from "../domain/rules/repository-file.ts";
import type { Brief } from "../domain/task/brief.ts";
import type { GuessedSetup } from "../domain/task/guessed-setup.ts";
import type { SkippedStep } from "../domain/task/skipped-step.ts";
import type { Repository } from "../domain/task/task.ts";
import type { BaseFiles } from "../ports/workshop.ts";
import { type Guess, guessedFrom, guessSettings } from "./guess-settings.ts";
import { namedFolders } from "./named-folders.ts";

/** What a set-up is guessed for; without a brief only the repository's root is looked at. */
export type GuessOrder = {
  repository: Repository;
  base: Base;
  brief?: Pick<Brief, "validation" | "scope"> | undefined;
};

/** The set-up, or nothing where none can be told, and the steps that were written for others and are not run. */
export type SetupGuess = { guessed?: GuessedSetup; skippedSteps?: SkippedStep[] };

type FoundSetup = GuessedSetup & { folder: string };
type InFolder = { found: FoundSetup | undefined; skipped: SkippedStep[] };

/** More folders are not set up for one brief, and no longer line is run. */
const most = 3;
const longest = 1_000;

/**
 * Guesses the set-up of a repository at one commit, as `drafthorse init` does; nothing where none can be told. Folders
 * that the brief points to are set up too, where the root has no set-up, or where the command enters one that has its own.
 */
export async function guessSetup(order: GuessOrder, baseFiles: BaseFiles): Promise<SetupGuess> {
  const { found: root, skipped } = await guessIn("", order, baseFiles);
  const guessed = joinSetups([...(root ? [root] : []), ...(await guessBelow(root, order, baseFiles))]);
  return { ...(guessed && { guessed }), ...(skipped.length > 0 && { skippedSteps: skipped }) };
}

async function guessBelow(
  root: FoundSetup | undefined,
  order: GuessOrder,
  baseFiles: BaseFiles,
): Promise<FoundSetup[]> {
  const found: FoundSetup[] = [];
  const { entered, named } = order.brief ? namedFolders(order.brief) : { entered: [], named: [] };
  for (const folder of root ? entered : named) {
    const isInside = found.some((outer) => folder.startsWith(`${outer.folder}/`));
    if (isInside || found.length === most) continue;
    const { found: guess } = await guessIn(folder, order, baseFiles);
    // A member of a workspace has a manifest alone, and the root installs for it.
    if (guess && !(root && isMember(guess))) found.push(guess);
  }
  return found;
}

/** All that can be guessed of a repository from its root at one commit, as `drafthorse init` guesses it. */
export function guessAtRoot(order: GuessOrder, baseFiles: BaseFiles): Promise<Guess> {
  return guessFrom("", order, baseFiles);
}

async function guessIn(folder: string, order: GuessOrder, baseFiles: BaseFiles): Promise<InFolder> {
  const { setup, skipped } = await guessFrom(folder, order, baseFiles);
  const from = setup?.from.map((path) => inFolder(folder, path)) ?? [];
  return { found: setup && { folder, setup: fromRoot(folder, setup.setup), from }, skipped };
}

function inFolder(folder: string, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}

async function guessFrom(
  folder: string,
  { repository, base, brief }: GuessOrder,
  baseFiles: BaseFiles,
): Promise<Guess> {
  const at = (path: string) => inFolder(folder, path);
  const there = await baseFiles.find(repository, base, guessedFrom.map(at));
  const texts = new Map<string, string>();
  for (const path of there) {
    const text = await baseFiles.read(repository, base, path);
    if (text !== undefined) texts.set(path, text);
  }
  return guessSettings((path) => texts.get(at(path)), brief?.validation);
}

function isMember({ from }: FoundSetup): boolean {
  return from.every((path) => path.endsWith("/package.json"));
}

/** The same set-up, run from the repository's root. */
function fromRoot(folder: string, setup: Setup): Setup {
  if (folder === "") return setup;
  const { run, cache } = setup;
  return {
    ...setup,
    run: `(cd ${folder} && ${run})`,
    ...(cache && { cache: cache.map((path) => `${folder}/${path}`) }),
  };
}

/** All in one line; without hosts where one of them names none, so that they are told from every manifest. */
function joinSetups(all: FoundSetup[]): GuessedSetup | undefined {
  const [first, ...others] = all;
  if (!first) return undefined;
  const run = all.map(({ setup }) => setup.run).join(" && ");
  if (run.length > longest) return joinSetups(all.slice(0, -1));
  if (others.length === 0) return { setup: first.setup, from: first.from };
  const hosts = all.map(({ setup }) => setup.hosts);
  const cache = all.flatMap(({ setup }) => setup.cache ?? []);
  const env = Object.assign({}, ...all.map(({ setup }) => setup.env ?? {})) as Record<string, string>;
  return {
    setup: {
      run,
      ...(hosts.every((names) => names !== undefined) && {
        hosts: [...new Set(hosts.flatMap((names) => names ?? []))],
      }),
      ...(cache.length > 0 && { cache }),
      ...(Object.keys(env).length > 0 && { env }),
    },
    from: all.flatMap(({ from }) => from),
  };
}
