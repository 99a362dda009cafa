import { z } from "zod";
import { isBotLogin } from "../domain/task/bot-login.ts";
import type { Repository } from "../domain/task/task.ts";
import { parseSlashCommand } from "./parse-slash-command.ts";
import { PayloadOrigin, payloadRepository } from "./payload-origin.ts";
import { type Arrival, readArrival } from "./read-arrival.ts";
import { type Departure, readDeparture } from "./read-departure.ts";

const Person = z.object({ id: z.number().int(), login: z.string(), type: z.string() });

/** The fields of a webhook payload that are used, the same for every event that is handled. */
const Payload = PayloadOrigin.extend({ sender: Person });

const IssueFields = z.object({
  number: z.number().int().positive(),
  title: z.string(),
  body: z.string().nullable(),
  user: z.object({ login: z.string() }),
  updated_at: z.iso.datetime(),
  pull_request: z.unknown().optional(),
});
/** The event's name is not signed: a body with a part that belongs to another event is another event's. */
const foreign = z.undefined().optional();

const IssuesPayload = Payload.extend({
  issue: IssueFields,
  comment: foreign,
  label: z.object({ name: z.string() }).optional(),
  changes: z.object({ body: z.unknown().optional() }).optional(),
});
const CommentPayload = Payload.extend({
  issue: IssueFields,
  comment: z.object({ id: z.number().int(), body: z.string(), created_at: z.iso.datetime().optional() }),
});
const PullPayload = Payload.extend({
  comment: foreign,
  pull_request: z.object({ number: z.number().int().positive(), merged: z.boolean().nullish() }),
});
const PushPayload = Payload.omit({ action: true }).extend({ ref: z.string(), after: z.string() });
const ReviewPayload = PullPayload.extend({
  review: z.object({ id: z.number().int(), body: z.string().nullable(), commit_id: z.string().nullish() }),
});
const PullOnlyPayload = PullPayload.extend({
  review: foreign,
  label: z.object({ name: z.string() }).optional(),
});
const RepositoryPayload = Payload.extend({ comment: foreign, issue: foreign, pull_request: foreign });

/** Who asked, where, and in which delivery (its digest). */
export type CommandOrigin = { repository: Repository; by: string; byId: number; delivery: string };

/**
 * The text of an issue as the signed payload has it: this is what was asked (SPEC section 4). `at` is when, by GitHub's
 * clock; there is none where there is no GitHub.
 */
export type IssueText = { number: number; title: string; body: string; author: string; at?: string };

/** What a delivery asks of us, in our words. */
export type Command =
  | (CommandOrigin & { kind: "delegate"; issue: IssueText; label: string })
  | (CommandOrigin & { kind: "revise"; issue: IssueText; asks: boolean })
  | (CommandOrigin & { kind: "withdraw"; issue: number; why: string })
  | (CommandOrigin & { kind: "retry"; on: CommentPlace; words: string })
  | (CommandOrigin & { kind: "cancel"; on: CommentPlace })
  | (CommandOrigin & { kind: "status"; on: CommentPlace })
  | (CommandOrigin & { kind: "approve"; on: CommentPlace; words: string })
  | (CommandOrigin & { kind: "close"; pullRequest: number; merged: boolean })
  | (CommandOrigin & { kind: "reopen"; pullRequest: number })
  | (CommandOrigin & { kind: "configure" })
  | (CommandOrigin & { kind: "mislabel"; number: number; label: string })
  | (CommandOrigin & { kind: "rename" })
  | Arrival
  | Departure;

/**
 * Where a command was written: `comment` is undefined for a review, which takes no reaction, but has the commit that its
 * author looked at. `at` is when, by GitHub's clock.
 */
export type CommentPlace = {
  number: number;
  isPullRequest: boolean;
  comment?: number;
  at?: string;
  commit?: string;
};

type CommandSpeaker = Omit<CommandOrigin, "delivery">;
type ReadEvent = Command extends infer C ? (C extends Command ? Omit<C, "delivery"> : never) : never;

const readers = new Map<string, (payload: unknown) => ReadEvent | undefined>([
  ["issues", readIssues],
  ["issue_comment", readComment],
  ["pull_request", readPullRequest],
  ["pull_request_review", readReview],
  ["push", readPush],
  ["repository", readRepository],
  ["installation", readInstallation],
  ["installation_repositories", readInstallation],
]);

/** Reads one delivery; undefined for everything that asks nothing of us, bodies that do not fit their event included. */
export function readCommand(event: string, delivery: string, payload: unknown): Command | undefined {
  const heard = readers.get(event)?.(payload);
  return heard && { ...heard, delivery };
}

function readInstallation(payload: unknown): ReadEvent | undefined {
  return readArrival(payload) ?? readDeparture(payload);
}

