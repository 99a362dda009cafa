import type { Probot } from "probot";
import { peopleOnce } from "../intake/people-once.ts";
import { type Command, readCommand } from "../intake/read-command.ts";
import { readNews } from "../intake/read-news.ts";
import { accept } from "../pipeline/accept.ts";
import { approve } from "../pipeline/approve.ts";
import { arrive } from "../pipeline/arrive.ts";
import { cancel } from "../pipeline/cancel.ts";
import { close } from "../pipeline/close.ts";
import { correct } from "../pipeline/correct.ts";
import { follow } from "../pipeline/follow.ts";
import { leave } from "../pipeline/leave.ts";
import { mislabel } from "../pipeline/mislabel.ts";
import { refresh } from "../pipeline/refresh.ts";
import { release } from "../pipeline/release.ts";
import { rename } from "../pipeline/rename.ts";
import { revise } from "../pipeline/revise.ts";
import { schedule } from "../pipeline/schedule.ts";
import { withdraw } from "../pipeline/withdraw.ts";
import type { Ports } from "../ports.ts";

type CommandRecipe<K extends Command["kind"]> = (
  order: Extract<Command, { kind: K }>,
  ports: Ports,
) => Promise<void>;

/** The event table: what each command leads to. */
const recipes: { [K in Command["kind"]]: CommandRecipe<K> } = {
  delegate: accept,
  revise,
  withdraw,
  retry: correct,
  cancel,
  status: refresh,
  approve,
  close,
  reopen: close,
  configure: release,
  mislabel,
  arrive,
  leave,
  rename,
};

/**
 * The Probot app: every delivery becomes a command or nothing, and then news or nothing, which are judged by what the
 * command has made of the task. Its id is the digest that the ingress gave it.
 */
export function app(probot: Probot, ports: Ports): void {
  probot.onAny(async (context) => {
    const command = readCommand(context.name, context.id, context.payload);
    if (command) await obey(command, ports);
    const news = readNews(context.name, context.payload);
    if (news) await follow(news, asOf(ports));
  });
}

/** Hands one command to its recipe, which holds to the rules that it first read. */
async function obey<K extends Command["kind"]>(
  command: Extract<Command, { kind: K }>,
  ports: Ports,
): Promise<void> {
  const recipe: CommandRecipe<K> = recipes[command.kind as K];
  ports.log.info(
    {
      kind: command.kind,
      repository: "repository" in command ? command.repository.id : undefined,
      by: command.by,
    },
    "command",
  );
  const own = asOf(ports);
  await recipe(command, own);
  // Whatever it was may have made room: a task, a pull request or an issue has ended, or the rules are others.
  await schedule(own, { look: command.kind === "withdraw" });
}

/** What one delivery is handled by: the rules and the permissions as they were first read. */
function asOf(ports: Ports): Ports {
  return { ...ports, policies: ports.policies.once(), people: peopleOnce(ports.people) };
}
