import { taskKey } from "../../domain/task/task-id.ts";
import { shownText } from "../../views/shown-text.ts";
import { isRunLog, taskFiles } from "../../views/task-files.ts";
import { evidenceOf, findTask } from "../find-task.ts";
import { type LogWindow, windowLines } from "../open-log-windows.ts";
import type { MakePage } from "../page.ts";
import { TaskFrame } from "../parts/task-frame.tsx";
import { readEvidence } from "../read-evidence.ts";

/** So many letters of one line are shown; the file has all of it. */
const mostLetters = 2_000;

/** The output of a run, a window of lines at a time. */
export const runLogPage: MakePage = async (request, sources) => {
  const task = await findTask(request, sources);
  if (!task) return undefined;
  const evidence = await readEvidence(evidenceOf(task), sources.ports);
  const file = taskFiles(task, evidence).find(({ name }) => name === request.params.name && isRunLog(name));
  const line = Number.parseInt(request.query.get("line") ?? "1", 10) || 1;
  const shown = file && (await sources.logWindows.at(file.artefact, line));
  if (!shown) return undefined;
  const address = `/tasks/${taskKey(task.id)}/logs/${file.name}`;
  const content = (
    <TaskFrame task={task} tab="" sources={sources}>
      <section class="box" aria-labelledby="run-log">
        <header>
          <h2 id="run-log">{file.name}</h2>
          <p>{`${file.what}; ${placeOf(shown)}`}</p>
        </header>
        <LogNavigation shown={shown} address={address} />
        <LogLines shown={shown} />
        <LogNavigation shown={shown} address={address} end />
      </section>
    </TaskFrame>
  );
  return { title: `${file.name} of ${task.issue.title}`, content, still: true };
};

function placeOf({ first, lines, total }: LogWindow): string {
  if (total === 0) return "it is empty";
  return `lines ${first} to ${first + lines.length - 1} of ${total}`;
}

const LogLines = ({ shown }: { shown: LogWindow }) => (
  <>
    <ol class="run-log" start={shown.first} tabindex={0} aria-label="Output">
      {shown.lines.map((line) => (
        <li>
          <code>{shownText(line.length > mostLetters ? `${line.slice(0, mostLetters)}…` : line)}</code>
        </li>
      ))}
    </ol>
    {shown.cut && (
      <p class="inside muted">
        Lines of this window are longer than a page can be: the file has all of them.
      </p>
    )}
  </>
);

type NavigationProps = { shown: LogWindow; address: string; end?: boolean };

const LogNavigation = ({ shown: { first, total }, address, end = false }: NavigationProps) => {
  const last = Math.max(1, Math.floor((total - 1) / windowLines) * windowLines + 1);
  const places = [
    { name: "First", line: 1, isThere: first > 1 },
    { name: "Earlier", line: first - windowLines, isThere: first > 1 },
    { name: "Later", line: first + windowLines, isThere: first < last, rel: "next" },
    { name: "Last", line: last, isThere: first < last },
  ];
  return total <= windowLines ? null : (
    <nav class="log-navigation" aria-label={end ? "Windows of the log, below it" : "Windows of the log"}>
      {places
        .filter(({ isThere }) => isThere)
        .map(({ name, line, rel }) => (
          <a href={`${address}?line=${line}`} rel={end ? rel : undefined}>
            {name}
          </a>
        ))}
      {!end && (
        <form method="get" action={address}>
          <label>
            Line <input type="number" name="line" min="1" max={String(total)} value={String(first)} />
          </label>
          <button type="submit">Go</button>
        </form>
      )}
    </nav>
  );
};
