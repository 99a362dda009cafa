import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type GitHub, openGitHub } from "../../../src/adapters/github/open-github.ts";
import type { Double } from "../../../src/double/start-double.ts";
import { asApp } from "../../double/clients.ts";
import { keepingLog } from "../../support/keeping-log.ts";
import type { Edit, GitHubWorld, LosableWrite, MadeChange } from "./github-world.ts";

const run = promisify(execFile);
let repositories = 0;

/** A clock that the tests move on where GitHub's seconds must differ. */
export const ticking = { offset: 0, now: () => Date.now() + ticking.offset };

/** The adapter over a new repository of the double, in which the tests' own git works in `scratch`. */
export async function doubleWorld(
  double: Double,
  scratch: string,
): Promise<GitHubWorld & { github: GitHub; log: ReturnType<typeof keepingLog>; name: string }> {
  repositories += 1;
  const name = await double.github.createRepository({
    owner: "ada",
    name: `widgets-${repositories}`,
    files: {
      "README.md": "# Widgets\n",
      "src/index.js": "export const one = 1;\n",
      "src/deep/only.txt": "only\n",
    },
    collaborators: { ada: "admin" },
  });
  double.github.makesTeam("ada/core", []);
  const made = double.github.repository(name);
  const { data: installation } = await asApp(double).rest.apps.getRepoInstallation({
    owner: "ada",
    repo: made.name,
  });
  const log = keepingLog();
  const github = openGitHub({
    appId: double.app.id,
    privateKey: double.app.privateKey,
    apiUrl: double.url,
    clock: { now: () => new Date(ticking.now()) },
    log,
    sleep: async () => undefined,
  });
  const repository = {
    id: made.id,
    installationId: installation.id,
    owner: "ada",
    name: made.name,
    defaultBranch: "main",
  };
  const at = (number: number) => ({ repository: name, number });
  const git = (...args: string[]) => gitIn(made.directory, args);
  return {
    github,
    log,
    name,
    ports: github,
    repository,
    botLogin: `${double.app.slug}[bot]`,
    async base() {
      const [commit = "", tree = ""] = (await git("rev-parse", "main", "main^{tree}")).split("\n");
      return { commit, tree };
    },
    makesApp: (botLogin) => {
      double.github.as(botLogin);
      return double.github.appId(botLogin.replace("[bot]", ""));
    },
    allow: (login, permission) =>
      double.github.setCollaborator(name, login, permission === "none" ? undefined : permission),
    refuseDrafts: () => {
      made.drafts = false;
    },
    opensIssue: async (by, issue) => (await double.github.as(by).opensIssue(name, issue)).number,
    editsIssue: (by, number, changes) => double.github.as(by).edits(at(number), changes),
    closesIssue: (by, number) => double.github.as(by).closes(at(number)),
    comments: (by, number, body) => double.github.as(by).comments(at(number), body),
    deletesComment: (number, id) => double.github.as("ada").deletesComment(at(number), id),
    commentsOn: async (number) =>
      double.github
        .issue(at(number))
        .comments.map(({ id, author, body }) => ({ id, author: author.login, body })),
    async reactionsTo(number, comment) {
      const issue = double.github.issue(at(number));
      const target = comment ? issue.comments.find(({ id }) => id === comment) : issue;
      return target?.reactions.map(({ content }) => content) ?? [];
    },
    change: async (edit, onto) =>
      makeChange({
        bare: made.directory,
        scratch,
        edit,
        onto: onto?.commit ?? (await git("rev-parse", "main")),
      }),
    pushes: (by, branch, { file, message }) =>
      double.github.as(by).pushes(name, { branch, files: { [file]: `${file}\n` }, message }),
    deletesBranch: (by, branch) => double.github.as(by).deletesBranch(name, branch),
    opensPullRequest: async (by, { branch, title, body }) =>
      (
        await double.github
          .as(by)
          .opensPullRequest(name, { head: branch, base: "main", title, body, draft: false })
      ).number,
    closesPullRequest: (by, number) => double.github.as(by).closes(at(number)),
    mergesPullRequest: async (by, number) => {
      await double.github.as(by).marksReady(at(number));
      await double.github.as(by).merges(at(number));
    },
    async reviews(by, number, { body, path, comment }) {
      ticking.offset += 2_000;
      const comments = path && comment ? [{ path, line: 1, body: comment }] : [];
      await double.github.as(by).reviews(at(number), { state: "COMMENTED", body, comments });
    },
    judges: async (by, number, verdict) => {
      const state = verdict === "approved" ? "APPROVED" : "CHANGES_REQUESTED";
      await double.github.as(by).reviews(at(number), { state });
    },
    dismisses: async (by, number) => {
      const last = double.github.issue(at(number)).pull?.reviews.at(-1);
      await double.github.as(by).dismisses(at(number), last?.id ?? 0);
    },
    askedOf: async (number) => {
      const { pull, assignees } = double.github.issue(at(number));
      const logins = (people: { login: string }[] = []) => people.map(({ login }) => login);
      return { reviewers: logins(pull?.requestedReviewers), assignees: logins(assignees) };
    },
    annotationsOn: async (commit) =>
      made.checkRuns
        .filter(({ headSha }) => headSha === commit)
        .flatMap(({ annotations }) => annotations.map(({ path, start_line }) => `${path}:${start_line}`)),
    pullRequestTitles: async () => double.github.pullRequests(name).map(({ title }) => title),
    checkRunsOf: async (commit) =>
      made.checkRuns
        .filter(({ headSha }) => headSha === commit)
        .map((run) => ({
          name: run.name,
          externalId: run.externalId,
          conclusion: run.conclusion ?? "",
          text: run.text ?? "",
        })),
    loseNext: (write) => double.faults.loseAnswers(requestOf(name, write)),
  };
}

