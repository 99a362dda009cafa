import { taskStates } from "../../../src/domain/task/state.ts";
import { task } from "./samples.ts";

/**
 * The ledger as version 0.1 made it before migrations had numbers: its tables, and a task in every state. It is never
 * edited, so that each later version is held to what is out there.
 */
export const tablesOf01 = `
  create schema drafthorse;
  create table drafthorse.delivery (
    digest text primary key, arrival bigint generated always as identity, delivery text, settled_at timestamptz);
  create index delivery_pending on drafthorse.delivery (arrival) where settled_at is null;
  create table drafthorse.task (
    key text primary key, version bigint not null, task text not null, repository_id bigint not null,
    issue_number bigint not null, pull_request bigint, live boolean not null);
  create index task_issue on drafthorse.task (repository_id, issue_number);
  create index task_pull_request on drafthorse.task (repository_id, pull_request) where pull_request is not null;
  create index task_live on drafthorse.task (key) where live;
  create table drafthorse.history (
    key text not null, position bigint generated always as identity, entry text not null,
    primary key (key, position));
  create table drafthorse.lock (key text primary key, token text not null, expires_at timestamptz not null)`;

/** One record of it: `key` is its task's key, `live` says that the task had not ended. */
export type RecordOf01 = { key: string; issueNumber: number; text: string; live: boolean };

/** A task in every state that 0.1 knew, and one that a newer version left in a state of its own. */
export const recordsOf01: RecordOf01[] = [...taskStates, "parked"].map((state, index) => {
  const issueNumber = index + 1;
  const id = { repositoryId: 1, issueNumber, round: 1 };
  const text = JSON.stringify({ ...task({ id }), state, fromANewerVersion: { kept: [issueNumber] } });
  return { key: `task-1-${issueNumber}-1`, issueNumber, text, live: !state.startsWith("ended") };
});

/** The issue of the task whose state no version up to this one knows. */
export const parkedIssue = recordsOf01.length;
