import type { ReviewRequest } from "../domain/task/review-request.ts";
import type { Task } from "../domain/task/task.ts";
import { inlineCode } from "../domain/text/escape-markdown.ts";

/** Who could not be asked for the review or assigned, in at most two sentences. */
export function renderUnasked({ reviewRequest }: Task): string[] {
  if (!reviewRequest) return [];
  const { asked, assigned, refused } = reviewRequest;
  const instead = asked.length > 0 ? `; ${codeList(asked)} ${asked.length > 1 ? "were" : "was"} asked` : "";
  const left = asked.filter((name) => !name.includes("/") && !assigned.includes(name));
  const sentences = [
    ...(refused.length > 0 ? [`${refused.map(whyNotAsked).join(", ")}${instead}.`] : []),
    ...(left.length > 0 ? [`GitHub did not assign ${codeList(left)}.`] : []),
  ];
  return sentences.length > 0 ? [sentences.join(" ")] : [];
}

function whyNotAsked({ name, why }: ReviewRequest["refused"][number]): string {
  return why === "no write access"
    ? `${inlineCode(name)} has no write access and cannot sign this off`
    : `GitHub refused to ask ${inlineCode(name)} for a review`;
}

function codeList(names: string[]): string {
  return names.map((name) => inlineCode(name)).join(", ");
}
