import type { FileChange } from "../git/compare.ts";
import type { Commit } from "../git/read-objects.ts";
import type { Repository } from "../model.ts";
import { findAccount, type World } from "../world.ts";
import { accountOrNull, nodeId } from "./account-shape.ts";
import { apiUrl, htmlUrl } from "./repository-shape.ts";

/** Whether GitHub itself signed a commit. */
export function verification(repository: Repository, commit: Commit) {
  const signed = repository.signed.has(commit.sha);
  return {
    verified: signed,
    reason: signed ? "valid" : "unsigned",
    signature: signed
      ? "-----BEGIN PGP SIGNATURE-----\n\n(the double's)\n-----END PGP SIGNATURE-----\n"
      : null,
    payload: signed ? `tree ${commit.tree}\n\n${commit.message}` : null,
    verified_at: signed ? commit.committer.date : null,
  };
}

/** A commit as the Git Data API shows it. */
export function gitCommitShape(world: World, repository: Repository, commit: Commit) {
  const url = `${apiUrl(world, repository)}/git`;
  const html = `${htmlUrl(world, repository)}/commit`;
  return {
    sha: commit.sha,
    node_id: nodeId("C", commit.sha),
    url: `${url}/commits/${commit.sha}`,
    html_url: `${html}/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${url}/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/commits/${sha}`, html_url: `${html}/${sha}` })),
    verification: verification(repository, commit),
  };
}

/** A commit as lists of commits show it. */
export function commitShape(world: World, repository: Repository, commit: Commit) {
  const url = `${apiUrl(world, repository)}/commits/${commit.sha}`;
  const data = gitCommitShape(world, repository, commit);
  return {
    sha: commit.sha,
    node_id: data.node_id,
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: data.tree,
      url: data.url,
      comment_count: 0,
      verification: data.verification,
    },
    url,
    html_url: data.html_url,
    comments_url: `${url}/comments`,
    author: accountOrNull(world, accountOf(world, commit.author.email)),
    committer: accountOrNull(world, accountOf(world, commit.committer.email)),
    parents: data.parents.map((parent) => ({
      ...parent,
      url: parent.url.replace("/git/commits/", "/commits/"),
    })),
  };
}

/** GitHub finds an author's account by the address of the commit; here it is the login before the `@`. */
function accountOf(world: World, email: string) {
  const login = email.match(/^(?:\d+\+)?(?<login>[^@]+)@users\.noreply\./)?.groups?.login;
  return (login && findAccount(world, login)) || null;
}

/** The address that GitHub gives an account in commits. */
export function noreplyAddress(account: { id: number; login: string }): string {
  return `${account.id}+${account.login}@users.noreply.github.com`;
}

/** A changed file of a commit, a comparison or a pull request. */
export function fileShape(world: World, repository: Repository, at: { file: FileChange; commit: string }) {
  const { file, commit } = at;
  const html = htmlUrl(world, repository);
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${commit}/${path}`,
    raw_url: `${html}/raw/${commit}/${path}`,
    contents_url: `${apiUrl(world, repository)}/contents/${path}?ref=${commit}`,
    ...(file.patch !== undefined && { patch: file.patch }),
    ...(file.previousPath && { previous_filename: file.previousPath }),
  };
}
