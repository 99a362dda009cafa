import { awaitsTurn } from "../domain/task/hold.ts";
import { taskStates } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import type { PlaceInLine } from "../publish/render-turn.ts";
import { estimateStart, usualTime } from "../schedule/estimate-start.ts";

/** Of how many tasks the usual time is measured: enough for a median, and of late. */
const measured = 20;

/** Where a task stands among those of its repository that wait for their turn, and when it begins where that can be told. */
export async function placeInLine(
  task: Task,
  ports: Pick<Ports, "policies" | "tasks">,
): Promise<PlaceInLine> {
  if (!awaitsTurn(task)) return { ahead: 0 };
  const { repositoryId } = task.id;
  const here = await ports.tasks.find({ live: true, repositoryId, states: ["queued", "held"] });
  const ahead = here.filter((other) => awaitsTurn(other) && other.createdAt < task.createdAt).length;
  // What waits for people begins when they please.
  if (task.hold?.kind !== "concurrency") return { ahead };
  const newest = { repositories: [repositoryId], states: taskStates, skip: 0, limit: measured };
  const usual = usualTime(await ports.tasks.select(newest));
  if (!usual) return { ahead };
  const { concurrent } = (await ports.policies.read(task.repository)).policy.limits;
  return { ahead, estimate: { ...usual, startsInMinutes: estimateStart({ ahead, concurrent }, usual) } };
}
