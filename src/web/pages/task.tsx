import type { Evidence } from "../../domain/evidence/evidence.ts";
import type { Task } from "../../domain/task/task.ts";
import { taskKey } from "../../domain/task/task-id.ts";
import { isRunLog, taskFiles } from "../../views/task-files.ts";
import { timelineOf } from "../../views/timeline.ts";
import { evidenceOf, findTask } from "../find-task.ts";
import type { MakePage } from "../page.ts";
import { AskBox } from "../parts/ask-box.tsx";
import { Attempts } from "../parts/attempts.tsx";
import { BriefBox } from "../parts/brief-box.tsx";
import { EvidenceBox } from "../parts/evidence-box.tsx";
import { TaskFrame } from "../parts/task-frame.tsx";
import { TimelineBox } from "../parts/timeline-box.tsx";
import { readEvidence } from "../read-evidence.ts";

/** Everything that is known of one task but its changed lines and its agent's words, which have pages of their own. */
export const taskPage: MakePage = async (request, sources) => {
  const task = await findTask(request, sources);
  if (!task) return undefined;
  const { ports } = sources;
  const [history, evidence] = await Promise.all([
    ports.tasks.history(task.id),
    readEvidence(evidenceOf(task), ports),
  ]);
  const asks = request.viewer.say ? sources.askable(task) : [];
  const content = (
    <TaskFrame task={task} tab="" sources={sources}>
      <div class="columns">
        <div>
          <TimelineBox stretches={timelineOf(history)} />
          <Attempts task={task} />
        </div>
        <div>
          <AskBox task={task} asks={asks} asked={request.query.get("asked")} />
          <EvidenceBox evidence={evidence} isExpected={evidenceOf(task) !== undefined} />
          <BriefBox task={task} />
          <Files task={task} evidence={evidence} />
        </div>
      </div>
    </TaskFrame>
  );
  return { title: task.issue.title, content };
};

const Files = ({ task, evidence }: { task: Task; evidence: Evidence | undefined }) => {
  const files = taskFiles(task, evidence);
  return files.length === 0 ? null : (
    <section class="box" aria-labelledby="files">
      <header>
        <h2 id="files">Files</h2>
      </header>
      <ul class="plain">
        {files.map(({ name, what }) => (
          <li>
            <a href={`/tasks/${taskKey(task.id)}/files/${name}`} download>
              {name}
            </a>{" "}
            <span class="muted">{what}</span>
            {isRunLog(name) && (
              <>
                {" "}
                <a href={`/tasks/${taskKey(task.id)}/logs/${name}`} aria-label={`Read ${name} here`}>
                  read
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};
