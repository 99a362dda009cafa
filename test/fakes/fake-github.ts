import { createHash } from "node:crypto";
import type { ObjectId } from "../../src/domain/evidence/change.ts";
import type { PullReview } from "../../src/domain/review/pull-review.ts";
import type { BranchRules } from "../../src/domain/rules/protection.ts";
import { repositoryFilePath } from "../../src/domain/rules/repository-file.ts";
import { setUpBranch } from "../../src/domain/rules/set-up-offer.ts";
import { draftsRefused } from "../../src/domain/task/drafts-refused.ts";
import { Failure } from "../../src/domain/task/failure.ts";
import type { Permission } from "../../src/domain/task/permission.ts";
import type { Repository } from "../../src/domain/task/task.ts";
import { parseTrailers } from "../../src/domain/task/trailers.ts";
import type { Branches, Head } from "../../src/ports/branches.ts";
import type {
  BranchProtection,
  CheckReport,
  CheckRuns,
  ClosingPull,
  DefaultFile,
  Edits,
  FailedCheck,
  Files,
  Issue,
  Issues,
  Labels,
  OwnCheck,
  People,
  PullRequest,
  PullRequests,
  PullSnapshot,
  Snapshots,
} from "../../src/ports/github.ts";
import type { OfferedFile, SetUpOffers } from "../../src/ports/set-up-offers.ts";

/** A comment as a person sees it. */
export type FakeComment = { id: number; author: string; body: string };

/** A commit: its content is the name of its tree. */
export type FakeCommit = {
  tree: ObjectId;
  parents: ObjectId[];
  message: string;
  author: string;
  verified: boolean;
};

type FakeIssue = Issue & { comments: FakeComment[]; lastEdits?: Edits };
type FakePull = Omit<PullRequest, "isOurs"> & { title: string; author: string; branch: string; base: string };
type FakeNote = {
  by: string;
  path: string | null;
  line: number | null;
  text: string;
  requestsChanges?: true;
};

/** A method of a port, by name. */
export type FakeMethod =
  | "files.read"
  | `issues.${keyof Issues}`
  | "labels.ensure"
  | "people.permission"
  | "people.app"
  | "people.members"
  | `branches.${keyof Branches}`
  | `pullRequests.${keyof PullRequests}`
  | "checkRuns.report";

const longestText = 65_535;

/** One repository on GitHub, in memory: what people did, what we did, and what goes wrong. */
export class FakeGitHub {
  readonly botLogin = "drafthorse[bot]";
  readonly repository: Repository;
  readonly permissions = new Map<string, Permission>();
  /** The Apps of bots, by the bots' logins. */
  readonly apps = new Map<string, number>();
  readonly issueList = new Map<number, FakeIssue>();
  /** `issue 2` or `comment 1004` or `review comment 1005` → who reacted how. */
  readonly reactions = new Map<string, Set<string>>();
  /** Path → text, at the head of the default branch. */
  readonly fileTexts = new Map<string, string>();
  readonly commits = new Map<ObjectId, FakeCommit>();
  readonly refs = new Map<string, ObjectId>();
  readonly pulls = new Map<number, FakePull>();
  readonly noteList = new Map<number, FakeNote[]>();
  readonly reviewList = new Map<number, PullReview[]>();
  /** Teams as `org/team` → the logins of their members. */
  readonly teams = new Map<string, string[]>();
  /** Pull requests → who was asked to review, and who is assigned. */
  readonly asked = new Map<number, string[]>();
  readonly assigned = new Map<number, string[]>();
  readonly checks: CheckReport[] = [];
  /** False where GitHub signs no commit of an App. */
  signs = true;
  /** False where a private repository's plan has no drafts. */
  drafts = true;
  #faults: { method: FakeMethod; when: "before" | "after"; failure: Failure }[] = [];
  #lastId = 1_000;

  constructor(repository: Partial<Repository> = {}) {
    this.repository = {
      id: 1,
      installationId: 7,
      owner: "ada",
      name: "widgets",
      defaultBranch: "main",
      ...repository,
    };
    const root = { tree: fakeId(), parents: [], message: "Begin", author: "ada", verified: false };
    this.refs.set(this.repository.defaultBranch, this.addCommit(root));
  }

