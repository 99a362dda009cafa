/** The branch on which a repository is offered its issue form and its rules: the only one of ours outside `agent/`. */
export const setUpBranch = "drafthorse/set-up";

/** What the body of such a pull request carries, by which it is found again whatever became of it. */
export const setUpMarker = "<!-- drafthorse:set-up -->";

/** Where people find the form by which a brief comes out whole. */
export const issueFormPath = ".github/ISSUE_TEMPLATE/agent-task.yml";

/** So many offers are open at once over all repositories: more than a few are noise that nobody reads. */
export const mostOffers = 5;
