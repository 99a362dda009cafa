import type { EffectNote } from "../effects.ts";
import type { Refusal } from "../refusal.ts";

/** What the double answers to a request. */
export type Answer = {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** What changed, if something did. */
  effect?: EffectNote | undefined;
  /** The same of a request that changes several things. */
  effects?: EffectNote[];
};

/** 200 with a JSON body. */
export function ok(body: unknown, effect?: EffectNote): Answer {
  return { status: 200, body, effect };
}

/** 201 with a JSON body. */
export function created(body: unknown, effect: EffectNote): Answer {
  return { status: 201, body, effect };
}

/** 204 without a body. */
export function noContent(effect?: EffectNote): Answer {
  return { status: 204, effect };
}

/** A page of HTML. */
export function html(status: number, body: string): Answer {
  return { status, body, headers: { "content-type": "text/html; charset=utf-8" } };
}

/** A refusal as GitHub writes it. */
export function refused(refusal: Refusal): Answer {
  const errors = refusal.details ? { errors: refusal.details } : {};
  const documentation = "https://docs.github.com/rest";
  return {
    status: refusal.status,
    body: {
      message: refusal.message,
      ...errors,
      documentation_url: documentation,
      status: String(refusal.status),
    },
  };
}
