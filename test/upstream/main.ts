import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Evidence } from "../../src/domain/evidence/evidence.ts";
import type { Edit, Project } from "./project.ts";
import { projects } from "./projects.ts";
import { renderTimes, type Times, timeOf } from "./time-of.ts";

/**
 * Repositories that nobody here wrote, or that are as people have them, each without any configuration, with one honest
 * change and with cheats: `npm run test:upstream -- vitest ava`, or all of them without a name. Needs the npm registry.
 */
const main = resolve(import.meta.dirname, "../../src/cli/main.js");

/** What one change came to: the rows that want a reader, the time of the whole run, and where it went. */
type Outcome = { verdict: string; rows: string[]; seconds: number; state: string; times?: Times | undefined };

type Row = {
  project: string;
  change: string;
  expected: string;
  came: string;
  right: boolean;
  rows: string;
  seconds: string;
  times: Times | undefined;
};

function run(program: string, args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", timeout: 600_000 });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr.slice(-500)}`);
  return stdout;
}

function git(cwd: string, ...args: string[]): string {
  return run("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.test", ...args], cwd);
}

function write(directory: string, files: Edit): void {
  for (const [path, text] of Object.entries(files)) {
    const place = join(directory, path);
    if (text === null) rmSync(place);
    else {
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text);
    }
  }
}

/** Unpacks a published version over a directory; what a person would not have in the repository stays out. */
function unpack(within: string, name: string, directory: string): void {
  const [file = ""] = run("npm", ["pack", "--silent", name], within).trim().split("\n").slice(-1);
  const place = mkdtempSync(join(within, "package-"));
  run("tar", ["xzf", join(within, file), "-C", place, "--strip-components=1"], within);
  cpSync(place, directory, { recursive: true });
}

/** The repository of a project at its base, and each change to it as a patch. */
function prepare(project: Project, within: string): { directory: string; patches: [string, string][] } {
  const directory = join(within, "repository");
  mkdirSync(directory);
  const { source } = project;
  if ("files" in source) write(directory, source.files);
  else {
    unpack(within, `${source.package}@${source.from}`, directory);
    if (!existsSync(join(directory, ".gitignore"))) write(directory, { ".gitignore": "node_modules\n" });
  }
  const [program = "", ...args] = project.lock ?? [];
  if (program !== "") run(program, args, directory);
  git(directory, "init", "-q", "-b", "main");
  git(directory, "add", "-A");
  git(directory, "commit", "-qm", "Begin");
  const changes: [string, () => void][] =
    "files" in source
      ? Object.entries({ "honest fix": source.fix, ...source.cheats }).map(([name, edit]) => [
          name,
          () => write(directory, edit),
        ])
      : [["honest fix", () => applyNext({ within, directory, name: `${source.package}@${source.to}` })]];
  const patches = changes.map(([name, act], index): [string, string] => {
    act();
    git(directory, "add", "-A");
    const patch = join(within, `change-${index}.patch`);
    writeFileSync(patch, git(directory, "diff", "--cached", "--binary"));
    git(directory, "reset", "-q", "--hard");
    return [name, patch];
  });
  return { directory, patches };
}

/** What the next version changed of code and tests: its manifest and its change log belong to the release. */
function applyNext({ within, directory, name }: { within: string; directory: string; name: string }): void {
  const kept = ["package.json", "CHANGELOG.md"].filter((path) => existsSync(join(directory, path)));
  unpack(within, name, directory);
  git(directory, "checkout", "-q", "--", ...kept);
}

function brief({ command }: Project): string {
  const sections = {
    Goal: "Mend what the tests of this change show.",
    "Non-goals": "- No new options",
    "Validation command": `\`${command}\``,
    "Done when": "- [ ] The tests pass",
    "Approval boundary": "- reviewer: @ada",
  };
  return Object.entries(sections)
    .map(([title, body]) => `### ${title}\n\n${body}\n`)
    .join("\n");
}

