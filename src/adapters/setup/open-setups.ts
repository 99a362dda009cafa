import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { unchanged } from "../../domain/evidence/change.ts";
import type { Exit } from "../../domain/evidence/exit.ts";
import { agentRegistries, type Registries } from "../../domain/host/registries.ts";
import { isManifest } from "../../domain/paths/manifests.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { SetupOrder } from "../../domain/task/setup-order.ts";
import type { Prepared, Setups } from "../../ports/setups.ts";
import type { Artefacts } from "../../ports/store.ts";
import type { Sandbox } from "../../ports/workshop.ts";
import type { Log } from "../../ports.ts";
import type { Trees } from "../git/open-worktrees.ts";
import { inTurns } from "../host/in-turns.ts";
import { entryName, findEntry, type KeptSetup, type TreeFile } from "./entry.ts";
import { type FurnishedPlace, furnish } from "./furnish.ts";
import { makeEntry } from "./make-entry.ts";
import { setupFailure } from "./setup-failure.ts";
import { evict, newestShared } from "./shelf.ts";

/** What set-ups are made with, below one directory. */
export type SetupsOptions = {
  directory: string;
  sandbox: Sandbox;
  artefacts: Artefacts;
  trees: Trees;
  log: Log;
  /** Where this machine installs from, where that is not the public registry: variables that say so, and the hosts. */
  registries?: Registries;
  /** What all results may take, where it is not the usual. */
  kibibytes?: number;
};

const none: Registries = { environment: {}, hosts: [] };

/** Acts in turn; a cancelled attempt does not wait for that of another, but its own it lets come to its end. */
function inTurnUnless<T>(
  inTurn: (action: () => Promise<T | Exit>) => Promise<T | Exit>,
  { signal, run, act }: { signal: AbortSignal; run: string; act: () => Promise<T | Exit> },
): Promise<T | Exit> {
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve(cancelled(run));
    const turn = inTurn(async () => {
      signal.removeEventListener("abort", giveUp);
      return signal.aborted ? cancelled(run) : act();
    });
    turn.then(resolve, reject);
    signal.addEventListener("abort", giveUp, { once: true });
    if (signal.aborted) giveUp();
  });
}

function cancelled(run: string): Exit {
  const log = { sha256: createHash("sha256").digest("hex"), bytes: 0, head: "", tail: "" };
  return { argv: ["sh", "-c", run], exitCode: null, signal: null, endedBy: "cancel", durationMs: 0, log };
}

/** Where a result is looked for, and of which tree it is made. */
type Plan = { order: SetupOrder; manifests: TreeFile[]; shared: boolean; shelf: string; directory: string };

/** Opens the set-ups of this machine: each repository has a shelf of its own, and no other repository's is seen. */
export function openSetups(options: SetupsOptions): Setups {
  const inTurn = inTurns<string>();
  return {
    registries: async ({ setup = {}, brief, ...at }) => {
      const listed = await options.trees.list(
        { ...at, change: unchanged(at.base) },
        at.base.tree,
        isManifest,
      );
      const manifests = listed.map(({ path }) => path);
      return agentRegistries(brief, { setup, manifests, machine: options.registries ?? none });
    },
    prepare: async (order, signal) => {
      const plan = await planFor(order, options);
      // Two attempts that want the same wait for one; other processes may make it too, and the first to end is kept.
      const act = async () => (await findEntry(plan.directory)) ?? (await makeSetup(plan, options, signal));
      const ours = (action: () => Promise<KeptSetup | Exit>) => inTurn(plan.directory, action);
      const found = await inTurnUnless(ours, { signal, run: order.setup.run, act });
      if ("made" in found) return ready(found, options.sandbox);
      if (found.endedBy === "spawn") throw new Failure("sandbox", found.log.tail.trim());
      if (plan.shared && found.endedBy !== "cancel") throw setupFailure(order.setup.run, found);
      return { kind: "red", exit: found };
    },
  };
}

/**
 * Where the tree asks for the same as the base does, it is the base's result that is made and shared: a tree that an agent
 * has changed must not decide what other attempts are given. Where it asks for something else, the result is its own.
 */
async function planFor(order: SetupOrder, { directory, trees }: SetupsOptions): Promise<Plan> {
  const { repository, key, base } = order;
  const published = { repository, key, change: unchanged(base) };
  const wanted = await trees.list(order, order.tree, isManifest);
  const ofBase = order.tree === base.tree ? wanted : await trees.list(published, base.tree, isManifest);
  const name = entryName(order, { manifests: ofBase, owner: "" });
  const shared = name === entryName(order, { manifests: wanted, owner: "" });
  const shelf = join(directory, "setups", String(repository.id));
  if (shared) {
    const same = { ...order, change: published.change, tree: base.tree };
    return { order: same, manifests: ofBase, shared, shelf, directory: join(shelf, name) };
  }
  const own = entryName(order, { manifests: wanted, owner: `${key} ${order.tree}` });
  return { order, manifests: wanted, shared, shelf, directory: join(shelf, own) };
}

async function makeSetup(plan: Plan, options: SetupsOptions, signal: AbortSignal) {
  const { order, shelf } = plan;
  const { sandbox, artefacts, trees, log, kibibytes, registries = none } = options;
  const checkOut = (to: string) => trees.checkOut(order, { tree: order.tree, directory: to });
  const earlier = await newestShared(shelf);
  const fields = { repository: order.repository.id, run: order.setup.run, tree: order.tree };
  log.info(fields, "set-up begun");
  const made = await makeEntry({ sandbox, artefacts, registries, checkOut }, { ...plan, earlier }, signal);
  log.info({ ...fields, ended: "made" in made ? "well" : made.endedBy }, "set-up done");
  await evict(dirname(shelf), kibibytes);
  return made;
}

function ready(entry: KeptSetup, sandbox: Sandbox): Prepared {
  return {
    kind: "ready",
    exclude: entry.made.exclude,
    programs: entry.made.programs,
    furnish: async (place) => {
      // Beside the home, where nothing but us can write: a second copy would undo an agent's work in what was copied.
      const done = `${place.home}.furnished`;
      if (existsSync(done)) return;
      await furnish(sandbox, entry, place satisfies FurnishedPlace);
      await writeFile(done, "");
    },
  };
}
