import { repositoryFilePath } from "../../domain/rules/repository-file.ts";
import type { Repository } from "../../domain/task/task.ts";
import type { Files, OwnCheck, PullSnapshot } from "../../ports/github.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import { askGraphQL } from "./ask-graphql.ts";
import { reviewOf, submittedReviews } from "./read-reviews.ts";
import { type ShownFile, wholeFile } from "./shown-file.ts";
import { pullFields, pullIn, type ShownPull } from "./shown-pull.ts";

/** All of one moment, in one request; the double answers these very words and no others. */
const query = `query ($owner: String!, $name: String!, $number: Int!, $appId: Int!, $file: String!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      ${pullFields}
      headRef {
        name
        target { oid }
        associatedPullRequests(first: 10, states: OPEN) { nodes { number } }
      }
      commits(last: 1) {
        nodes {
          commit {
            oid
            checkSuites(first: 10, filterBy: { appId: $appId }) {
              totalCount
              nodes {
                checkRuns(first: 50, filterBy: { checkType: ALL }) {
                  totalCount
                  nodes {
                    databaseId name externalId conclusion title summary text
                    annotations(first: 1) { totalCount }
                  }
                }
              }
            }
          }
        }
      }
    }
    object(expression: $file) { ... on Blob { oid text isTruncated } }
  }
}`;

type ShownRun = {
  databaseId: number;
  name: string;
  externalId: string | null;
  conclusion: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: { totalCount: number } | null;
};
type Some<T> = { totalCount: number; nodes: (T | null)[] | null };
type ShownCommit = { oid: string; checkSuites: Some<{ checkRuns: Some<ShownRun> | null }> | null };
type ShownSnapshot = ShownPull & {
  headRef: {
    name: string;
    target: { oid: string } | null;
    associatedPullRequests: { nodes: ({ number: number } | null)[] | null };
  } | null;
  commits: { nodes: ({ commit: ShownCommit } | null)[] | null };
};
type ShownRepository = { pullRequest: ShownSnapshot | null; object: ShownFile | null };

const reading = { contents: "read", pull_requests: "read", checks: "read" } as const;

/** Who asks, and for which pull request. */
export type PullQuestion = { repository: Repository; number: number; appId: number; botLogin: string };

/** A pull request as it is now, with what it is judged by; undefined where there is no such one. */
export async function readPull(
  { client, files }: { client: GitHubClient; files: Files },
  { repository, number, appId, botLogin }: PullQuestion,
): Promise<PullSnapshot | undefined> {
  const told = await askGraphQL<ShownRepository>(client, {
    query,
    access: accessTo(repository, reading),
    variables: { number, appId, file: `HEAD:${repositoryFilePath}` },
    what: "how a pull request stands",
  });
  const shown = told?.pullRequest;
  if (!shown) return undefined;
  const file =
    wholeFile(told.object) ?? (told.object ? await files.read(repository, repositoryFilePath) : undefined);
  return {
    ...pullIn(shown, botLogin),
    reviews: (await submittedReviews(client, { repository, shown })).map(reviewOf),
    ownChecks: checksIn(shown),
    branch: branchIn(shown),
    file,
  };
}

/** Undefined where they are of another commit, which GitHub counts as the last for a moment, or not all of them. */
function checksIn({ commits, headRefOid }: ShownSnapshot): OwnCheck[] | undefined {
  const commit = commits.nodes?.at(-1)?.commit;
  const suites = commit?.oid === headRefOid ? wholeList(commit.checkSuites) : undefined;
  const runs = suites?.map(({ checkRuns }) => wholeList(checkRuns));
  return runs?.every((some) => some !== undefined)
    ? runs.flatMap((some) => (some ?? []).map(ownCheckOf))
    : undefined;
}

function wholeList<T>(some: Some<T> | null): T[] | undefined {
  const nodes = (some?.nodes ?? []).flatMap((one) => one ?? []);
  return some && nodes.length === some.totalCount ? nodes : undefined;
}

function ownCheckOf({ databaseId, externalId, conclusion, annotations, ...texts }: ShownRun): OwnCheck {
  return {
    ...texts,
    id: databaseId,
    externalId: externalId ?? "",
    conclusion: conclusion?.toLowerCase() ?? null,
    annotations: annotations?.totalCount ?? 0,
  };
}

function branchIn({ headRef, number }: ShownSnapshot): PullSnapshot["branch"] {
  if (!headRef?.target) return undefined;
  const open = (headRef.associatedPullRequests.nodes ?? []).flatMap((pull) => pull?.number ?? []);
  return { name: headRef.name, commit: headRef.target.oid, otherPulls: open.filter((one) => one !== number) };
}