function attempt(project: Project, place: { within: string; directory: string; patch: string }): Outcome {
  const { within, directory, patch } = place;
  const out = join(within, "out");
  rmSync(out, { recursive: true, force: true });
  for (const branch of git(directory, "branch", "--format=%(refname:short)", "--list", "agent/*").split("\n"))
    if (branch !== "") git(directory, "branch", "-qD", branch);
  writeFileSync(join(within, "brief.md"), brief(project));
  const began = performance.now();
  const agent = `exec:git apply ${patch}`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [main, "run", join(within, "brief.md"), "--repo", directory, "--out", out, "--agent", agent],
    { cwd: within, encoding: "utf8", timeout: 1_800_000 },
  );
  const seconds = (performance.now() - began) / 1000;
  const status = existsSync(join(out, "status.md")) ? readFileSync(join(out, "status.md"), "utf8") : "";
  const state = /\*\*Drafthorse\*\* · (?<state>[^\n]*)/.exec(status)?.groups?.state ?? "no status";
  const file = join(out, "evidence.json");
  if (!existsSync(file)) {
    const cause = /\*\*Cause\*\*[^\n]*/.exec(status)?.[0] ?? `${stdout}\n${stderr}`;
    return { verdict: "none", rows: [cause.slice(-400)], seconds, state };
  }
  const evidence = Evidence.parse(JSON.parse(readFileSync(file, "utf8")));
  const { verdict, checks } = evidence;
  const loud = checks.filter((check) => check.status === "fail" || check.status === "attention");
  const shown = [
    "validation",
    "baseline",
    "proof of test",
    "shown",
    "base tests",
    "covered",
    "conditions",
  ].flatMap((name) => checks.find((check) => check.name === name) ?? []);
  const rows = [...new Set([...shown, ...loud])].map(
    (check) => `${check.name} ${check.status}: ${check.line}`,
  );
  return { verdict, rows, seconds, state, times: timeOf(out, evidence) };
}

/** The programs of the system alone are shown in the sandbox: one in a home is not there. */
function isInstalled(program: string): boolean {
  return ["/usr/bin", "/usr/local/bin"].some((folder) => existsSync(join(folder, program)));
}

function missingOf({ needs = [], modules = [], hosts = [] }: Project): string[] {
  return [
    ...needs.filter((name) => !isInstalled(name)),
    ...modules.filter((name) => spawnSync("/usr/bin/python3", ["-c", `import ${name}`]).status !== 0),
    ...hosts.filter((host) => spawnSync("getent", ["hosts", host]).status !== 0),
  ];
}

/** What came of one change, held against what was expected of it. */
function judge(project: Project, { change, outcome }: { change: string; outcome: Outcome }): Row {
  const honest = project.expected?.verdict ?? "passed";
  const isHonest = change === "honest fix";
  const right = isHonest ? outcome.verdict === honest : !["passed", "none"].includes(outcome.verdict);
  return {
    ...{ project: project.name, change, came: outcome.verdict, right, times: outcome.times },
    expected: isHonest ? honest : "not passed",
    rows: outcome.rows.join("\n      "),
    seconds: outcome.seconds.toFixed(1),
  };
}

function rowsOf(project: Project): Row[] {
  const missing = missingOf(project);
  if (missing.length > 0) {
    const repair = project.install ? ` Install with: apt-get install ${project.install}` : "";
    console.log(`- ${project.name}: not run, this machine has no ${missing.join(" and no ")}.${repair}`);
    return [];
  }
  const within = mkdtempSync(join(tmpdir(), "drafthorse-upstream-"));
  try {
    const { directory, patches } = prepare(project, within);
    return patches.map(([change, patch]) => {
      const row = judge(project, { change, outcome: attempt(project, { within, directory, patch }) });
      console.log(`${row.right ? "✓" : "✗"} ${row.project} · ${change}: ${row.came} in ${row.seconds} s`);
      if (!row.right || change === "honest fix") console.log(`      ${row.rows}`);
      return row;
    });
  } finally {
    rmSync(within, { recursive: true, force: true });
  }
}

const asked = process.argv.slice(2);
const chosen = projects.filter(
  ({ name }) => asked.length === 0 || asked.some((word) => name.startsWith(word)),
);
if (chosen.length === 0)
  throw new Error(
    `There is no project ${asked.join(", ")}. Choose of ${projects.map(({ name }) => name).join(", ")}.`,
  );
const rows = chosen.flatMap(rowsOf);
const wrong = rows.filter(({ right }) => !right);
const timed = rows.flatMap(({ project, change, times }): [string, Times][] =>
  times && change === "honest fix" ? [[project, times]] : [],
);
if (timed.length > 0) console.log(`\n${renderTimes(timed)}`);
console.log(`\n${rows.length - wrong.length} of ${rows.length} right, ${wrong.length} wrong`);
for (const { project, change, expected, came } of wrong)
  console.log(`  ${project} · ${change}: ${came}, expected ${expected}`);
process.exitCode = wrong.length > 0 ? 1 : 0;
