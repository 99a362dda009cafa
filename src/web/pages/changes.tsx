import type { FileText } from "../../domain/evidence/change.ts";
import type { Evidence } from "../../domain/evidence/evidence.ts";
import { changeAddress } from "../../domain/task/change-address.ts";
import type { Task } from "../../domain/task/task.ts";
import { plural } from "../../domain/text/plural.ts";
import { diffOf, type FileDiff } from "../../views/diff-of.ts";
import { evidenceOf, findTask, isHidden } from "../find-task.ts";
import type { MakePage, PageSources } from "../page.ts";
import { DiffBox } from "../parts/diff-box.tsx";
import { TaskFrame } from "../parts/task-frame.tsx";
import { readEvidence } from "../read-evidence.ts";

/** More files than these nobody reads on one page; the rest is named. */
const mostFiles = 40;

/** What changed, with what the checks found at its lines. */
export const changesPage: MakePage = async (request, sources) => {
  const task = await findTask(request, sources);
  if (!task) return undefined;
  const content = (
    <TaskFrame task={task} tab="/changes" sources={sources}>
      {await changes(task, sources)}
    </TaskFrame>
  );
  return { title: `Changes of ${task.issue.title}`, content };
};

async function changes(task: Task, { ports }: PageSources) {
  if (isHidden(task)) return <Hidden />;
  const evidence = await readEvidence(evidenceOf(task), ports);
  if (!evidence) return <Elsewhere />;
  const diffs = await readDiffs(task, { evidence, ports });
  if (!diffs) return <Elsewhere />;
  const left = evidence.files.slice(mostFiles).map(({ path }) => path);
  return (
    <>
      <p class="muted">{`${plural(evidence.files.length, "file")} against ${evidence.base.ref} at ${evidence.base.commit.slice(0, 8)}`}</p>
      {diffs.map((diff) => (
        <DiffBox diff={diff} />
      ))}
      {left.length > 0 && <p>{`${plural(left.length, "more file")}: the pull request shows all of them.`}</p>}
    </>
  );
}

/** Undefined where this machine does not have the objects: the worker that made them has. */
async function readDiffs(
  task: Task,
  { evidence, ports }: { evidence: Evidence; ports: PageSources["ports"] },
): Promise<FileDiff[] | undefined> {
  const change = task.attempts.findLast(({ change: made }) => made)?.change;
  if (!change) return undefined;
  const texts: FileText[] = [];
  try {
    for await (const text of ports.objects.texts(
      changeAddress(task, change),
      evidence.files.slice(0, mostFiles),
    ))
      texts.push(text);
  } catch (err) {
    ports.log.warn({ task: task.id, err }, "the objects of a change could not be read for a page");
    return undefined;
  }
  return texts.map((text) => diffOf(text, evidence.checks));
}

const Hidden = () => (
  <section class="notice">
    <h2>No change to show</h2>
    <p>
      A change is shown once it was proved and nothing in it has to stay secret. Until then the timeline says
      how far it is.
    </p>
  </section>
);

const Elsewhere = () => (
  <section class="notice">
    <h2>The change is not on this machine</h2>
    <p>
      Another worker made it, or its files were cleaned up. The pull request on GitHub shows it, with the same
      findings.
    </p>
  </section>
);
