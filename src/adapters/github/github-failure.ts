import { Failure } from "../../domain/task/failure.ts";

/** What this adapter needs to know of a failed request; `status` is undefined where no answer arrived. */
export type FailedRequest = { status: number | undefined; message: string; headers: Record<string, unknown> };

/** Reads what octokit threw. It gives network errors the status 500, so only an answer's own status counts. */
export function refusalOf(thrown: unknown): FailedRequest {
  const error = thrown instanceof Failure ? thrown.cause : thrown;
  const message = error instanceof Error ? error.message : String(error);
  return { message, ...answerIn(error) };
}

function answerIn(error: unknown): Pick<FailedRequest, "status" | "headers"> {
  const { response } = (error ?? {}) as { response?: Pick<FailedRequest, "status" | "headers"> };
  return { status: response?.status, headers: response?.headers ?? {} };
}

/** Whether GitHub refused with this status, and with words that match `saying` if given. */
export function isRefusal(thrown: unknown, status: number, saying = /^/): boolean {
  const refusal = refusalOf(thrown);
  return refusal.status === status && saying.test(refusal.message);
}

/** Whether GitHub minted no token for a request, because the App was not given what it needs. */
export function isUngranted(thrown: unknown): boolean {
  return thrown instanceof Failure && thrown.cause instanceof Failure && isRefusal(thrown.cause, 422);
}

/** Whether a request may have had its effect although it failed: its answer was lost, or GitHub broke off. */
export function mayHaveHappened(thrown: unknown): boolean {
  const { status } = refusalOf(thrown);
  return status === undefined || status >= 500;
}

/** The value, or undefined where GitHub says that there is no such thing (any more). */
export async function unlessGone<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isRefusal(error, 404) || isRefusal(error, 410)) return undefined;
    throw error;
  }
}

/** The failure that tells what was asked and what GitHub said; a path without its query, and never a token. */
export function githubFailure(thrown: unknown, request: { method: string; url: string }): Failure {
  if (thrown instanceof Failure) return thrown;
  const { status, message } = refusalOf(thrown);
  const what = `${request.method} ${requestPath(thrown) ?? request.url}`;
  const text =
    status === undefined
      ? `GitHub did not answer ${what}: ${message}`
      : `GitHub answered ${status} to ${what}: ${message}`;
  return new Failure("github", text, { cause: thrown });
}

/** The path as it was sent; before it is sent, octokit has only its template. */
function requestPath(error: unknown): string | undefined {
  const { request } = (error ?? {}) as { request?: { url: string } };
  return request && new URL(request.url).pathname;
}
