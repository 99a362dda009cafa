import { readFileSync } from "node:fs";
import { issueFormPath } from "../../domain/rules/set-up-offer.ts";

/** The issue form as it is shipped, at the same place in this package as in a repository. */
export function shippedForm(): string {
  return readFileSync(new URL(`../../../../${issueFormPath}`, import.meta.url), "utf8");
}
