import type { Task } from "../../domain/task/task.ts";
import { attemptColumns, attemptRows } from "../../views/attempt-columns.ts";
import { Badge } from "./words.tsx";

/** The attempts of a task side by side. */
export const Attempts = ({ task }: { task: Task }) => {
  const columns = attemptColumns(task);
  if (columns.length === 0) return null;
  const feedback = columns.find((column) => column.feedback)?.feedback;
  return (
    <section class="box" aria-labelledby="attempts">
      <header>
        <h2 id="attempts">Attempts</h2>
      </header>
      <table class="facts-table">
        <thead>
          <tr>
            <td />
            {columns.map(({ heading, saying }) => (
              <th scope="col">
                {heading} <Badge saying={saying} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {attemptRows.map((name) => (
            <tr>
              <th scope="row">{name}</th>
              {columns.map(({ rows }) => (
                <td>{rows[name]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {feedback && (
        <div class="inside">
          <h3>The correction was asked for with</h3>
          <blockquote>{feedback}</blockquote>
        </div>
      )}
    </section>
  );
};
