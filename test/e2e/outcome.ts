import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Comment } from "../../src/double/model.ts";
import type { Delegated, Lane } from "./lane.ts";

/** What people see of a task, counted. */
export type Outcome = {
  branches: string[];
  commits: string[];
  pullRequests: { draft: boolean; state: string; verdict: string | undefined; attempts: string[] }[];
  statusComments: string[];
  otherComments: string[];
  checkRuns: string[];
  answer: string;
  trees: { evidence: unknown; branch: string }[];
  created: Record<string, number>;
};

const execute = promisify(execFile);

/** Looks at everything that a task left on GitHub. */
export async function outcomeOf(lane: Lane, task: Delegated): Promise<Outcome> {
  const { github } = lane.double;
  const { directory, checkRuns } = github.repository(task.repository);
  const git = async (...args: string[]): Promise<string> =>
    (await execute("git", ["-C", directory, ...args])).stdout.trimEnd();
  const lines = async (...args: string[]): Promise<string[]> =>
    (await git(...args)).split("\n").filter(Boolean);
  const branches = await lines("for-each-ref", "--format=%(refname:short)", "refs/heads/agent/");
  const branch = branches[0] ?? "main";
  const commits = await lines("rev-list", "--reverse", branch, "^main");
  const pulls = github.pullRequests(task.repository);
  const all = [github.issue(task), ...pulls].flatMap(({ comments }) => comments);
  return {
    branches,
    commits,
    pullRequests: pulls.map(({ body, pull, state }) => ({
      draft: pull?.draft ?? false,
      state,
      verdict: /^## Verdict: (?<verdict>[a-z-]+)/m.exec(body ?? "")?.groups?.verdict,
      attempts: [...(body ?? "").matchAll(/^\| (?<number>\d+) \| .*\| (?<commit>[0-9a-f]{40}|none)/gm)].map(
        ({ groups }) => `${groups?.number} ${groups?.commit}`,
      ),
    })),
    statusComments: all.filter(isStatus).map(({ body }) => headline(body)),
    otherComments: all.filter((one) => isOurs(one) && !isStatus(one)).map(({ body }) => body),
    checkRuns: checkRuns.map(({ name, headSha, conclusion }) => `${name} ${headSha} ${conclusion}`),
    answer: await git("show", `${branch}:answer.js`),
    trees: await Promise.all(
      commits.map(async (commit, index) => ({
        evidence: await provedTree(lane, task, index + 1),
        branch: await git("rev-parse", `${commit}^{tree}`),
      })),
    ),
    created: effectsOn(lane, task),
  };
}

/** How often the App made what there may be one of. */
function effectsOn({ double }: Lane, { repository }: Delegated): Record<string, number> {
  const kinds = double.effects
    .list()
    .filter((effect) => effect.repository === repository)
    .map(({ kind }) => kind)
    .filter((kind) => ["comment.created", "ref.created", "pull.created", "check.created"].includes(kind));
  return Object.fromEntries(
    [...new Set(kinds)].sort().map((kind) => [kind, kinds.filter((one) => one === kind).length]),
  );
}

async function provedTree({ artefacts }: Lane, task: Delegated, attempt: number): Promise<unknown> {
  const name = `task-${task.repositoryId}-${task.number}-1/evidence-${attempt}.json`;
  const bytes = await artefacts.read(name);
  return bytes && JSON.parse(Buffer.from(bytes).toString("utf8")).tree;
}

function isOurs({ author }: Comment): boolean {
  return author.type === "Bot";
}

function isStatus(comment: Comment): boolean {
  return isOurs(comment) && comment.body.includes("<!-- drafthorse:status ");
}

function headline(body: string): string {
  return /^\*\*Drafthorse\*\* · (?<headline>.+)$/m.exec(body)?.groups?.headline ?? body;
}
