import { join } from "node:path";
import { Failure } from "../../domain/task/failure.ts";

/** The places of one attempt. Only `work` and `home` are ever writable for an agent. */
export type AttemptPaths = {
  root: string;
  /** Holds checkouts with another path and another depth. */
  elsewhere: string;
  work: string;
  home: string;
  /** Says that `work` was completely made, and how; it lies outside so that an agent cannot write it. */
  made: string;
  capture: string;
  change: string;
  pack: string;
  /** What was put into `work` of submodules. */
  submodules: string;
};

/** The places of an attempt below the data directory; refuses a key that is no plain file name. */
export function attemptPaths(directory: string, key: string): AttemptPaths {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(key))
    throw new Failure("bug", `${JSON.stringify(key)} is no key of an attempt`);
  const root = join(directory, "attempts", key);
  return {
    root,
    elsewhere: join(directory, "elsewhere", key),
    work: join(root, "work"),
    home: join(root, "home"),
    made: join(root, "made.json"),
    capture: join(root, "capture.git"),
    change: join(root, "change.git"),
    pack: join(root, "change.pack"),
    submodules: join(root, "submodules.git"),
  };
}
