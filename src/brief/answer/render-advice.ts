import type { Advice } from "./advise-brief.ts";

const texts: Record<Advice, string> = {
  "scope-everything":
    "The scope is the whole repository, so no other task runs beside this one. Name the files under **Files likely affected** to let it run sooner.",
  "several-goals":
    "The goal reads like several. Independent goals get better drafts as several issues; **Depends on** puts them in order.",
  "many-criteria":
    "More than twelve criteria are seldom reviewed in one sitting. Several issues may serve better.",
  "no-reviewer": "No reviewer is named, so the repository's own rules decide who reviews.",
};

/** Advice on a complete brief as a list; nothing where there is none. */
export function renderAdvice(advice: Advice[]): string {
  return advice.length === 0 ? "" : ["**Advice:**", "", ...advice.map((one) => `- ${texts[one]}`)].join("\n");
}
