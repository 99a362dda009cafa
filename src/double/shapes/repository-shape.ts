import { fullName, type Repository } from "../model.ts";
import type { World } from "../world.ts";
import { accountShape, nodeId } from "./account-shape.ts";

/** Where the API shows a repository. */
export function apiUrl(world: World, repository: Repository): string {
  return `${world.url}/repos/${fullName(repository)}`;
}

/** Where a person sees a repository. */
export function htmlUrl(world: World, repository: Repository): string {
  return `${world.url}/${fullName(repository)}`;
}

/** A repository as the API and the webhooks show it. */
export function repositoryShape(world: World, repository: Repository) {
  const html = htmlUrl(world, repository);
  const open = repository.issues.filter((issue) => issue.state === "open").length;
  return {
    id: repository.id,
    node_id: nodeId("R", repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: accountShape(world, repository.owner),
    html_url: html,
    description: null,
    fork: repository.isFork ?? false,
    ...links(apiUrl(world, repository)),
    created_at: repository.createdAt,
    updated_at: repository.pushedAt,
    pushed_at: repository.pushedAt,
    git_url: `${html.replace(/^https?/, "git")}.git`,
    ssh_url: `git@${new URL(world.url).hostname}:${fullName(repository)}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    homepage: null,
    size: 0,
    language: null,
    license: null,
    mirror_url: null,
    default_branch: repository.defaultBranch,
    topics: [],
    visibility: repository.private ? "private" : "public",
    archived: repository.archived,
    disabled: false,
    has_issues: repository.hasIssues,
    ...features,
    open_issues: open,
    open_issues_count: open,
  };
}

/** What only the repository's own page of the API tells. */
export function fullRepositoryShape(world: World, repository: Repository) {
  return { ...repositoryShape(world, repository), network_count: 0, subscribers_count: 0 };
}

const features = {
  has_projects: true,
  has_downloads: true,
  has_wiki: true,
  has_pages: false,
  has_discussions: false,
  is_template: false,
  allow_forking: true,
  web_commit_signoff_required: false,
  custom_properties: {},
  forks: 0,
  forks_count: 0,
  stargazers_count: 0,
  watchers: 0,
  watchers_count: 0,
};

function links(url: string) {
  return {
    url,
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    hooks_url: `${url}/hooks`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
  };
}