  /** The next call of a method fails, before anything happened or after all of it did. */
  failNext(
    method: FakeMethod,
    when: "before" | "after",
    failure = new Failure("github", `GitHub did not answer ${method}: the fake was told so`),
  ): void {
    this.#faults.push({ method, when, failure });
  }

  /** Somebody opens an issue; its number. */
  opensIssue(author: string, issue: { title: string; body: string; labels?: string[] }): number {
    const number = this.#nextNumber();
    this.issueList.set(number, { labels: [], ...issue, author, open: true, comments: [] });
    return number;
  }

  /** Somebody changes an issue's text. */
  edits(by: string, number: number, edit: { body?: string; title?: string; at: string }): void {
    const issue = this.issueList.get(number);
    if (!issue) throw refused("Not Found");
    const { at, ...changes } = edit;
    const made = Object.fromEntries(Object.keys(changes).map((part) => [part, { by, at }]));
    this.issueList.set(number, { ...issue, ...changes, lastEdits: { ...issue.lastEdits, ...made } });
  }

  /** Somebody opens a pull request; its number. */
  opensPullRequest(
    author: string,
    order: { branch: string; base: string; title: string; body: string; draft: boolean },
  ): number {
    const { owner, name } = this.repository;
    const number = this.#nextNumber();
    const url = `https://github.com/${owner}/${name}/pull/${number}`;
    this.pulls.set(number, { ...order, number, url, author, state: "open", head: this.#refOf(order.branch) });
    return number;
  }

  /** Somebody comments; the comment's id. */
  comments(author: string, number: number, body: string): number {
    const id = this.#nextId();
    this.#issue(number).comments.push({ id, author, body });
    return id;
  }

  /** Somebody reviews a pull request, or comments on a line of it. */
  notes(number: number, note: FakeNote): void {
    this.noteList.set(number, [...(this.noteList.get(number) ?? []), note]);
  }

  /** Somebody approves a pull request, or asks for changes, at its present head. */
  reviews(by: string, number: number, verdict: PullReview["verdict"] = "approved"): void {
    const commit = this.pulls.get(number)?.head ?? "";
    this.reviewList.set(number, [...(this.reviewList.get(number) ?? []), { by, verdict, commit }]);
  }

  /** Adds a commit that no branch points to yet; its id. */
  addCommit(commit: FakeCommit): ObjectId {
    const id = fakeId();
    this.commits.set(id, commit);
    return id;
  }

  /** Somebody pushes a commit onto a branch, made from the default branch if it is new; its id. */
  pushes(author: string, branch: string, message: string): ObjectId {
    const parent = this.refs.get(branch) ?? this.#refOf(this.repository.defaultBranch);
    const commit = this.addCommit({ tree: fakeId(), parents: [parent], message, author, verified: false });
    this.#moveRef(branch, commit);
    return commit;
  }

  readonly files: Files = {
    read: (_, path) => this.#call("files.read", () => this.#fileAt(path)),
  };

  readonly issues: Issues = {
    read: (at) =>
      this.#call("issues.read", () => {
        const { comments: _, lastEdits: __, ...issue } = this.issueList.get(at.number) ?? {};
        return "title" in issue ? structuredClone(issue as Issue) : undefined;
      }),
    say: (at, { marker, body, known, isNew }) =>
      this.#call("issues.say", () => {
        if (!this.issueList.has(at.number) && !this.pulls.has(at.number)) return undefined;
        const { comments } = this.#issue(at.number);
        const text = body.includes(marker) ? body : `${body}\n\n${marker}`;
        const ours = comments.filter(({ author }) => author === this.botLogin);
        const found = ours.find(({ id }) => id === known) ?? ours.find((one) => one.body.includes(marker));
        if (!found || isNew) return this.comments(this.botLogin, at.number, text);
        found.body = text;
        return found.id;
      }),
    react: (target, reaction) =>
      this.#call("issues.react", () => {
        const what = target.comment ? `comment ${target.comment}` : `issue ${target.number}`;
        const key = target.reviewComment ? `review comment ${target.reviewComment}` : what;
        this.reactions.set(key, new Set([...(this.reactions.get(key) ?? []), reaction]));
      }),
  };

  readonly snapshots: Snapshots = {
    take: async (at, { branch, path }) => {
      const issue = await this.issues.read(at);
      const { lastEdits = {}, comments = [] } = this.issueList.get(at.number) ?? {};
      return {
        issue,
        edits: structuredClone(lastEdits),
        closers: this.#closersOf(at.number),
        comments: comments.map(({ body }) => body),
        hasBranch: this.refs.has(branch),
        file: await this.files.read(at.repository, path),
      };
    },
  };

  /** The labels that were made, by repository. */
  readonly labelsMade: { repositoryId: number; name: string }[] = [];

  readonly labels: Labels = {
    ensure: ({ id }, { name }) =>
      this.#call("labels.ensure", () => {
        if (this.labelsMade.some((one) => one.repositoryId === id && one.name === name)) return "there";
        this.labelsMade.push({ repositoryId: id, name });
        return "made";
      }),
  };

  /** The files of the set-up branch. */
  readonly offered: OfferedFile[] = [];

  readonly setUpOffers: SetUpOffers = {
    repositories: async () => [this.repository],
    named: async (repository) => ({ ...repository, defaultBranch: this.repository.defaultBranch }),
    form: () => "name: Agent task\n",
    write: async (_, { files, message }) => {
      this.offered.push(...files);
      this.pushes(this.botLogin, setUpBranch, message);
    },
  };

  readonly people: People = {
    permission: (_, login) => this.#call("people.permission", () => this.permissions.get(login) ?? "none"),
    app: (_, login) => this.#call("people.app", () => this.apps.get(login)),
    members: (_, team) => this.#call("people.members", () => this.teams.get(team)),
  };

  readonly branches: Branches = {
    head: (_, branch) =>
      this.#call("branches.head", () => {
        const id = this.refs.get(branch);
        const commit = id && this.commits.get(id);
        if (!commit) return undefined;
        const ours = commit.author === this.botLogin ? parseTrailers(commit.message) : null;
        return { commit: id, tree: commit.tree, verified: commit.verified, ours };
      }),
    commit: (_, { change, parent, message, blob }) =>
      this.#call("branches.commit", async () => {
        for (const { after } of change.files) if (after && after.mode !== "160000") await blob(after.id);
        const base = [...this.commits.values()].some(({ tree }) => tree === change.base.tree);
        if (!base || !this.commits.has(parent))
          throw refused(`no such base: ${change.base.tree} or ${parent}`);
        if (change.tree !== this.treeOf(change.tree))
          throw new Failure("git", `GitHub wrote another tree than ${change.tree}; nothing is published.`);
        const author = this.botLogin;
        const commit = this.addCommit({
          tree: change.tree,
          parents: [parent],
          message,
          author,
          verified: this.signs,
        });
        return {
          commit,
          tree: change.tree,
          verified: this.signs,
          ...(!this.signs && { reason: "unsigned" }),
        };
      }),
    point: (_, { branch, commit, from }) =>
      this.#call("branches.point", () => {
        if (!/^agent\/[A-Za-z0-9][\w.-]*$/.test(branch) || /\.\.|\.lock$/.test(branch))
          throw new Failure(
            "bug",
            `Drafthorse writes no branch outside agent/, and was asked to write ${branch}.`,
          );
        const now = this.refs.get(branch);
        if (now === commit) return "done";
        if (now !== (from ?? undefined)) return "moved";
        if (now && !this.#isAncestor(now, commit)) throw refused("Update is not a fast forward");
        this.#moveRef(branch, commit);
        return "done";
      }),
    pulled: (_, pullRequest) =>
      this.#call("branches.pulled", () => this.#since(this.pulls.get(pullRequest)?.head ?? "")),
    remove: (_, { branch, commit }) =>
      this.#call("branches.remove", () => {
        if (!branch.startsWith("agent/")) throw new Failure("bug", `${branch} is not below agent/`);
        const now = this.refs.get(branch);
        if (now !== undefined && now !== commit) return "moved";
        this.refs.delete(branch);
        return "done";
      }),
    agentCommits: (_, { base, head }) =>
      this.#call("branches.agentCommits", () => {
        const from = this.refs.get(base) ?? base;
        return this.#ancestorsOf(head)
          .filter((id) => !this.#isAncestor(id, from))
          .flatMap((id) => {
            const { message = "", author = "" } = this.commits.get(id) ?? {};
            const task = parseTrailers(message)?.task ?? null;
            return task !== null || author === this.botLogin ? [{ commit: id, task }] : [];
          });
      }),
  };

  readonly pullRequests: PullRequests = {
    find: (_, { branch, marker }) =>
      this.#call("pullRequests.find", () => {
        const fits = (pull: FakePull) => pull.branch === branch && pull.body.includes(marker);
        return this.#shown(
          [...this.pulls.values()].findLast((pull) => fits(pull) && pull.author === this.botLogin),
        );
      }),
    read: (_, number) => this.#call("pullRequests.read", () => this.#snapshotOf(this.pulls.get(number))),
    open: (_, order) =>
      this.#call("pullRequests.open", () => {
        const there = [...this.pulls.values()].find(
          (pull) => pull.branch === order.branch && pull.state === "open",
        );
        if (there && there.author !== this.botLogin) throw refused("A pull request already exists");
        const drafts = this.drafts && order.draft !== "never";
        if (!drafts && order.draft === "require") throw draftsRefused();
        const title = drafts || order.draft === "never" ? order.title : `[draft] ${order.title}`;
        const number =
          there?.number ?? this.opensPullRequest(this.botLogin, { ...order, title, draft: drafts });
        return this.#shown(this.pulls.get(number)) as PullRequest;
      }),
    rewrite: (_, number, body) =>
      this.#call("pullRequests.rewrite", () => {
        const pull = this.pulls.get(number);
        if (!pull) throw refused("Not Found");
        pull.body = body;
      }),
    notes: (_, number) =>
      this.#call("pullRequests.notes", () => {
        const pull = this.#shown(this.pulls.get(number));
        const notes = structuredClone(this.noteList.get(number) ?? []);
        return pull && { pull, notes, hasFailedChecks: this.failedChecks.length > 0 };
      }),
    askReview: (_, number, names) =>
      this.#call("pullRequests.askReview", () => {
        const refused = names.filter((name) =>
          name.includes("/") ? !this.teams.has(name) : (this.permissions.get(name) ?? "none") === "none",
        );
        const asked = names.filter((name) => !refused.includes(name));
        this.asked.set(number, [...new Set([...(this.asked.get(number) ?? []), ...asked])]);
        return refused;
      }),
    assign: (_, number, logins) =>
      this.#call("pullRequests.assign", () => {
        this.assigned.set(number, logins);
        return logins;
      }),
  };

  /** What is required of a merge; nothing where there is no GitHub to ask, unless a test says otherwise. */
  rules: BranchRules | undefined;

  readonly protection: BranchProtection = {
    app: 4242,
    rules: async () => structuredClone(this.rules),
  };

  /** Checks of others that failed, whatever the commit. */
  failedChecks: FailedCheck[] = [];

  readonly checkRuns: CheckRuns = {
    failed: async () => structuredClone(this.failedChecks),
    report: (_, checks) =>
      this.#call("checkRuns.report", () => {
        for (const check of checks) this.#report(check);
      }),
  };

  /** The tree that GitHub makes of a change: the measured one, unless a test makes it another. */
  treeOf: (tree: ObjectId) => ObjectId = (tree) => tree;

  async #call<T>(method: FakeMethod, effect: () => T | Promise<T>): Promise<T> {
    const at = this.#faults.findIndex((fault) => fault.method === method);
    const [fault] = at < 0 ? [] : this.#faults.splice(at, 1);
    if (fault?.when === "before") throw fault.failure;
    const answer = await effect();
    if (fault) throw fault.failure;
    return answer;
  }

  #report(check: CheckReport): void {
    const { text } = check;
    const bounded =
      text.length > longestText
        ? `${text.slice(0, longestText - 1)}…`.replace(/[\ud800-\udbff]…$/, "…")
        : text;
    const at = this.checks.findIndex(
      ({ head, name, externalId }) =>
        head === check.head && name === check.name && externalId === check.externalId,
    );
    this.checks.splice(at < 0 ? this.checks.length : at, 1, { ...check, text: bounded });
  }

  #closersOf(number: number): ClosingPull[] {
    const closes = new RegExp(`(?:closes|fixes|resolves) #${number}\\b`, "i");
    return [...this.pulls.values()]
      .filter(({ state, base, body }) => state === "open" && base === "main" && closes.test(body))
      .map((pull) => ({ number: pull.number, by: pull.author }));
  }

  #issue(number: number): { comments: FakeComment[] } {
    const issue = this.issueList.get(number);
    if (issue) return issue;
    const pull = this.pulls.get(number);
    if (!pull) throw refused("Not Found");
    const { title, body, author } = pull;
    const twin = { title, body, author, open: pull.state === "open", labels: [], comments: [] };
    this.issueList.set(number, twin);
    return twin;
  }

  #refOf(branch: string): ObjectId {
    const id = this.refs.get(branch);
    if (!id) throw refused(`no branch ${branch}`);
    return id;
  }

  #moveRef(branch: string, commit: ObjectId): void {
    this.refs.set(branch, commit);
    for (const pull of this.pulls.values())
      if (pull.branch === branch && pull.state === "open") pull.head = commit;
  }

  /** What the commits above the default branch say of themselves. */
  #since(id: ObjectId): Head["ours"][] {
    const commit = this.commits.get(id);
    if (!commit || commit.parents.length === 0) return [];
    const ours = commit.author === this.botLogin ? parseTrailers(commit.message) : null;
    return [...commit.parents.flatMap((parent) => this.#since(parent)), ours];
  }

  #isAncestor(old: ObjectId, young: ObjectId): boolean {
    if (old === young) return true;
    return this.commits.get(young)?.parents.some((parent) => this.#isAncestor(old, parent)) ?? false;
  }

  #ancestorsOf(young: ObjectId): ObjectId[] {
    const parents = this.commits.get(young)?.parents ?? [];
    return [...new Set([...parents.flatMap((parent) => this.#ancestorsOf(parent)), young])];
  }

  #shown(pull: FakePull | undefined): PullRequest | undefined {
    if (!pull) return undefined;
    const { number, url, body, draft, state, head, base, author } = pull;
    return { number, url, body, draft, state, head, base, isOurs: author === this.botLogin };
  }

  #snapshotOf(pull: FakePull | undefined): PullSnapshot | undefined {
    const shown = this.#shown(pull);
    if (!pull || !shown) return undefined;
    const commit = this.refs.get(pull.branch);
    const others = [...this.pulls.values()].filter(
      ({ branch, state, number }) => branch === pull.branch && state === "open" && number !== pull.number,
    );
    const otherPulls = others.map(({ number }) => number);
    return {
      ...shown,
      reviews: structuredClone(this.reviewList.get(pull.number) ?? []),
      ownChecks: this.#ownChecks(pull.head),
      branch: commit === undefined ? undefined : { name: pull.branch, commit, otherPulls },
      file: this.#fileAt(repositoryFilePath),
    };
  }

  #ownChecks(head: ObjectId): OwnCheck[] {
    return this.checks.flatMap(({ head: on, annotations = [], ...check }, id) =>
      on === head ? [{ ...check, id, annotations: annotations.length }] : [],
    );
  }

  #fileAt(path: string): DefaultFile | undefined {
    const text = this.fileTexts.get(path);
    const blob = createHash("sha1")
      .update(text ?? "")
      .digest("hex");
    return text === undefined ? undefined : { blob, text };
  }

  #nextNumber(): number {
    return this.issueList.size + [...this.pulls.keys()].filter((one) => !this.issueList.has(one)).length + 1;
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

let ids = 0;

/** An object id that no other object has. */
export function fakeId(): ObjectId {
  ids += 1;
  return ids.toString(16).padStart(40, "0");
}

function refused(message: string): Failure {
  return new Failure("github", `GitHub answered 422: ${message}`);
}
