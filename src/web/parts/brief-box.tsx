import type { Task } from "../../domain/task/task.ts";
import { briefRows } from "../../views/brief-rows.ts";
import { shownLine } from "../../views/shown-text.ts";
import { Prose } from "./words.tsx";

/** The brief as it was understood, or what it lacks with the repair. */
export const BriefBox = ({ task }: { task: Task }) => (
  <section class="box" aria-labelledby="brief">
    <header>
      <h2 id="brief">Brief</h2>
      {task.brief && <p>{`frozen as ${task.brief.sha256.slice(0, 12)}`}</p>}
    </header>
    {task.problems.length > 0 && (
      <ol class="inside problems">
        {task.problems.slice(0, 30).map(({ line, field, message, repair }) => (
          <li>
            <b>{`Line ${line}, ${shownLine(field)}:`}</b> <Prose text={shownLine(message, 600)} />
            <br />
            <span class="muted">
              <Prose text={shownLine(repair, 600)} />
            </span>
          </li>
        ))}
      </ol>
    )}
    {task.brief && (
      <dl class="rows">
        {briefRows(task.brief.brief).map(({ name, items, isCode }) => (
          <>
            <dt>{name}</dt>
            {items.map((item) => (
              <dd>{isCode ? <code>{item}</code> : <Prose text={item} />}</dd>
            ))}
          </>
        ))}
      </dl>
    )}
    {!task.brief && task.problems.length === 0 && <p class="inside muted">No brief was accepted yet.</p>}
  </section>
);
