import type { TestCase } from "./suite.ts";

/** A test as it is shown; some have no title. */
export function titled({ name, title, line }: TestCase): string {
  return name.trim() === "" ? `the test without a title at line ${line}` : `“${title.slice(0, 80)}”`;
}