function readIssues(payload: unknown): ReadEvent | undefined {
  const parsed = IssuesPayload.safeParse(payload);
  if (!parsed.success || parsed.data.issue.pull_request) return undefined;
  const { action, issue, label } = parsed.data;
  const asked = whoAsked(parsed.data);
  if (action === "closed" || action === "deleted" || action === "transferred")
    return { ...asked, kind: "withdraw", issue: issue.number, why: `the issue was ${action}` };
  if (action === "edited") {
    // Whoever edits is looked at; only a change of the body asks.
    const asks = mayBeHeard(parsed.data) && parsed.data.changes?.body !== undefined;
    return { ...asked, kind: "revise", issue: issueText(issue), asks };
  }
  if (!mayBeHeard(parsed.data)) return undefined;
  if (action === "labeled" && label)
    return { ...asked, kind: "delegate", issue: issueText(issue), label: label.name };
  if (action === "unlabeled" && label)
    return {
      ...asked,
      kind: "withdraw",
      issue: issue.number,
      why: `the label \`${label.name}\` was removed`,
    };
  return undefined;
}

function readComment(payload: unknown): ReadEvent | undefined {
  const parsed = CommentPayload.safeParse(payload);
  if (!parsed.success || parsed.data.action !== "created" || !mayBeHeard(parsed.data)) return undefined;
  const { issue, comment } = parsed.data;
  const { id, created_at: at, body } = comment;
  const on = {
    number: issue.number,
    isPullRequest: Boolean(issue.pull_request),
    comment: id,
    ...(at && { at }),
  };
  return slashCommand(whoAsked(parsed.data), on, body);
}

function readReview(payload: unknown): ReadEvent | undefined {
  const parsed = ReviewPayload.safeParse(payload);
  if (!parsed.success || parsed.data.action !== "submitted" || !mayBeHeard(parsed.data)) return undefined;
  const { pull_request, review } = parsed.data;
  const commit = review.commit_id;
  const on = { number: pull_request.number, isPullRequest: true, ...(commit && { commit }) };
  return slashCommand(whoAsked(parsed.data), on, review.body ?? "");
}

function readPullRequest(payload: unknown): ReadEvent | undefined {
  const parsed = PullOnlyPayload.safeParse(payload);
  if (!parsed.success) return undefined;
  const { action, pull_request, label } = parsed.data;
  const asked = { ...whoAsked(parsed.data), pullRequest: pull_request.number };
  if (action === "closed") return { ...asked, kind: "close", merged: Boolean(pull_request.merged) };
  if (action === "reopened") return { ...asked, kind: "reopen" };
  if (action === "labeled" && label && mayBeHeard(parsed.data))
    return { ...whoAsked(parsed.data), kind: "mislabel", number: pull_request.number, label: label.name };
  return undefined;
}

/** A repository under another name, or one that nobody can write to any more. */
function readRepository(payload: unknown): ReadEvent | undefined {
  const parsed = RepositoryPayload.safeParse(payload);
  if (!parsed.success) return undefined;
  const { action, repository, sender } = parsed.data;
  if (action === "renamed" || action === "transferred") return { ...whoAsked(parsed.data), kind: "rename" };
  if (action !== "archived" && action !== "deleted") return undefined;
  const why = `The repository was ${action}.`;
  return { kind: "leave", by: sender.login, byId: sender.id, repositoryIds: [repository.id], why };
}

/** Only the default branch says how the repository wants to be worked on. */
function readPush(payload: unknown): ReadEvent | undefined {
  const parsed = PushPayload.safeParse(payload);
  if (!parsed.success || parsed.data.ref !== `refs/heads/${parsed.data.repository.default_branch}`)
    return undefined;
  return { ...whoAsked(parsed.data), kind: "configure" };
}

function slashCommand(asked: CommandSpeaker, on: CommentPlace, text: string): ReadEvent | undefined {
  const command = parseSlashCommand(text);
  if (command?.name === "retry" || command?.name === "approve")
    return { ...asked, kind: command.name, on, words: command.words };
  if (command?.name === "cancel" || command?.name === "status") return { ...asked, kind: command.name, on };
  return undefined;
}

/** A bot is heard if its login leads to an App, which the rules may name; whatever else is no person is not. */
function mayBeHeard({ sender }: z.infer<typeof Payload>): boolean {
  return sender.type === "User" || (sender.type === "Bot" && isBotLogin(sender.login));
}

function whoAsked({ sender, ...origin }: Omit<z.infer<typeof Payload>, "action">): CommandSpeaker {
  return { by: sender.login, byId: sender.id, repository: payloadRepository(origin) };
}

function issueText(issue: z.infer<typeof IssueFields>): IssueText {
  const { number, title, updated_at: at } = issue;
  return { number, title, body: issue.body ?? "", author: issue.user.login, at };
}
