import type { Base } from "../domain/evidence/change.ts";
import type { Exit } from "../domain/evidence/exit.ts";
import type { Registries } from "../domain/host/registries.ts";
import type { Setup } from "../domain/rules/repository-file.ts";
import type { Brief } from "../domain/task/brief.ts";
import type { SetupOrder } from "../domain/task/setup-order.ts";
import type { Repository } from "../domain/task/task.ts";

/** What a set-up command made of a tree, to be copied to where it is needed; or how it ended where it did not go well. */
export type Prepared =
  | {
      kind: "ready";
      /** The paths that it made, below the checkout. */
      exclude: string[];
      /** Folders of programs among them, such as `.venv/bin`: commands in the checkout find those by name. */
      programs: string[];
      /** Copies what was made into a checkout of the tree and into the home that belongs to it, once. */
      furnish(place: { directory: string; home: string }): Promise<void>;
    }
  | { kind: "red"; exit: Exit };

/** A base whose registries are asked for; `setup` are the rules of its set-up, if there are any. */
export type RegistriesOrder = {
  repository: Repository;
  base: Base;
  key: string;
  brief: Pick<Brief, "dependencies">;
  setup: Setup | undefined;
};

export type Setups = {
  /** Where the agent of a brief may read packages from; undefined: nowhere. MUST NOT name a credential. */
  registries(order: RegistriesOrder): Promise<Registries | undefined>;
  /**
   * Runs a set-up command, or finds what it made of the same manifests with the same command and environment in the same
   * repository. MUST reject with a `setup` failure where it fails on what people have published, and MUST keep nothing
   * for other attempts that was made of anything else. `red` is a failure on a tree that an agent has changed, and a
   * run that was cancelled.
   */
  prepare(order: SetupOrder, signal: AbortSignal): Promise<Prepared>;
};
