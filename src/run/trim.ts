import type { Change, ObjectId } from "../domain/evidence/change.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import { type ChangeAddress, changeAddress } from "../domain/task/change-address.ts";
import { attemptNumber } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import type { Ports } from "../ports.ts";
import { condenseTrim } from "./condense-trim.ts";
import { askOfBase, decideTrim } from "./decide-trim.ts";

/** The mode of a link in git. */
const linkMode = "120000";
/** The longest target that Linux takes, in bytes. A longer one is no link that anybody could follow. */
const targetBytes = 4095;
/** How many paths the base is asked for at once. */
const askedAtOnce = 500;

/** Takes out of the attempt's change what must not be in it; what is left is what is validated and published. */
export async function trim(
  task: AcceptedTask,
  left: Change,
  ports: Pick<Ports, "clock" | "policies" | "objects" | "baseFiles">,
): Promise<{ change: Change; trimmedAt: string }> {
  return { change: await trimChange(task, left, ports), trimmedAt: ports.clock.now().toISOString() };
}

/** The same for any change of an attempt, so that a repair can be validated as what would be published. */
export async function trimChange(
  task: AcceptedTask,
  change: Change,
  ports: Pick<Ports, "policies" | "objects" | "baseFiles">,
): Promise<Change> {
  const { repository, brief } = task;
  const at = changeAddress(task, change);
  const { files } = change;
  const policy = await ports.policies.of(repository);
  const targets = await readTargets(at, ports);
  const atBase = await findAtBase(at, ports);
  const decided = decideTrim({ brief: brief.brief, policy, files, targets, atBase });
  if (decided.length === 0) return { ...change, trimmed: { paths: [], patch: null } };
  const name = `${taskKey(task.id)}/trimmed-${attemptNumber(task)}`;
  const { change: left, patch } = await ports.objects.trim(at, {
    paths: decided.map(({ path }) => path),
    offered: decided.filter(({ why }) => why !== "stray").map(({ path }) => path),
    pack: `${name}.pack`,
    patch: `${name}.patch`,
  });
  return { ...left, trimmed: { paths: condenseTrim(decided), patch } };
}

/** Thousands of links often lead to few places, as in a folder of installed programs: each is read once. */
async function readTargets(at: ChangeAddress, ports: Pick<Ports, "objects">): Promise<Map<string, string>> {
  const links = at.change.files.flatMap(({ path, after }) =>
    after?.mode === linkMode && after.bytes <= targetBytes ? [{ path, id: after.id }] : [],
  );
  const read = new Map<ObjectId, string>();
  for (const id of new Set(links.map((link) => link.id)))
    read.set(id, Buffer.from(await ports.objects.blob(at, id)).toString("latin1"));
  return new Map(links.map(({ path, id }) => [path, read.get(id) ?? ""]));
}

async function findAtBase(
  { repository, change }: ChangeAddress,
  ports: Pick<Ports, "baseFiles">,
): Promise<Set<string>> {
  const asked = askOfBase(change.files);
  const found = new Set<string>();
  for (let start = 0; start < asked.length; start += askedAtOnce) {
    const some = asked.slice(start, start + askedAtOnce);
    for (const path of await ports.baseFiles.find(repository, change.base, some)) found.add(path);
  }
  return found;
}
