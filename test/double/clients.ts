import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import type { Double } from "../../src/double/start-double.ts";

type Reachable = Pick<Double, "url" | "app">;

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The App itself, by its JSON web token. */
export function asApp({ url, app }: Reachable): Octokit {
  return new Octokit({
    baseUrl: url,
    log: quiet,
    authStrategy: createAppAuth,
    auth: { appId: app.id, privateKey: app.privateKey },
  });
}

/** The App on the installation of a repository. */
export async function asInstallation(double: Reachable, repository: string): Promise<Octokit> {
  const [owner = "", repo = ""] = repository.split("/");
  const { data } = await asApp(double).rest.apps.getRepoInstallation({ owner, repo });
  return new Octokit({
    baseUrl: double.url,
    log: quiet,
    authStrategy: createAppAuth,
    auth: { appId: double.app.id, privateKey: double.app.privateKey, installationId: data.id },
  });
}

/** Somebody who has nothing but a token. */
export function withToken({ url }: Reachable, token: string): Octokit {
  return new Octokit({ baseUrl: url, auth: token, log: quiet });
}

/** The status and message with which a request was refused. */
export async function refusal(request: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await request;
  } catch (error) {
    const { status, response } = error as { status: number; response?: { data?: { message?: string } } };
    return { status, message: response?.data?.message ?? "" };
  }
  throw new Error("The request was not refused");
}
