import { tmpdir } from "node:os";
import { DEFAULT_PATH, type Driver, WORKER_VARIABLE } from "./launch.ts";
import { ownMark } from "./worker-mark.ts";

/** Starts commands as plain processes of ours: only the environment is theirs, the files are everybody's. */
export const noSandbox: Driver = {
  kind: "none",
  visible: () => ["/"],
  launch: async ({ argv: [file = "", ...argv], directory, environment }) => ({
    file,
    argv,
    directory,
    environment: {
      PATH: DEFAULT_PATH,
      HOME: tmpdir(),
      LANG: "C.UTF-8",
      ...environment,
      [WORKER_VARIABLE]: ownMark,
    },
  }),
};
