import { expect, test } from "@jest/globals";
import { limiterFor } from "../../../src/adapters/sandbox/limiter.ts";

const bounds = { memoryBytes: 1, processes: 512, diskBytes: 1000 };
const line = (name: string, hard: string) =>
  `${name.padEnd(26)}0                    ${hard.padEnd(21)}bytes\n`;
const [none, all] = ["CapEff:\t0000000000000000\n", "CapEff:\t000001ffffffffff\n"];

test.each<[string, { limits: string; status: string }, string[], string[]]>([
  [
    "no limits: ours",
    { limits: line("Max core file size", "unlimited") + line("Max processes", "unlimited"), status: none },
    ["--core=1"],
    ["--nproc=4096", "--fsize=1000", "--nofile=16384"],
  ],
  [
    "lower limits stay",
    {
      limits: line("Max processes", "100") + line("Max file size", "10") + line("Max open files", "4096"),
      status: all,
    },
    ["--core=1"],
    ["--nproc=100", "--fsize=10", "--nofile=4096"],
  ],
  [
    "no dumps at all for an ordinary user",
    { limits: line("Max core file size", "0"), status: none },
    [],
    ["--nproc=4096", "--fsize=1000", "--nofile=16384"],
  ],
  [
    "no dumps at all for whoever may raise limits",
    { limits: line("Max core file size", "0"), status: all },
    ["--core=1"],
    ["--nproc=4096", "--fsize=1000", "--nofile=16384"],
  ],
  [
    "a kernel that tells nothing",
    { limits: "", status: "" },
    ["--core=1"],
    ["--nproc=4096", "--fsize=1000", "--nofile=16384"],
  ],
])("%s", (_, own, around, inside) => {
  const limiter = limiterFor(own);

  expect(limiter.around.filter((word) => word.startsWith("--c"))).toEqual(around);
  expect(limiter.inside(bounds).filter((word) => /^--\w/.test(word))).toEqual(inside);
});
