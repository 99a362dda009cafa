import { Failure } from "../../domain/task/failure.ts";
import type {
  ClosingPull,
  DefaultFile,
  Edits,
  Files,
  Issue,
  Snapshot,
  Snapshots,
} from "../../ports/github.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import { type Actor, loginOf } from "./login-of.ts";

/**
 * In one request, and with what the REST API does not tell; the double answers these very words and no others. Without the
 * closed pull requests GitHub still lists the merged.
 */
const query = `query ($owner: String!, $name: String!, $number: Int!, $ref: String!, $file: String!) {
  repository(owner: $owner, name: $name) {
    issue(number: $number) {
      title body state
      author { __typename login }
      labels(first: 100) { nodes { name } }
      lastEditedAt
      editor { __typename login }
      timelineItems(itemTypes: [RENAMED_TITLE_EVENT], last: 1) {
        nodes { ... on RenamedTitleEvent { createdAt actor { __typename login } } }
      }
      comments(first: 100) { totalCount nodes { body } }
      closedByPullRequestsReferences(first: 100, includeClosedPrs: false) {
        nodes { number state author { __typename login } repository { nameWithOwner } }
      }
    }
    ref(qualifiedName: $ref) { name }
    object(expression: $file) { ... on Blob { oid text isTruncated } }
  }
}`;

type ShownIssue = {
  title: string;
  body: string;
  state: "OPEN" | "CLOSED";
  author: Actor;
  labels: { nodes: ({ name: string } | null)[] | null } | null;
  lastEditedAt: string | null;
  editor: Actor;
  timelineItems: { nodes: ({ createdAt: string; actor: Actor } | null)[] | null };
  comments: { totalCount: number; nodes: ({ body: string } | null)[] | null };
  closedByPullRequestsReferences: { nodes: (LinkedPull | null)[] | null } | null;
};
type LinkedPull = {
  number: number;
  state: string;
  author: Actor;
  repository: { nameWithOwner: string };
};
/** An object that is no file has none of these fields. */
type ShownFile = { oid?: string; text?: string | null; isTruncated?: boolean };
type ShownRepository = { issue: ShownIssue | null; ref: { name: string } | null; object: ShownFile | null };
type SnapshotAnswer = { repository: ShownRepository | null };

/** Links to pull requests are null without the right to read those. */
const reading = { issues: "read", contents: "read", pull_requests: "read" } as const;

/** Snapshots by GitHub's GraphQL; a file that it does not tell whole is read by `files`. */
export function snapshotsOf(client: GitHubClient, files: Files): Snapshots {
  return {
    async take(at, { branch, path }) {
      const { owner, repo: name, request } = accessTo(at.repository, reading);
      const places = { ref: `refs/heads/${branch}`, file: `HEAD:${path}` };
      const variables = {
        owner,
        name,
        number: at.number,
        ...places,
        request: { ...request, repeatable: true },
      };
      const { repository } = await client.graphql<SnapshotAnswer>(query, variables).catch(partialAnswer);
      return {
        ...issueIn(repository?.issue),
        closers: closersIn(repository?.issue, `${owner}/${name}`),
        hasBranch: Boolean(repository?.ref),
        file:
          wholeFile(repository?.object) ??
          (repository?.object ? await files.read(at.repository, path) : undefined),
      };
    },
  };
}

function issueIn(shown: ShownIssue | null | undefined): Pick<Snapshot, "issue" | "edits" | "comments"> {
  if (!shown) return { issue: undefined, edits: {}, comments: [] };
  const { title, body, state, author, labels, comments } = shown;
  const issue: Issue = {
    ...{ title, body, author: loginOf(author), open: state === "OPEN" },
    labels: (labels?.nodes ?? []).flatMap((label) => label?.name ?? []),
  };
  return { issue, edits: editsOf(shown), comments: commentTexts(comments) };
}

function commentTexts({ totalCount, nodes }: ShownIssue["comments"]): string[] | undefined {
  const texts = (nodes ?? []).flatMap((comment) => comment?.body ?? []);
  return texts.length < totalCount ? undefined : texts;
}

/** Who edited an issue's body and its title last, and when; nothing of what nobody has. */
function editsOf({ lastEditedAt, editor, timelineItems }: ShownIssue): Edits {
  const renamed = timelineItems.nodes?.at(-1);
  return {
    ...(lastEditedAt && { body: { by: loginOf(editor), at: lastEditedAt } }),
    ...(renamed && { title: { by: loginOf(renamed.actor), at: renamed.createdAt } }),
  };
}

function closersIn(shown: ShownIssue | null | undefined, here: string): ClosingPull[] {
  return (shown?.closedByPullRequestsReferences?.nodes ?? []).flatMap((pull) => {
    if (pull?.state !== "OPEN") return [];
    const { number, author, repository } = pull;
    const isHere = repository.nameWithOwner.toLowerCase() === here.toLowerCase();
    return [{ number, ...(!isHere && { repository: repository.nameWithOwner }), by: loginOf(author) }];
  });
}

/** Undefined where there is no text, or not all of it. */
function wholeFile(shown: ShownFile | null | undefined): DefaultFile | undefined {
  const { oid, text, isTruncated } = shown ?? {};
  return oid && typeof text === "string" && !isTruncated ? { blob: oid, text } : undefined;
}

/**
 * An answer of status 200 in which something was not found, or a pull request of a repository that the App may not see;
 * octokit throws it, with its `data` and `errors`.
 */
function partialAnswer(thrown: unknown): SnapshotAnswer {
  if (thrown instanceof Failure) throw thrown;
  const { errors = [], data } = (thrown ?? {}) as {
    errors?: { type?: string; path?: (string | number)[] }[];
    data?: SnapshotAnswer | null;
  };
  const isMissing = errors.every(
    ({ type, path = [] }) => type === "NOT_FOUND" || path.includes("closedByPullRequestsReferences"),
  );
  if (errors.length > 0 && isMissing) return data ?? { repository: null };
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  throw new Failure("github", `GitHub did not tell how an issue stands: ${why}`, { cause: thrown });
}
