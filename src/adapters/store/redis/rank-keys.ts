import type { Redis } from "ioredis";
import type { TaskSelection } from "../../../ports/store.ts";
import { answersOf } from "./answers-of.ts";
import { keys } from "./redis-keys.ts";

/** The keys of the selected lists, the one that was changed last first; of each list those up to `last`, -1 for all. */
export async function rankKeys(
  redis: Redis,
  { repositories, states }: Pick<TaskSelection, "repositories" | "states">,
  last: number,
): Promise<string[]> {
  const lists = repositories.flatMap((id) => states.map((state) => keys.list(id, state)));
  const pipeline = redis.pipeline();
  for (const list of lists) pipeline.zrevrange(list, 0, last, "WITHSCORES");
  const found = (await answersOf(pipeline)).flatMap((answer) => rankedOf(answer as string[]));
  return found.sort((a, b) => b.changed - a.changed || (b.key < a.key ? -1 : 1)).map(({ key }) => key);
}

function rankedOf(answer: string[]): { key: string; changed: number }[] {
  return answer.flatMap((key, at) => (at % 2 === 0 ? [{ key, changed: Number(answer[at + 1]) }] : []));
}
