import { RequestError } from "@octokit/request-error";
import type { PolicyOptions } from "./access.ts";

/**
 * An answer of GitHub, for whoever counts them: status 0 is no answer, installation 0 the App itself; `remaining` is how many
 * requests GitHub still allows.
 */
export type TalliedAnswer = {
  method: string;
  status: number;
  installationId: number;
  remaining: number | undefined;
};

type Sent = { method: string; request?: object };
type Seen = { status: number; headers: object };

/** The same way of sending a request, each of whose answers is told. */
export function tellAnswers<Options extends Sent, Answer extends Seen>(
  send: (options: Options) => Answer | Promise<Answer>,
  tell: (answer: TalliedAnswer) => void,
): (options: Options) => Promise<Answer> {
  return async (options) => {
    try {
      const answer = await send(options);
      tell(tallied(options, answer));
      return answer;
    } catch (error) {
      tell(tallied(options, refusedAnswer(error)));
      throw error;
    }
  };
}

function tallied({ method, request }: Sent, { status, headers }: Seen): TalliedAnswer {
  const { grant }: PolicyOptions = { ...request };
  const { "x-ratelimit-remaining": left }: Record<string, unknown> = { ...headers };
  const remaining = left === undefined ? Number.NaN : Number(left);
  return {
    method,
    status,
    installationId: grant?.installationId ?? 0,
    remaining: Number.isFinite(remaining) ? remaining : undefined,
  };
}

/** octokit's error has the answer, where there was one. */
function refusedAnswer(error: unknown): Seen {
  if (!(error instanceof RequestError) || !error.response) return { status: 0, headers: {} };
  return { status: error.status, headers: error.response.headers };
}
