import type { z } from "zod";
import type { By } from "../acts/announce.ts";
import type { Grant } from "../auth/grants.ts";
import type { Answer } from "../http/answer.ts";
import { type Params, type Route, route } from "../http/router.ts";
import { type Account, type Issue, isPullRequest, type PullRequest } from "../model.ts";
import { invalid, notFound } from "../refusal.ts";
import type { World } from "../world.ts";

/** A request as every handler sees it. */
export type Call = { world: World; url: URL; body: unknown };

/** A request with an installation token. */
export type InstallationCall = Call & { grant: Grant };

/** A request about a repository that the token may see; `by` is the App's bot in it. */
export type RepositoryCall = InstallationCall & By & { by: By };

/** A request with the token of a person. */
export type UserCall = Call & { account: Account };

/** A route of the REST API with what its caller must have. */
export type RestRoute =
  | (Route<Call> & { access: "app" })
  | (Route<Call> & { access: "open" })
  | (Route<UserCall> & { access: "user" })
  | (Route<InstallationCall> & { access: "installation" })
  | (Route<RepositoryCall> & { access: "repository"; needs: readonly string[] });

/** A route for the App itself, by its JSON web token. */
export function appRoute<const Path extends string>(
  verb: `${string} ${Path}`,
  handle: (call: Call & { params: Params<Path> }) => Promise<Answer> | Answer,
): RestRoute {
  const { method, path } = split<Path>(verb);
  return { ...route<Path, Call>(method, path, handle), access: "app" };
}

/** A route for everybody. */
export function openRoute<const Path extends string>(
  verb: `${string} ${Path}`,
  handle: (call: Call & { params: Params<Path> }) => Promise<Answer> | Answer,
): RestRoute {
  const { method, path } = split<Path>(verb);
  return { ...route<Path, Call>(method, path, handle), access: "open" };
}

/** A route for a person who lets the App act for them. */
export function userRoute<const Path extends string>(
  verb: `${string} ${Path}`,
  handle: (call: UserCall & { params: Params<Path> }) => Promise<Answer> | Answer,
): RestRoute {
  const { method, path } = split<Path>(verb);
  return { ...route<Path, UserCall>(method, path, handle), access: "user" };
}

/** A route for an installation, not about one repository. */
export function installationRoute<const Path extends string>(
  verb: `${string} ${Path}`,
  handle: (call: InstallationCall & { params: Params<Path> }) => Promise<Answer> | Answer,
): RestRoute {
  const { method, path } = split<Path>(verb);
  return { ...route<Path, InstallationCall>(method, path, handle), access: "installation" };
}

/** A route below `/repos/:owner/:repo` and the permissions of which the token must have one. */
export function repositoryRoute<const Path extends string>(
  verb: `${string} ${Path}`,
  needs: readonly string[],
  handle: (call: RepositoryCall & { params: Params<Path> }) => Promise<Answer> | Answer,
): RestRoute {
  const { method, path } = split<Path>(verb);
  const full: string = `/repos/:owner/:repo${path}`;
  return {
    ...route<string, RepositoryCall>(method, full, handle as Route<RepositoryCall>["handle"]),
    access: "repository",
    needs,
  };
}

function split<Path extends string>(verb: `${string} ${Path}`): { method: string; path: Path } {
  const [method = "", path = ""] = verb.split(" ");
  return { method, path: path as Path };
}

/** The body in the shape that a handler needs, or a 422. */
export function bodyOf<Schema extends z.ZodType>(schema: Schema, { body }: Call): z.infer<Schema> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  throw invalid(`Invalid request.\n\n"${problem?.path.join("/")}": ${problem?.message}`);
}

/** The issue or pull request with this number, or a 404. */
export function issueAt({ repository }: By, number: string): Issue {
  const issue = repository.issues[Number(number) - 1];
  if (!issue) throw notFound();
  return issue;
}

/** The pull request with this number, or a 404. */
export function pullAt(by: By, number: string): PullRequest {
  const issue = issueAt(by, number);
  if (!isPullRequest(issue)) throw notFound();
  return issue;
}
