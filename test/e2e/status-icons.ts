import type { Check } from "../../src/domain/evidence/evidence.ts";

/** How the table of a pull request's body shows what a check came to. */
export const statusIcons: Record<Check["status"], string> = {
  fail: "❌",
  attention: "⚠️",
  pass: "✅",
  "not measured": "▫️",
};
