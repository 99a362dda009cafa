import { exchangeWebFlowCode, getWebFlowAuthorizationUrl, refreshToken } from "@octokit/oauth-methods";
import { request } from "@octokit/request";
import { RequestError } from "@octokit/request-error";
import type { NetworkProxies } from "../../domain/host/network-proxies.ts";
import type { UserTokens } from "../../domain/host/session.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { IssueAt } from "../../ports/github.ts";
import type { Users } from "../../ports/sign-in.ts";
import { fetchThrough } from "../proxy/fetch-through.ts";
import { refuseForbiddenWrite, signInWrites } from "./allowed-writes.ts";
import { type TalliedAnswer, tellAnswers } from "./tell-answers.ts";

/** The longest wait for one answer, in milliseconds. */
const answerMs = 10_000;

/** GitHub's pages have at most a hundred entries; a person with more repositories than this many pages sees the first ones. */
const mostPages = 50;

/** What the App is known as to the people who sign in; `apiUrl` has no slash at its end. */
export type UsersOptions = {
  clientId: string;
  clientSecret: string;
  apiUrl: string;
  proxies?: NetworkProxies;
  /** Told of every token, so that none is ever shown. */
  minted: (token: string) => void;
  /** Told of every answer. */
  answered: (answer: TalliedAnswer) => void;
};

/** Opens the way to people's own view of GitHub. Nothing is asked until something is needed. */
export function openUsers(options: UsersOptions): Users {
  const { clientId, clientSecret, apiUrl, proxies, answered } = options;
  const client = request.defaults({
    baseUrl: apiUrl,
    headers: { "user-agent": "drafthorse" },
    request: {
      ...(proxies && { fetch: fetchThrough(proxies) }),
      hook: (send: typeof request, order: HookedOrder) => {
        refuseForbiddenWrite(order, signInWrites);
        return tellAnswers(send, answered)(order);
      },
    },
  });
  const app = { clientType: "github-app", clientId, clientSecret } as const;
  const learn = learning(options);
  const ask = asking(client);
  return {
    signInAddress: ({ state, challenge, callback }) => {
      const { url } = getWebFlowAuthorizationUrl({ ...app, request: client, redirectUrl: callback, state });
      return `${url}&code_challenge=${challenge}&code_challenge_method=S256`;
    },
    exchange: ({ code, verifier, callback }) =>
      unlessRefused(async () => {
        // The library has no parameter for the verifier; one of the client's own is sent with all others.
        const verified = client.defaults({ code_verifier: verifier, ...withTimeout() });
        const exchanged = await exchangeWebFlowCode({
          ...app,
          request: verified,
          code,
          redirectUrl: callback,
        });
        return learn(exchanged.authentication);
      }),
    renew: (token) =>
      unlessRefused(async () => {
        const order = { ...app, request: client.defaults(withTimeout()), refreshToken: token };
        return learn((await refreshToken(order)).authentication);
      }),
    who: (token) =>
      unlessRefused(async () => {
        const { id, login } = await ask<{ id: number; login: string }>(token, "GET /user");
        return { id, login };
      }),
    readable: (token) => unlessRefused(() => readableBy((url, page) => ask(token, url, page))),
    comment: (token, at, body) => commentAs(client, { token, at, body }),
  };
}

type PersonsComment = { token: string; at: IssueAt; body: string };

async function commentAs(
  client: typeof request,
  { token, at, body }: PersonsComment,
): Promise<"said" | "refused"> {
  const { owner, name: repo } = at.repository;
  try {
    await client("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...{ owner, repo, issue_number: at.number, body },
      headers: { authorization: `token ${token}` },
      ...withTimeout(),
    });
    return "said";
  } catch (error) {
    // No right of theirs, a locked conversation, a repository that went away: GitHub's word for this person.
    if (error instanceof RequestError && [401, 403, 404, 410, 422].includes(error.status)) return "refused";
    throw new Failure("github", "GitHub did not take the comment. Try again in a minute.", { cause: error });
  }
}

function withTimeout() {
  return { request: { signal: AbortSignal.timeout(answerMs) } };
}

function learning({ minted }: UsersOptions): (authentication: Authentication) => UserTokens {
  return ({ token, expiresAt = null, refreshToken: refresh = null }) => {
    minted(token);
    if (refresh) minted(refresh);
    return { token, expiresAt, refreshToken: refresh };
  };
}

function asking(client: typeof request): <T>(token: string, url: string, page?: number) => Promise<T> {
  return async <T>(token: string, url: string, page?: number) => {
    const headers = { authorization: `token ${token}` };
    const answer = await client(url, { headers, ...(page && { per_page: 100, page }), ...withTimeout() });
    return answer.data as T;
  };
}

/** An order as the library hands it to a hook. */
type HookedOrder = Parameters<typeof request>[0] & { method: "GET" | "POST"; url: string };

type Authentication = { token: string; expiresAt?: string; refreshToken?: string };
type Page = { installations?: { id: number }[]; repositories?: { id: number }[] };

/** All repositories of all installations that a person can reach, page by page. */
async function readableBy(ask: (url: string, page: number) => Promise<Page>): Promise<Set<number>> {
  const ids = new Set<number>();
  const left = { pages: mostPages };
  for (const { id } of await all(left, (page) => ask("GET /user/installations", page), "installations")) {
    const url = `GET /user/installations/${id}/repositories`;
    for (const repository of await all(left, (page) => ask(url, page), "repositories"))
      ids.add(repository.id);
  }
  return ids;
}

async function all(
  left: { pages: number },
  ask: (page: number) => Promise<Page>,
  list: keyof Page,
): Promise<{ id: number }[]> {
  const found: { id: number }[] = [];
  for (let page = 1; left.pages > 0; page++) {
    left.pages -= 1;
    const items = (await ask(page))[list] ?? [];
    found.push(...items);
    if (items.length < 100) break;
  }
  return found;
}

/**
 * A refusal is an answer: 401 to a token that is no longer good, 400 from the library for what GitHub says of a code. 404 is
 * that of an installation that went away meanwhile, which is asked for again later.
 */
async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | "refused"> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RequestError && [400, 401].includes(error.status)) return "refused";
    throw new Failure("github", "GitHub did not say who this is. Try again in a minute.", { cause: error });
  }
}
