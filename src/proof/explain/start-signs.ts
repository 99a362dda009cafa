import { forAllUsers } from "../../domain/host/for-all-users.ts";
import type { FailureKind } from "../../domain/task/failure.ts";

/** Why a command cannot start on the base, whose it is, and what to do about it. */
export type Obstacle = { kind: Extract<FailureKind, "setup" | "brief">; why: string; repair: string };

export const rules = "`.github/drafthorse.yml`";
export const nameSetup = `Name the command that installs it as \`setup\` in ${rules}, or ${forAllUsers}`;
/** What shells, runners and package managers write where they cannot begin. The first group is the name that they miss. */
const signs: { sign: RegExp; obstacle: (name: string) => Obstacle }[] = [
  {
    sign: /(?:^|\n)[^\n]*\bMissing script: "?([^"\n]+)"?|\bERR_PNPM_NO_SCRIPT\b\S* +Missing script: ([^\n]+)|(?:^|\n)error Command "([^"\n]+)" not found|\bUnknown command: "([^"\n]+)"/,
    obstacle: (name) => ({
      ...{ kind: "brief", why: `the package has no script \`${name}\`` },
      repair: 'Name a script that the base branch has under "Validation command".',
    }),
  },
  {
    sign: /(?:^|\n)g?make(?:\[\d+\])?: \*\*\* No rule to make target ['`‘]([^'’\n]+)['’]\. +Stop\./,
    obstacle: (name) => ({
      ...{ kind: "brief", why: `make knows no target \`${name}\`` },
      repair: 'Name a target that the base branch has under "Validation command".',
    }),
  },
  {
    sign: /(?:^|\n)ERROR: (?:file or directory )?not found: ([^\n]+)/,
    obstacle: (name) => ({
      ...{ kind: "brief", why: `pytest finds no \`${name}\`` },
      repair: 'Name tests that the base branch has under "Validation command".',
    }),
  },
  {
    sign: /(?:^|\n)[^\n]*: error: unrecognized arguments: (\S+)/,
    obstacle: (name) => ({
      ...{ kind: "setup", why: `the runner does not know \`${name}\`; a plugin is not installed` },
      repair: nameSetup,
    }),
  },
  {
    sign: /(?:^|\n)error: no such command: `([^`\n]+)`|(?:^|\n)error: no such (?:sub)?command: `?([^`\n]+)`?/,
    obstacle: (name) => ({
      ...{ kind: "setup", why: `cargo has no command \`${name}\`` },
      repair: nameSetup,
    }),
  },
  {
    // `node --test nosuch/` and `node nosuch.js`; the file that a loader names is whole, with its directory.
    sign: /(?:^|\n)Could not find '([^'\n]+)'|(?:^|\n)[^\n]*python[\d.]*: can't open file '([^'\n]+)'|(?:^|\n)(?:ba|da|z|k)?sh: (?:\d+: )?(?:cannot open|can't open) '?([^:'\n]+)'?: No such file/,
    obstacle: (name) => ({
      ...{ kind: "brief", why: `there is no \`${name.replace(/\/+$/, "").split("/").at(-1)}\`` },
      repair: 'Name a file or folder that the base branch has under "Validation command".',
    }),
  },
  {
    sign: /\bmissing go\.sum entry for (?:module providing package |go\.mod file[^\n]*?)?([^\s;(]+)/,
    obstacle: (name) => ({
      ...{ kind: "setup", why: `\`go.sum\` has no entry for \`${name}\`` },
      repair: "Run `go mod tidy` on the base branch, and commit what it writes.",
    }),
  },
  {
    sign: /(?:^|\n)\S*node(?:\.exe)?: bad option: (\S+)/,
    obstacle: (name) => ({
      ...{ kind: "brief", why: `node does not know the option \`${name}\`` },
      repair:
        "Name an option that the Node.js of this machine has, or have the operator install a newer one.",
    }),
  },
  {
    sign: /(?:^|\n)go: (?:(go\.mod) file not found in current directory|cannot find main module, but found [^\n]* in (\S+))|(?:^|\n)error: could not find `(Cargo\.toml)` in|(?:^|\n)npm (?:error|ERR!) enoent [^\n]*(package\.json)'|(?:^|\n)\S*make(?:\[\d+\])?: \*\*\* No targets specified and no (makefile) found/,
    obstacle: (name) => ({
      ...{ kind: "brief", why: `there is no \`${name}\` where it runs` },
      repair:
        'Go to the folder that has it first, for example `cd DIRECTORY && …`, under "Validation command".',
    }),
  },
];

/** What the end of a log says of a command that could not begin; nothing where it says nothing of the kind. */
export function startSign(text: string): { name: string; obstacle: Obstacle } | undefined {
  for (const { sign, obstacle } of signs) {
    const name = sign
      .exec(text)
      ?.slice(1)
      .find((group) => group !== undefined)
      ?.trim();
    if (name !== undefined) return { name, obstacle: obstacle(name) };
  }
  return undefined;
}
