import type { Base, Change, ObjectId } from "../evidence/change.ts";
import type { Setup } from "../rules/repository-file.ts";
import { workKey } from "./change-address.ts";
import { proofName } from "./newest-proof.ts";
import type { Repository, Task } from "./task.ts";
import { taskKey } from "./task-id.ts";

/** A set-up that is wanted for one tree of an attempt. */
export type SetupOrder = {
  repository: Repository;
  key: string;
  /** What people have published: only what is made of it is kept for other attempts. */
  base: Base;
  change: Change;
  tree: ObjectId;
  setup: Setup;
  /** The name of the artefact that keeps what the command wrote. */
  log: string;
};

/** The order for a tree of an attempt; nothing where the rules name no set-up. */
export function setupOrder(
  task: Task,
  { setup, change, tree }: { setup: Setup | undefined; change: Change; tree: ObjectId },
): SetupOrder | undefined {
  if (!setup) return undefined;
  return {
    repository: task.repository,
    key: workKey(task),
    base: task.attempts[0]?.base ?? change.base,
    change,
    tree,
    setup,
    log: `${taskKey(task.id)}/set-up-${proofName(task)}-${tree.slice(0, 12)}.log`,
  };
}
