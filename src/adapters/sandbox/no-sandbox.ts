import { tmpdir } from "node:os";
import { type Driver, searchPath, workerVariable } from "./launch.ts";
import { ownMark } from "./worker-mark.ts";

/**
 * A companion kills the group as soon as the descriptor ends: a worker that is killed can do it no more. What has left the
 * group is found by its mark when the next worker starts.
 */
const guarded =
  '{ trap "" TERM HUP INT; read -r _ <&3; kill -KILL 0; } </dev/null >/dev/null 2>&1 & exec "$@" 3<&-';

/** Starts commands as plain processes of ours: only the environment is theirs, the files are everybody's. */
export const noSandbox: Driver = {
  kind: "none",
  visible: () => ["/"],
  launch: async (command) => ({
    file: "/bin/sh",
    argv: ["-c", guarded, "sh", ...command.argv],
    directory: command.directory,
    lifeline: true,
    environment: {
      PATH: searchPath(command),
      HOME: tmpdir(),
      LANG: "C.UTF-8",
      ...command.environment,
      [workerVariable]: ownMark,
    },
  }),
};
