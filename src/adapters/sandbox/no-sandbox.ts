import { tmpdir } from "node:os";
import { DEFAULT_PATH, type Driver } from "./launch.ts";

/** Starts commands as plain processes of ours: only the environment is theirs, the files are everybody's. */
export const noSandbox: Driver = {
  kind: "none",
  visible: () => ["/"],
  launch: ({ argv: [file = "", ...argv], directory, environment }) => ({
    file,
    argv,
    directory,
    environment: {
      PATH: DEFAULT_PATH,
      HOME: tmpdir(),
      LANG: "C.UTF-8",
      ...environment,
    },
  }),
};
