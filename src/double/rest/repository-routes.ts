import { aheadBehind, changedFiles, mergeBase } from "../git/compare.ts";
import { readCommit, readCommits, readRef, resolveCommit } from "../git/read-objects.ts";
import { type Answer, ok } from "../http/answer.ts";
import { paginate } from "../http/paginate.ts";
import type { ClassicRule, Role } from "../model.ts";
import { notFound, Refusal } from "../refusal.ts";
import { accountShape } from "../shapes/account-shape.ts";
import { commitShape, fileShape } from "../shapes/commit-shape.ts";
import { apiUrl, fullRepositoryShape, htmlUrl } from "../shapes/repository-shape.ts";
import { findAccount } from "../world.ts";
import { type RepositoryCall, repositoryRoute } from "./calls.ts";

/** A repository, who may do what in it, and its history. */
export const repositoryRoutes = [
  repositoryRoute("GET ", ["metadata:read"], ({ world, repository }) =>
    ok(fullRepositoryShape(world, repository)),
  ),
  repositoryRoute("GET /collaborators/:login/permission", ["metadata:read"], (call) =>
    permissionOf(call, call.params.login),
  ),
  repositoryRoute("GET /branches/:branch+", ["contents:read"], (call) => branchAt(call, call.params.branch)),
  repositoryRoute("GET /commits/:ref", ["contents:read"], (call) => commitAt(call, call.params.ref)),
  repositoryRoute("GET /compare/:basehead+", ["contents:read"], (call) =>
    comparison(call, call.params.basehead),
  ),
];

const coarse = { admin: "admin", maintain: "write", write: "write", triage: "read", read: "read" } as const;

function permissionOf({ world, repository }: RepositoryCall, login: string): Answer {
  const account = findAccount(world, login);
  if (!account) throw notFound();
  if (account.type !== "User") throw new Refusal(404, `${account.login} is not a user`);
  const role = roleOf(repository, account.login);
  const fine = role ?? (repository.private ? "none" : "read");
  const permissions = {
    pull: fine !== "none",
    triage: ["admin", "maintain", "write", "triage"].includes(fine),
    push: ["admin", "maintain", "write"].includes(fine),
    maintain: ["admin", "maintain"].includes(fine),
    admin: fine === "admin",
  };
  return ok({
    permission: fine === "none" ? "none" : coarse[fine],
    role_name: fine,
    user: { ...accountShape(world, account), permissions, role_name: fine },
  });
}

function roleOf(repository: RepositoryCall["repository"], login: string): Role | undefined {
  if (repository.owner.login === login) return "admin";
  return repository.collaborators.get(login.toLowerCase());
}

async function branchAt({ world, repository }: RepositoryCall, branch: string): Promise<Answer> {
  const sha = await readRef(repository.directory, `refs/heads/${branch}`);
  if (!sha) throw new Refusal(404, "Branch not found");
  const self = `${apiUrl(world, repository)}/branches/${branch}`;
  return ok({
    name: branch,
    commit: commitShape(world, repository, await readCommit(repository.directory, sha)),
    _links: { self, html: `${htmlUrl(world, repository)}/tree/${branch}` },
    ...protectionShape(repository.classicRules.get(branch)),
    protection_url: `${self}/protection`,
  });
}

/** What anybody sees of a branch's classic protection: that there is one, and its required checks. */
function protectionShape(rule: ClassicRule | undefined) {
  const { checks = [] } = rule ?? {};
  const contexts = checks.map(({ context }) => context);
  const level = checks.length === 0 ? "off" : rule?.admins ? "everyone" : "non_admins";
  return {
    protected: rule !== undefined,
    protection: {
      enabled: rule !== undefined,
      required_status_checks: { enforcement_level: level, contexts, checks },
    },
  };
}

async function commitAt({ world, repository }: RepositoryCall, ref: string): Promise<Answer> {
  const { directory } = repository;
  const sha = await resolveCommit(directory, ref);
  if (!sha) throw new Refusal(422, `No commit found for SHA: ${ref}`);
  const commit = await readCommit(directory, sha);
  const parent = commit.parents[0] ?? "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
  const files = await changedFiles(directory, parent, sha);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return ok({
    ...commitShape(world, repository, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: files.map((file) => fileShape(world, repository, { file, commit: sha })),
  });
}

async function comparison({ world, repository, url }: RepositoryCall, basehead: string): Promise<Answer> {
  const { directory } = repository;
  const names = basehead.split("...").map((name) => name.slice(name.indexOf(":") + 1));
  const [base, head] = await Promise.all(names.map((name) => resolveCommit(directory, name)));
  const ancestor = base && head && (await mergeBase(directory, base, head));
  if (!base || !head || !ancestor) throw notFound();
  const { ahead, behind } = await aheadBehind(directory, base, head);
  const commits = await readCommits(directory, ["--reverse", "--topo-order", `${base}..${head}`]);
  const files = await changedFiles(directory, ancestor, head);
  const html = `${htmlUrl(world, repository)}/compare/${basehead}`;
  const { items, link } = paginate(commits, new URL(url.search || "?per_page=100", url));
  return {
    ...ok({
      url: `${apiUrl(world, repository)}/compare/${basehead}`,
      html_url: html,
      permalink_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: commitShape(world, repository, await readCommit(directory, base)),
      merge_base_commit: commitShape(world, repository, await readCommit(directory, ancestor)),
      status: comparisonStatus(ahead, behind),
      ahead_by: ahead,
      behind_by: behind,
      total_commits: commits.length,
      commits: items.map((commit) => commitShape(world, repository, commit)),
      files: files.map((file) => fileShape(world, repository, { file, commit: head })),
    }),
    ...(link && { headers: { link } }),
  };
}

function comparisonStatus(ahead: number, behind: number): string {
  if (ahead && behind) return "diverged";
  if (ahead) return "ahead";
  return behind ? "behind" : "identical";
}
