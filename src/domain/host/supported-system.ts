/** A machine's kind, as Node names it: `process.platform` and `process.arch`. */
export type System = { platform: string; arch: string };

/** The processors for which there is a filter of system calls. */
const processors = ["x64", "arm64"];

const supported = "Drafthorse is supported on Linux (x64 and arm64)";

const names: Record<string, string> = {
  darwin: "macOS",
  win32: "Windows",
  freebsd: "FreeBSD",
  openbsd: "OpenBSD",
};

/** The commands that start an agent or a sandbox; all others only read and write files, by git. */
const working = ["start", "worker", "run", "demo", "doctor"];

/** What a command has to say about a system that is not supported, in one sentence; `refused`: it cannot go on there. */
export type SystemNotice = { refused: boolean; sentence: string };

/** The notice for a command on a system; undefined where there is nothing to say. */
export function systemNotice(command: string, system: System): SystemNotice | undefined {
  const missing = sandboxProblem(system);
  if (missing === undefined || !working.includes(command)) return undefined;
  const refused = system.platform === "win32";
  return { refused, sentence: `${supported}: ${missing}; ${whatWorks(system)}.` };
}

/** Why a system can have no sandbox, as half a sentence; undefined where it can. */
export function sandboxProblem({ platform, arch }: System): string | undefined {
  if (platform !== "linux") return `there is no sandbox on ${names[platform] ?? platform}`;
  if (!processors.includes(arch)) return `there is no filter of system calls for Linux on ${arch}`;
  return undefined;
}

function whatWorks({ platform }: System): string {
  if (platform === "win32")
    return "here `check`, `init` and `verify` work, and in WSL 2, which is Linux, everything does";
  if (platform === "linux")
    return "here `check`, `init`, `verify` and `demo` work, and the rest only without a sandbox (SANDBOX=none)";
  return "here `check`, `init` and `verify` work, `demo`, `run` and `start` only without a sandbox (SANDBOX=none) and untried, and everything does in a Linux machine or container";
}
