import { Failure } from "./failure.ts";

/** What ends an attempt whose pull request must be a draft and cannot be one; its work is on the branch by then. */
export function draftsRefused(): Failure {
  return new Failure(
    "rules",
    "GitHub refuses draft pull requests in this repository, and `.github/drafthorse.yml` says `draft: require`; no pull request was opened. A private repository has drafts with the plan Team or Enterprise, a public one always; `draft: prefer` opens an ordinary pull request.",
  );
}
