import { execa } from "execa";
import type { Toolchains } from "../../domain/evidence/wanted-tool.ts";
import { defaultPath } from "./launch.ts";

/** What says its version, and where the version stands in what it says. */
const tellers: { tool: keyof Toolchains; argv: [string, string]; version: RegExp }[] = [
  { tool: "Python", argv: ["python3", "--version"], version: /^Python (\d+\.\d+\.\d+\S*)/ },
  { tool: "Go", argv: ["go", "version"], version: /^go version go(\d+(?:\.\d+)+)/ },
  { tool: "Rust", argv: ["rustc", "--version"], version: /^rustc (\d+\.\d+\.\d+\S*)/ },
];

/** A program that says nothing for so long is not asked again. */
const answerMs = 10_000;

/** Asks the programs that a command in the sandbox would find for their versions, once. */
export function openToolchains(): () => Promise<Toolchains> {
  let asked: Promise<Toolchains> | undefined;
  return () => (asked ??= readAll());
}

async function readAll(): Promise<Toolchains> {
  const told = await Promise.all(
    tellers.map(async ({ tool, argv: [program, word], version }) => {
      const { stdout = "" } = await execa(program, [word], {
        ...{ env: { PATH: defaultPath }, extendEnv: false },
        ...{ cwd: "/", timeout: answerMs, reject: false, stdin: "ignore" },
      });
      return [tool, version.exec(stdout)?.[1]] as const;
    }),
  );
  return Object.fromEntries(told.filter(([, version]) => version !== undefined));
}
