/** One entry of the `errors` of a 422. */
export type RefusalDetail = {
  resource: string;
  code: string;
  field?: string;
  message?: string;
  value?: string;
};

/** A request that GitHub would refuse, as it would say it. Thrown by acts, turned into an answer at the door. */
export class Refusal extends Error {
  readonly status: number;
  readonly details: RefusalDetail[] | undefined;

  constructor(status: number, message: string, details?: RefusalDetail[]) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.details = details;
  }
}

/** GitHub's answer for what does not exist or may not be seen. */
export function notFound(): Refusal {
  return new Refusal(404, "Not Found");
}

/** GitHub's answer to an App that lacks a permission. */
export function notAccessible(): Refusal {
  return new Refusal(403, "Resource not accessible by integration");
}

/** GitHub's answer to a request that makes no sense in the present state. */
export function invalid(message: string, details?: RefusalDetail[]): Refusal {
  return new Refusal(422, message, details);
}

/** GitHub's "Validation Failed", whose reasons are in `errors`. */
export function validationFailed(...details: RefusalDetail[]): Refusal {
  return new Refusal(422, "Validation Failed", details);
}

const longestBody = 65_536;

/** Refuses texts that are longer than GitHub stores. */
export function refuseLongBody(body: string | null | undefined, resource: string): void {
  if (body && body.length > longestBody)
    throw validationFailed({
      resource,
      code: "custom",
      field: "body",
      message: `body is too long (maximum is ${longestBody} characters)`,
    });
}
