import type { ClosingPull, Edits, Files, Issue, Snapshot, Snapshots } from "../../ports/github.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import { askGraphQL } from "./ask-graphql.ts";
import { type Actor, loginOf } from "./login-of.ts";
import type { NodeIds } from "./node-ids.ts";
import { type ShownFile, wholeFile } from "./shown-file.ts";

/**
 * In one request, and with what the REST API does not tell; the double answers these very words and no others. Without the
 * closed pull requests GitHub still lists the merged.
 */
const query = `query ($owner: String!, $name: String!, $number: Int!, $ref: String!, $file: String!) {
  repository(owner: $owner, name: $name) {
    id
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
type ShownRepository = {
  id: string;
  issue: ShownIssue | null;
  ref: { name: string } | null;
  object: ShownFile | null;
};

/** Links to pull requests are null without the right to read those. */
const reading = { issues: "read", contents: "read", pull_requests: "read" } as const;

/** Snapshots by GitHub's GraphQL; a file that it does not tell whole is read by `files`. Fills `nodes`. */
export function snapshotsOf(client: GitHubClient, files: Files, nodes: NodeIds): Snapshots {
  return {
    async take(at, { branch, path }) {
      const repository = await askGraphQL<ShownRepository>(client, {
        query,
        access: accessTo(at.repository, reading),
        variables: { number: at.number, ref: `refs/heads/${branch}`, file: `HEAD:${path}` },
        what: "how an issue stands",
        // A pull request of a repository that the App may not see.
        mayLack: "closedByPullRequestsReferences",
      });
      const { id, owner, name } = at.repository;
      if (repository?.id) nodes.set(id, repository.id);
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
