import { Failure } from "../../domain/task/failure.ts";
import type { Repository } from "../../domain/task/task.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import type { DatedNote } from "./dated-note.ts";
import { type Actor, loginOf } from "./login-of.ts";

/** The REST API does not tell which threads are resolved; the double answers these very words and no others. */
const query = `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          isResolved path line originalLine
          comments(first: 50) { nodes { createdAt body author { __typename login } } }
        }
      }
    }
  }
}`;

type Thread = {
  isResolved: boolean;
  path: string;
  line: number | null;
  originalLine: number | null;
  comments: { nodes: { createdAt: string; body: string; author: Actor }[] };
};
type Threads = { pageInfo: { hasNextPage: boolean; endCursor: string | null }; nodes: Thread[] };
type ThreadsAnswer = { repository: { pullRequest: { reviewThreads: Threads } | null } | null };

/** More pages of a hundred threads are not read. */
const mostPages = 5;

/** The comments of the threads of a pull request that nobody resolved; a line that is gone is the one that it was. */
export async function readThreads(
  client: GitHubClient,
  { repository, number }: { repository: Repository; number: number },
): Promise<DatedNote[]> {
  const { owner, repo: name, request } = accessTo(repository, { pull_requests: "write" });
  const found: Thread[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const variables = { owner, name, number, after, request: { ...request, repeatable: true } };
    const answer: ThreadsAnswer = await client.graphql<ThreadsAnswer>(query, variables).catch(unreadThreads);
    const threads = answer.repository?.pullRequest?.reviewThreads;
    found.push(...(threads?.nodes ?? []));
    if (!threads?.pageInfo.hasNextPage) break;
    after = threads.pageInfo.endCursor;
  }
  return found.filter(({ isResolved }) => !isResolved).flatMap(threadNotes);
}

function threadNotes({ path, line, originalLine, comments }: Thread): DatedNote[] {
  return comments.nodes.map(({ createdAt, body, author }) => ({
    at: createdAt,
    note: { by: loginOf(author), path, line: line ?? originalLine, text: body },
  }));
}

function unreadThreads(thrown: unknown): never {
  if (thrown instanceof Failure) throw thrown;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  throw new Failure("github", `GitHub did not tell what people said on the lines: ${why}`, { cause: thrown });
}
