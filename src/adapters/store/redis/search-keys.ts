import type { Redis } from "ioredis";
import { hasWords } from "../../../domain/task/searched-text.ts";
import type { TaskSelection } from "../../../ports/store.ts";
import { answersOf } from "./answers-of.ts";
import { rankKeys } from "./rank-keys.ts";
import { keys } from "./redis-keys.ts";

/** So many tasks' words are asked for at once, so that no other client waits long. */
const partSize = 500;

/** The keys of the selected tasks that have all words, and of those whose words an earlier version did not keep. */
export async function searchKeys(redis: Redis, selection: TaskSelection): Promise<string[]> {
  const { skip, limit, words = [] } = selection;
  const ranked = await rankKeys(redis, selection, -1);
  const found: string[] = [];
  for (let at = 0; at < ranked.length && found.length < skip + limit; at += partSize) {
    const part = ranked.slice(at, at + partSize);
    const pipeline = redis.pipeline();
    for (const key of part) pipeline.hget(keys.task(key), "words");
    const texts = await answersOf(pipeline);
    found.push(...part.filter((_, index) => mayHaveWords(texts[index], words)));
  }
  return found.slice(skip, skip + limit);
}

function mayHaveWords(text: unknown, words: readonly string[]): boolean {
  return typeof text !== "string" || hasWords(text, words);
}
