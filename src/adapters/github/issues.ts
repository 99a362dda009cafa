import type { Issue, IssueAt, Issues, ReactionTarget } from "../../ports/github.ts";
import { accessTo, type GitHubClient, repeatably } from "./access.ts";
import type { AppFacts } from "./app-facts.ts";
import { mayHaveHappened, unlessGone } from "./github-failure.ts";
import { everyItem, firstFitting } from "./pages.ts";

type Comment = Parameters<Issues["say"]>[1];
type Reaction = Parameters<Issues["react"]>[1];

/** Issues, their comments and reactions. */
export function issuesOf(client: GitHubClient, app: () => Promise<AppFacts>): Issues {
  return {
    read: (at) => readIssue(client, at),
    say: (at, comment) => new Speaker(client, app).say(at, comment),
    // What was deleted in the meantime takes no reaction.
    react: async (target, reaction) => void (await unlessGone(react(client, target, reaction))),
  };
}

async function readIssue(client: GitHubClient, at: IssueAt): Promise<Issue | undefined> {
  const answer = await unlessGone(
    client.request("GET /repos/{owner}/{repo}/issues/{issue_number}", {
      ...issuesWrite(at),
      issue_number: at.number,
    }),
  );
  // A transferred issue answers from its new place, under its new number.
  if (answer?.data.number !== at.number) return undefined;
  const { title, body, user, state, labels } = answer.data;
  return {
    title,
    body: body ?? "",
    author: user?.login ?? "ghost",
    open: state === "open",
    labels: labels.map((label) => (typeof label === "string" ? label : (label.name ?? ""))),
  };
}

/** Says one thing in one comment, however often it is asked to. */
class Speaker {
  readonly #client: GitHubClient;
  readonly #app: () => Promise<AppFacts>;

  constructor(client: GitHubClient, app: () => Promise<AppFacts>) {
    this.#client = client;
    this.#app = app;
  }

  async say(at: IssueAt, { marker, body, known, isNew }: Comment): Promise<number | undefined> {
    const text = body.includes(marker) ? body : `${body}\n\n${marker}`;
    if (isNew) return unlessGone(this.#create(at, marker, text));
    const edited = known && (await this.#edit(at, known, text));
    if (edited) return edited;
    return unlessGone(this.#findOrCreate(at, marker, text));
  }

  async #findOrCreate(at: IssueAt, marker: string, text: string): Promise<number> {
    const found = await this.#find(at, marker);
    return (found && (await this.#edit(at, found, text))) || this.#create(at, marker, text);
  }

  /** The comment's id, or undefined if it is gone. */
  async #edit(at: IssueAt, id: number, body: string): Promise<number | undefined> {
    const answer = await unlessGone(
      this.#client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
        ...repeatably(issuesWrite(at)),
        comment_id: id,
        body,
      }),
    );
    return answer?.data.id;
  }

  async #find(at: IssueAt, marker: string): Promise<number | undefined> {
    const { botLogin } = await this.#app();
    const comments = everyItem((page) =>
      this.#client.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        ...issuesWrite(at),
        issue_number: at.number,
        ...page,
      }),
    );
    const ours = await firstFitting(
      comments,
      ({ user, body }) => user?.login === botLogin && body?.includes(marker) === true,
    );
    return ours?.id;
  }

  async #create(at: IssueAt, marker: string, body: string): Promise<number> {
    try {
      const { data } = await this.#client.request(
        "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
        { ...issuesWrite(at), issue_number: at.number, body },
      );
      return data.id;
    } catch (error) {
      const made = mayHaveHappened(error) && (await this.#find(at, marker));
      if (made) return made;
      throw error;
    }
  }
}

function issuesWrite({ repository }: IssueAt) {
  return accessTo(repository, { issues: "write" });
}

async function react(client: GitHubClient, target: ReactionTarget, content: Reaction): Promise<void> {
  const { repository, number, comment, reviewComment } = target;
  if (reviewComment) {
    await client.request("POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions", {
      ...repeatably(accessTo(repository, { pull_requests: "write" })),
      comment_id: reviewComment,
      content,
    });
  } else if (comment) {
    await client.request("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", {
      ...repeatably(issuesWrite(target)),
      comment_id: comment,
      content,
    });
  } else {
    await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/reactions", {
      ...repeatably(issuesWrite(target)),
      issue_number: number,
      content,
    });
  }
}
