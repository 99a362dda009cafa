import { type TaskState, taskStates } from "../domain/task/state.ts";
import { groups } from "./groups.ts";

/** What somebody looks for, as it stands in the address. */
export type TaskFilter = {
  /** The name of a group, or "" for all. */
  group: string;
  /** `owner/name`, or "" for all. */
  repository: string;
  /** Words that title, repository, number or people must have; "" for any. */
  words: string;
  /** From 1. */
  page: number;
};

/** Further than this nobody turns pages; who looks for something old searches for it. */
const lastPage = 200;

/** Reads an address; what means nothing is as if it were not there. */
export function parseFilter(query: URLSearchParams): TaskFilter {
  const group = query.get("show") ?? "";
  const page = Number(query.get("page") ?? 1);
  return {
    group: groups.some(({ name }) => name === group) ? group : "",
    repository: (query.get("repository") ?? "").slice(0, 200),
    words: (query.get("q") ?? "").trim().slice(0, 200),
    page: Number.isInteger(page) && page >= 1 && page <= lastPage ? page : 1,
  };
}

/** The address of a filter, so that it can be sent to somebody else. */
export function filterAddress(filter: Partial<TaskFilter>): string {
  const { group = "", repository = "", words = "", page = 1 } = filter;
  const query = new URLSearchParams();
  if (group) query.set("show", group);
  if (repository) query.set("repository", repository);
  if (words) query.set("q", words);
  if (page > 1) query.set("page", String(page));
  return query.size === 0 ? "/" : `/?${query}`;
}

/** The states of the tasks that are looked for. */
export function statesOf({ group }: Pick<TaskFilter, "group">): readonly TaskState[] {
  return groups.find(({ name }) => name === group)?.states ?? taskStates;
}

/** Whether somebody looks for something, so that one list is the answer and not the whole overview. */
export function isSearch({ group, words, page }: TaskFilter): boolean {
  return group !== "" || words !== "" || page > 1;
}
