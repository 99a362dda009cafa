import type { Resolve } from "./dial.ts";
import type { Target } from "./judge-target.ts";
import type { Pool } from "./pass-plain.ts";

/** What the two ways through an egress proxy share: tunnels, and requests in clear. */
export type Gate = {
  hosts: Target[];
  /** Those that may lie in a private network. */
  inside: Target[];
  /** The header's value for a host, by its name with its port. */
  credentials: Record<string, string>;
  resolve: Resolve;
  pool: Pool;
  refuse(asked: string, why: string): void;
};
