import type { IncomingMessage, ServerResponse } from "node:http";

type Answerer<Result> = (request: IncomingMessage, response: ServerResponse) => Promise<Result>;

/** Asks the first; what it resolves false to is the second's. */
export function answerInTurn(first: Answerer<boolean>, second: Answerer<unknown>): Answerer<void> {
  return async (request, response) => {
    if (!(await first(request, response))) await second(request, response);
  };
}
