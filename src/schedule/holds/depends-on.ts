import type { HoldRule } from "../situation.ts";

/** The issues that a brief names under "Depends on" must be closed first. */
export const dependsOn: HoldRule<"depends-on"> = ({ openDependencies }) =>
  openDependencies.length > 0 ? { kind: "depends-on", issues: openDependencies } : undefined;
