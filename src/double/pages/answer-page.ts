import { type Answer, html } from "../http/answer.ts";
import type { World } from "../world.ts";

/** The pages that a person sees in the browser. */
export async function answerPage(_world: World, _url: URL): Promise<Answer> {
  return html(404, "Not Found");
}
