import type { FoundEvidence } from "../../proof/audit/read-evidence.ts";
import type { PullHead } from "../../proof/audit/weigh-head.ts";
import type { TrustedKeys } from "../../proof/audit/weigh-statement.ts";
import type { Weighed } from "../../proof/audit/weighed.ts";

/** What was found of an attempt, wherever it was read from. */
export type GatheredPackage = {
  bundle: string | undefined;
  keys: TrustedKeys;
  evidence: FoundEvidence | undefined;
  /** Why what was found is no evidence. */
  problem?: string;
  history: string | undefined;
  /** The questions about changed lines, which come later than the evidence. */
  questions?: string | undefined;
  /** Where logs may lie under their own names; undefined: nowhere. */
  beside: string | undefined;
  /** The head of the pull request that it was read from, and how a clone gets it. */
  head?: PullHead & { fetch: string };
  /** A clone that was named. */
  repository: string | undefined;
  /** What the place itself said. */
  weighed: Weighed[];
};
