import type { ChainableCommander } from "ioredis";

/** What Redis answers to each command of a pipeline; rejects with the first refusal. */
export async function answersOf(pipeline: ChainableCommander): Promise<unknown[]> {
  const answers = (await pipeline.exec()) ?? [];
  return answers.map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
}
