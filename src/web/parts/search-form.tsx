import { groups } from "../../views/groups.ts";
import type { TaskFilter } from "../../views/parse-filter.ts";

/** What somebody looks for; the answer has an address of its own, which can be sent to others. */
export const SearchForm = ({ filter, repositories }: { filter: TaskFilter; repositories: string[] }) => (
  <search>
    <form class="search" method="get" action="/">
      <label>
        <span class="unseen">Words in title, repository or people</span>
        <input type="search" name="q" value={filter.words} placeholder="Search tasks" maxlength={200} />
      </label>
      <label>
        <span class="unseen">Waiting for</span>
        <select name="show">
          <option value="">Everything</option>
          {groups.map(({ name, title }) => (
            <option value={name} selected={name === filter.group}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="unseen">Repository</span>
        <select name="repository">
          <option value="">All repositories</option>
          {repositories.map((name) => (
            <option value={name} selected={name === filter.repository}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Search</button>
    </form>
  </search>
);
