import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Dates } from "../../ports/dates.ts";

/** Where Debian, Fedora, Alpine and a build from source put the library; the one for programs with threads. */
const folders = [
  ...["/usr/lib/x86_64-linux-gnu/faketime", "/usr/lib/aarch64-linux-gnu/faketime", "/usr/lib64/faketime"],
  ...["/usr/lib/faketime", "/usr/local/lib/faketime"],
];
const libraries = folders.map((folder) => `${folder}/libfaketimeMT.so.1`);

/** The program that Node.js loads; it imports nothing of ours. */
const nodeProgram = fileURLToPath(new URL("./shift-date-node.cjs", import.meta.url));

const script = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;
/** What asks the C library for the time. Go asks the kernel, and the virtual machine of Java hangs with the library. */
const overLibrary = /\.(?:[cm]?[jt]sx?|vue|svelte|py|rs|rb|php|c|cc|cpp|cxx)$/;
const unheeding = "its language does not ask the C library for the time";
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Opens the shifting of dates: by libfaketime where this machine has it (`library` names it), which most programs heed; else
 * for Node.js alone, by a program of ours. Neither touches the clock that measures time-outs.
 */
export function openDates({ library }: { library: string | undefined }): Dates {
  return library ? byLibrary(library) : byProgram;
}

/** Where this machine has libfaketime; undefined: nowhere that we look. */
export function findFaketime(): string | undefined {
  return libraries.find((path) => existsSync(path));
}

function byLibrary(library: string): Dates {
  return {
    reach: (path) => (overLibrary.test(path) ? { can: true } : { can: false, why: unheeding }),
    shift: (days) => ({
      told: (environment) => ({
        ...environment,
        LD_PRELOAD: [library, environment.LD_PRELOAD].filter(Boolean).join(":"),
        FAKETIME: `+${days}d`,
        FAKETIME_DONT_FAKE_MONOTONIC: "1",
        DONT_FAKE_MONOTONIC: "1",
      }),
      readable: [library],
    }),
  };
}

const byProgram: Dates = {
  reach: (path) =>
    script.test(path)
      ? { can: true }
      : { can: false, why: overLibrary.test(path) ? "libfaketime is not installed" : unheeding },
  shift: (days) => ({
    told: (environment) => ({
      ...environment,
      DRAFTHORSE_LATER_MS: String(days * dayMs),
      NODE_OPTIONS: [environment.NODE_OPTIONS, `--require ${JSON.stringify(nodeProgram)}`]
        .filter(Boolean)
        .join(" "),
    }),
    readable: [nodeProgram],
  }),
};
