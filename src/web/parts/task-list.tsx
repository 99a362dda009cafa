import type { TaskLine } from "../../views/task-line.ts";
import { verdictSayings } from "../../views/tones.ts";
import { Ago, Badge, Cost, Prose, Since } from "./words.tsx";

/** Lines of tasks. `asks` says what of each needs a person's word, by the task's key. */
export const TaskList = ({
  lines,
  now,
  asks,
}: {
  lines: TaskLine[];
  now: Date;
  asks?: Map<string, string>;
}) => (
  <ul class="lines">
    {lines.map((line) => (
      <li>
        <div class="what">
          <a class="title" href={`/tasks/${line.key}`}>
            {line.title}
          </a>
          <p class="muted">
            {`${line.repository}#${line.issue}`}
            {line.round > 1 && ` · round ${line.round}`}
            {` · asked by ${line.askedBy}`}
            {line.agent && ` · ${line.agent}`}
            {line.attempt > 1 && " · correction"}
          </p>
          {line.reason && (
            <p class="reason">
              <Prose text={line.reason} />
            </p>
          )}
          {line.next && line.state !== "proposed" && (
            <p class="next">
              <b>{line.next.title}</b> <Prose text={line.next.text} />
            </p>
          )}
          <Asks note={asks?.get(line.key)} />
        </div>
        <div class="facts">
          <State line={line} />
          <span class="muted">
            <Owner line={line} />
            {line.runningSince ? (
              <>
                <Since at={line.runningSince} now={now} />
                {" · "}
                cost <Cost usd={line.costUsd} />
              </>
            ) : (
              <Ago at={line.since} now={now} />
            )}
          </span>
        </div>
      </li>
    ))}
  </ul>
);

const State = ({ line }: { line: TaskLine }) =>
  line.state === "proposed" && line.verdict ? (
    <Badge saying={verdictSayings[line.verdict]} />
  ) : (
    <Badge saying={line.saying} />
  );

const Owner = ({ line }: { line: TaskLine }) =>
  line.state === "proposed" ? (
    <>
      {line.owners.length > 0 ? `for ${line.owners.join(", ")}` : "for anyone with write access"}
      {" · "}
    </>
  ) : null;

const Asks = ({ note }: { note: string | undefined }) =>
  note === undefined ? null : (
    <p class="next">
      <b>Approval asked for:</b> <Prose text={note} />
    </p>
  );