function requestOf(name: string, write: LosableWrite): { method: string; path: string } {
  return {
    say: { method: "POST", path: `/repos/${name}/issues/*/comments` },
    "create branch": { method: "POST", path: `/repos/${name}/git/refs` },
    "move branch": { method: "PATCH", path: `/repos/${name}/git/refs/**` },
    open: { method: "POST", path: `/repos/${name}/pulls` },
    report: { method: "POST", path: `/repos/${name}/check-runs` },
    "report all": { method: "POST", path: "/graphql/createCheckRun" },
    annotate: { method: "PATCH", path: `/repos/${name}/check-runs/*` },
  }[write];
}

/** Makes a change with git itself, in a clone of its own so that GitHub has none of its new objects. */
async function makeChange(of: {
  bare: string;
  scratch: string;
  edit: Edit;
  onto: string;
}): Promise<MadeChange> {
  const clone = await mkdtemp(join(of.scratch, "clone-"));
  await gitIn(clone, ["clone", "-q", "--no-checkout", "--no-hardlinks", of.bare, "."]);
  await gitIn(clone, ["-c", "advice.detachedHead=false", "checkout", "-q", of.onto]);
  for (const path of Object.keys(of.edit)) await rm(join(clone, path), { force: true, recursive: true });
  for (const [path, what] of Object.entries(of.edit)) await put(join(clone, path), what);
  await gitIn(clone, ["add", "-A", "-f"]);
  const tree = await gitIn(clone, ["write-tree"]);
  const baseTree = await gitIn(clone, ["rev-parse", `${of.onto}^{tree}`]);
  const raw = await gitIn(clone, ["diff-tree", "-r", "--no-renames", "--raw", baseTree, tree]);
  const files = raw
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [modes = "", path = ""] = line.split("\t");
      const [from = "", to = "", before = "", after = ""] = modes.slice(1).split(" ");
      return {
        path,
        before: /^0+$/.test(before) ? null : { mode: from, id: before },
        after: /^0+$/.test(after) ? null : { mode: to, id: after, bytes: 0 },
      };
    });
  // From the work tree, since a git process for each of hundreds of objects would take seconds.
  const blob = async (id: string) => {
    const file = files.find(({ after }) => after?.id === id);
    const path = join(clone, file?.path ?? "");
    return file?.after?.mode === "120000" ? Buffer.from(await readlink(path)) : readFile(path);
  };
  for (const file of files) if (file.after) file.after.bytes = (await blob(file.after.id)).length;
  const base = { ref: "main", commit: of.onto, tree: baseTree };
  return { change: { base, tree, files, unpublishable: [], pack: "none" }, blob };
}

async function put(path: string, what: Edit[string]): Promise<void> {
  if (what === null || what === undefined) return;
  await mkdir(dirname(path), { recursive: true });
  if (typeof what === "string" || what instanceof Uint8Array) return writeFile(path, what);
  if (what.mode === "120000") return symlink(what.content, path);
  await writeFile(path, what.content);
  await chmod(path, 0o755);
}

async function gitIn(cwd: string, args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: cwd, GIT_CONFIG_NOSYSTEM: "1" };
  const { stdout } = await run("git", ["-c", "core.quotePath=false", ...args], {
    cwd,
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.trim();
}
