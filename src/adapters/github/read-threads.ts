import type { Repository } from "../../domain/task/task.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import { askGraphQL } from "./ask-graphql.ts";
import type { DatedNote } from "./dated-note.ts";
import { type Actor, loginOf } from "./login-of.ts";
import { pullFields, type ShownPull } from "./shown-pull.ts";

/** The REST API does not tell which threads are resolved; the double answers these very words and no others. */
const query = `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      ${pullFields}
      commits(last: 1) {
        nodes {
          commit {
            oid
            checkSuites(first: 50) {
              totalCount
              nodes {
                app { databaseId }
                checkRuns(
                  first: 1
                  filterBy: { checkType: LATEST, conclusions: [FAILURE, TIMED_OUT, STARTUP_FAILURE] }
                ) { totalCount }
              }
            }
          }
        }
      }
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
type CheckSuite = { app: { databaseId: number | null } | null; checkRuns: { totalCount: number } | null };
type ShownCommit = {
  oid: string;
  checkSuites: { totalCount: number; nodes: (CheckSuite | null)[] | null } | null;
};
type ShownCommits = { nodes: ({ commit: ShownCommit } | null)[] | null };
/** A pull request with its threads, and with how many check runs failed on its last commit. */
export type ThreadedPull = ShownPull & { reviewThreads: Threads; commits: ShownCommits };
type ShownRepository = { pullRequest: ThreadedPull | null };

/** The token that a pull request's snapshot is read with is good for this too. */
const reading = { contents: "read", pull_requests: "read", checks: "read" } as const;

/** More pages of a hundred threads are not read. */
const mostPages = 5;

/**
 * A pull request with the comments of its threads that nobody resolved; a line that is gone is the one that it was. Undefined
 * where there is no such pull request.
 */
export async function readThreads(
  client: GitHubClient,
  { repository, number }: { repository: Repository; number: number },
): Promise<{ shown: ThreadedPull; threads: DatedNote[] } | undefined> {
  const access = accessTo(repository, reading);
  const found: Thread[] = [];
  let shown: ThreadedPull | undefined;
  let after: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const told: ShownRepository | null = await askGraphQL<ShownRepository>(client, {
      ...{ query, access, variables: { number, after }, what: "what people said on the lines" },
    });
    const pull: ShownRepository["pullRequest"] | undefined = told?.pullRequest;
    if (!pull) break;
    shown = pull;
    found.push(...pull.reviewThreads.nodes);
    if (!pull.reviewThreads.pageInfo.hasNextPage) break;
    after = pull.reviewThreads.pageInfo.endCursor;
  }
  const threads = found.filter(({ isResolved }) => !isResolved).flatMap(threadNotes);
  return shown && { shown, threads };
}

function threadNotes({ path, line, originalLine, comments }: Thread): DatedNote[] {
  return comments.nodes.map(({ createdAt, body, author }) => ({
    at: createdAt,
    note: { by: loginOf(author), path, line: line ?? originalLine, text: body },
  }));
}

/** Whether a check of another App than this one may have failed on the head; what is not told whole may. */
export function mayHaveFailed({ commits, headRefOid }: ThreadedPull, appId: number): boolean {
  const commit = commits.nodes?.at(-1)?.commit;
  const suites = (commit?.checkSuites?.nodes ?? []).flatMap((suite) => suite ?? []);
  if (commit?.oid !== headRefOid || suites.length !== commit.checkSuites?.totalCount) return true;
  return suites.some(({ app, checkRuns }) => app?.databaseId !== appId && checkRuns?.totalCount !== 0);
}
