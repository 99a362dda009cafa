import { join } from "node:path";
import { install } from "./acts/install-acts.ts";
import { queuePull } from "./acts/queue-acts.ts";
import { createBare, headBranch } from "./git/create-bare.ts";
import { git } from "./git/run-git.ts";
import { writeCommit, writeTree } from "./git/write-objects.ts";
import type { Delivery } from "./hooks/hooks.ts";
import {
  type ClassicRule,
  fullName,
  type Issue,
  type Permissions,
  type Repository,
  type Role,
  type Ruleset,
} from "./model.ts";
import { Person } from "./person.ts";
import { type IssueRef, issueAt, pullAt, repositoryAt } from "./places.ts";
import { serially } from "./serially.ts";
import { noreplyAddress } from "./shapes/commit-shape.ts";
import { account, findApp, installationOf, now, type World } from "./world.ts";

/** What a new repository is made of: files, or a copy of a git repository on this machine. */
export type NewRepository = {
  owner: string;
  name: string;
  files?: Record<string, string>;
  copyOf?: string;
  collaborators?: Record<string, Role>;
  defaultBranch?: string;
  private?: boolean;
  drafts?: boolean;
  /** Whether the App is installed on it. */
  installed?: boolean;
};

/** GitHub as people and tests see it: who is there, what they do, what arrived at the App. */
export class GitHub {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Creates a repository and installs the App on it. Returns "owner/name". */
  async createRepository(fields: NewRepository): Promise<string> {
    const world = this.#world;
    const repository = await makeRepository(world, fields);
    world.repositories.push(repository);
    for (const login of repository.collaborators.keys()) account(world, login);
    if (fields.installed ?? true) install(world, repository);
    return fullName(repository);
  }

