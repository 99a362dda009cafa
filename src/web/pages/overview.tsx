import type { Task } from "../../domain/task/task.ts";
import { plural } from "../../domain/text/plural.ts";
import { type Group, groups } from "../../views/groups.ts";
import { filterAddress, isSearch, parseFilter, type TaskFilter } from "../../views/parse-filter.ts";
import { taskLine } from "../../views/task-line.ts";
import { asksOf } from "../asks-of.ts";
import { type FoundTasks, findTasks, pageSize } from "../find-tasks.ts";
import type { MakePage, PageSources } from "../page.ts";
import { SearchForm } from "../parts/search-form.tsx";
import { TaskList } from "../parts/task-list.tsx";
import type { ReadableRepository } from "../readable.ts";

/** How many tasks of a group the overview shows; a link leads to all of them. */
const shownOfGroup = { forPeople: 10, others: 5 };

/** The first page: what waits for a person, what runs, what has ended; or the list that somebody looks for. */
export const overviewPage: MakePage = async (request, sources) => {
  const filter = parseFilter(request.query);
  const repositories = await request.repositories();
  const names = repositories.map(({ name }) => name);
  const wanted = repositories.filter(({ name }) => !filter.repository || name === filter.repository);
  const content = (
    <>
      <h1 class="unseen">Overview</h1>
      <SearchForm filter={filter} repositories={names} />
      {repositories.length === 0 ? (
        <Nothing />
      ) : isSearch(filter) ? (
        await searched(filter, repositories, sources)
      ) : (
        await everyGroup(filter, wanted, sources)
      )}
    </>
  );
  return { title: "Overview", content };
};

async function searched(filter: TaskFilter, repositories: ReadableRepository[], { ports }: PageSources) {
  const found = await findTasks(filter, repositories, ports);
  const title = groups.find(({ name }) => name === filter.group)?.title ?? "Tasks";
  return (
    <Searched {...{ filter, found, title }} now={ports.clock.now()} asks={await asksOf(found.tasks, ports)} />
  );
}

async function everyGroup(filter: TaskFilter, wanted: ReadableRepository[], { ports }: PageSources) {
  const ids = wanted.map(({ id }) => id);
  const shown = await Promise.all(
    groups.map(async (group) => {
      const limit = group.isForPeople ? shownOfGroup.forPeople : shownOfGroup.others;
      const total = countOf(group, wanted);
      const tasks =
        total === 0
          ? []
          : await ports.tasks.select({ repositories: ids, states: group.states, skip: 0, limit });
      return { group, total, tasks };
    }),
  );
  const asks = await asksOf(
    shown.flatMap(({ tasks }) => tasks),
    ports,
  );
  const parts = { filter, asks, now: ports.clock.now() };
  return (
    <>
      <Counts filter={filter} shown={shown} />
      {shown.map((one) => (
        <GroupBox {...one} {...parts} />
      ))}
    </>
  );
}

function countOf({ states }: Group, repositories: ReadableRepository[]): number {
  return repositories
    .flatMap(({ counts }) => counts)
    .filter(({ state }) => states.includes(state))
    .reduce((sum, { count }) => sum + count, 0);
}

type ShownGroup = { group: Group; total: number; tasks: Task[] };
type ListParts = { filter: TaskFilter; now: Date; asks: Map<string, string> };

const Counts = ({ filter, shown }: { filter: TaskFilter; shown: ShownGroup[] }) => (
  <nav aria-label="Tasks by what they wait for">
    <ul class="counts">
      {shown.map(({ group, total }) => (
        <li class={total > 0 ? group.tone : "none"}>
          <a href={filterAddress({ ...filter, group: group.name })}>
            <b>{total}</b> {group.title === "Ended last" ? "Ended" : group.title}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const GroupBox = ({ group, total, tasks, filter, now, asks }: ShownGroup & ListParts) => (
  <section class="box" aria-labelledby={`group-${group.name}`}>
    <header>
      <h2 id={`group-${group.name}`}>{group.title}</h2>
      <span class="count">{total}</span>
      {total > tasks.length && (
        <a class="all" href={filterAddress({ ...filter, group: group.name })}>
          {`Show all ${total}`}
          <span class="unseen">{`: ${group.title}`}</span>
        </a>
      )}
    </header>
    {tasks.length === 0 ? (
      <p class="inside muted">{group.empty}</p>
    ) : (
      <TaskList lines={tasks.map(taskLine)} now={now} asks={asks} />
    )}
  </section>
);

const Searched = ({ filter, found, title, now, asks }: ListParts & { found: FoundTasks; title: string }) => (
  <section class="box" aria-labelledby="found">
    <header>
      <h2 id="found">{title}</h2>
      <p>{`${plural(found.tasks.length, "task")}${filter.page > 1 ? ` on page ${filter.page}` : ""}`}</p>
      <a class="all" href={filterAddress({ repository: filter.repository })}>
        Back to the overview
      </a>
    </header>
    {found.tasks.length === 0 ? (
      <p class="inside muted">Nothing matches. Take words or filters away, or go back to the overview.</p>
    ) : (
      <TaskList lines={found.tasks.map(taskLine)} now={now} asks={asks} />
    )}
    <Pager filter={filter} hasNext={found.hasNext} />
  </section>
);

const Pager = ({ filter, hasNext }: { filter: TaskFilter; hasNext: boolean }) =>
  filter.page === 1 && !hasNext ? null : (
    <nav class="pager" aria-label="Pages of the list">
      {filter.page > 1 && (
        <a rel="prev" href={filterAddress({ ...filter, page: filter.page - 1 })}>
          Newer
        </a>
      )}
      {hasNext && (
        <a rel="next" href={filterAddress({ ...filter, page: filter.page + 1 })}>{`Next ${pageSize}`}</a>
      )}
    </nav>
  );

const Nothing = () => (
  <section class="notice">
    <h2>Nobody has asked for anything yet</h2>
    <p>Tasks of the repositories that you can read appear here. To make the first one:</p>
    <ol>
      <li>Install the App on a repository.</li>
      <li>
        Open an issue with a goal, non-goals, a command that proves it, and what “done” means. The issue form
        “Agent task” asks for each.
      </li>
      <li>
        Add the label <code>agent-task</code>. The answer is a comment on the issue within seconds.
      </li>
    </ol>
  </section>
);