  /** The person with this login, or the bot if it ends in `[bot]`, to act as them. */
  as(login: string): Person {
    const type = login.endsWith("[bot]") ? "Bot" : "User";
    return new Person(this.#world, account(this.#world, login, type));
  }

  /** The id of the App of this name, whose bot has acted before. */
  appId(slug: string): number {
    const app = findApp(this.#world, slug);
    if (!app) throw new Error(`no bot of an App ${slug} has done anything yet`);
    return app.id;
  }

  /** Sets what a person may do in a repository; without a role nothing. */
  setCollaborator(repository: string, login: string, role?: Role): void {
    const { collaborators } = repositoryAt(this.#world, repository);
    account(this.#world, login);
    if (role) collaborators.set(login.toLowerCase(), role);
    else collaborators.delete(login.toLowerCase());
  }

  /** Makes a team, `org/slug`, of the organization that owns repositories; it may review in all of them. */
  makesTeam(name: string, logins: string[]): void {
    const world = this.#world;
    const [org = "", slug = ""] = name.split("/");
    const members = logins.map((login) => account(world, login));
    world.teams.push({ id: world.newId(), org: account(world, org, "Organization"), slug, members });
  }

  /** The merge queue takes a pull request up: its group is a commit on a branch of the queue. */
  async queues(at: IssueRef): Promise<string> {
    const { repository, issue } = pullAt(this.#world, at);
    return queuePull({ world: this.#world, repository, actor: issue.author }, issue);
  }

  /** Grants the App more, or less, on the account that has the repository. */
  grantsApp(repository: string, permissions: Permissions): void {
    const installation = installationOf(this.#world, repositoryAt(this.#world, repository));
    if (installation) installation.permissions = { ...installation.permissions, ...permissions };
  }

  /** Protects a branch in the classic way. */
  protects(repository: string, branch: string, rule: Partial<ClassicRule>): void {
    const none = { approvals: 0, dismissesStale: false, signatures: false, checks: [], admins: true };
    repositoryAt(this.#world, repository).classicRules.set(branch, { ...none, ...rule });
  }

  /** Adds a ruleset, or replaces the one of that name. */
  setRuleset(repository: string, fields: Omit<Ruleset, "id" | "target" | "enforcement">): void {
    const place = repositoryAt(this.#world, repository);
    const ruleset = { id: this.#world.newId(), target: "branch", enforcement: "active", ...fields } as const;
    place.rulesets = [...place.rulesets.filter(({ name }) => name !== fields.name), ruleset];
  }

  /** A token of a person's own, which can do what they can. */
  personalToken(login: string, repository: string): string {
    const world = this.#world;
    const { id, collaborators } = repositoryAt(world, repository);
    const installation = installationOf(world, repositoryAt(world, repository));
    if (!installation) throw new Error(`the App is not installed on ${repository}`);
    const isAdmin = collaborators.get(login.toLowerCase()) === "admin";
    const permissions: Permissions = { metadata: "read", ...(isAdmin && { administration: "write" }) };
    const repositoryIds = new Set([id]);
    return world.grants.issue(0, { installation, permissions, repositoryIds, actor: account(world, login) })
      .token;
  }

  /** Installs the App on one more repository. */
  installs(repository: string): void {
    install(this.#world, repositoryAt(this.#world, repository));
  }

  /** Lets the App send people back to this address after they signed in. */
  registersCallback(url: string): void {
    this.#world.app.callbackUrls.push(url);
  }

  /** A person no longer lets the App act for them. */
  revokesApp(login: string): void {
    this.#world.authorizations.revoke(account(this.#world, login));
  }

  /** Where the App's webhooks go from now on. */
  sendWebhooksTo(url: string | undefined): void {
    this.#world.hooks.url = url;
  }

  /** All webhook deliveries, the newest first. */
  deliveries(): Delivery[] {
    return this.#world.hooks.deliveries();
  }

  /** Sends a delivery again, under the same guid. */
  redeliver(id: number): boolean {
    return this.#world.hooks.redeliver(id);
  }

  /** Resolves when no delivery is in flight. */
  async settled(): Promise<void> {
    await this.#world.hooks.settled();
  }

  /** The repository as the double holds it, to look at. */
  repository(name: string): Repository {
    return repositoryAt(this.#world, name);
  }

  /** The tree of a commit, as git has it. */
  async treeOf(name: string, commit: string): Promise<string> {
    return (await git(repositoryAt(this.#world, name).directory, ["rev-parse", `${commit}^{tree}`])).trim();
  }

  /** The issue or pull request as the double holds it, to look at. */
  issue(ref: IssueRef): Issue {
    return issueAt(this.#world, ref).issue;
  }

  /** All pull requests of a repository, to look at. */
  pullRequests(name: string): Issue[] {
    return repositoryAt(this.#world, name).issues.filter((issue) => issue.pull);
  }
}

async function makeRepository(world: World, fields: NewRepository): Promise<Repository> {
  const directory = join(world.directory, fields.owner, `${fields.name}.git`);
  await createBare(directory, fields.defaultBranch ?? "main", fields.copyOf);
  const repository: Repository = {
    id: world.newId(),
    owner: account(world, fields.owner),
    name: fields.name,
    private: fields.private ?? true,
    archived: false,
    hasIssues: true,
    drafts: fields.drafts ?? true,
    hasRules: true,
    defaultBranch: await headBranch(directory),
    directory,
    collaborators: new Map(
      Object.entries(fields.collaborators ?? {}).map(([login, role]) => [login.toLowerCase(), role]),
    ),
    labels: [],
    issues: [],
    checkRuns: [],
    rulesets: [],
    classicRules: new Map(),
    checkSuites: new Map(),
    signs: true,
    signed: new Set(),
    createdAt: now(world),
    pushedAt: now(world),
    alone: serially(),
  };
  if (fields.files) await firstCommit(world, repository, fields.files);
  return repository;
}

async function firstCommit(
  world: World,
  { directory, owner, defaultBranch }: Repository,
  files: Record<string, string>,
): Promise<void> {
  const changes = Object.entries(files).map(([path, content]) => ({
    path,
    mode: "100644",
    sha: null,
    content: Buffer.from(content),
  }));
  const tree = await writeTree(directory, undefined, changes);
  const author = { name: owner.login, email: noreplyAddress(owner), date: now(world) };
  const message = "Begin";
  const commit = await writeCommit(directory, { tree, parents: [], message, author, committer: author });
  await git(directory, ["update-ref", `refs/heads/${defaultBranch}`, commit]);
}
