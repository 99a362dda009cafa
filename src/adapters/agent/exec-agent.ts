import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { Exit } from "../../domain/evidence/exit.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Agent, AgentOrder } from "../../ports/workshop.ts";
import { judgeUse } from "../proxy/model-use.ts";
import { type AgentSetup, confine } from "./agent-setup.ts";
import { lastOfText } from "./cut-text.ts";
import { type AgentEnding, stoppedBy } from "./ending.ts";
import { programPaths } from "./locate-program.ts";
import { nameOfLine, unnamed } from "./name-of-line.ts";
import { splitWords } from "./split-words.ts";

/** How much of the end of the output is kept as the agent's last words, in bytes. */
const maxSummaryBytes = 8 * 1024;

/** How much of what it is told fits into a variable; the kernel takes 128 KiB. */
const maxPromptBytes = 96 * 1024;

/** An agent that is a plain command line: it reads the task file and edits the tree. */
export function execAgent(setup: AgentSetup, line: string): Pick<Agent, "work"> {
  const words = splitWords(line);
  return {
    async work(order, signal) {
      order.note({ kind: "tool", text: line });
      const stop = AbortSignal.any([signal, abortOnUse(setup, order)]);
      const exit = await runAgentProgram({ setup, line, words, order, signal: stop });
      const summary = lastOfText(exit.log.tail, maxSummaryBytes).trim();
      if (summary !== "") order.note({ kind: "message", text: summary });
      return {
        name: setup.name === unnamed ? nameOfLine(words) : setup.name,
        version: null,
        ...endingOf(exit, { order, stop }),
        summary,
        ...{ costUsd: null, turns: null },
        durationMs: exit.durationMs,
        sandbox: setup.sandbox.kind,
      };
    },
  };
}

async function runAgentProgram(job: {
  setup: AgentSetup;
  line: string;
  words: string[];
  order: AgentOrder;
  signal: AbortSignal;
}): Promise<Exit> {
  const { setup, order } = job;
  const { worktree, bounds } = order;
  const command = confine({
    setup,
    order,
    program: {
      argv: ["sh", "-c", job.line],
      readable: await programPaths(job.words, setup.environment.PATH),
      environment: {
        DRAFTHORSE_TASK_FILE: resolve(worktree.directory, order.taskFile),
        // The task, and behind it what a repair is about: the file in the worktree is the agent's own by then.
        DRAFTHORSE_PROMPT: lastOfText(order.prompt.anew.replaceAll("\0", ""), maxPromptBytes),
      },
    },
  });
  // Beside the home and not in it: what the agent can write it could make a link to a file of the host.
  const log = `${worktree.home}.agent.log`;
  try {
    return await setup.sandbox.run({ command, bounds, log }, job.signal);
  } finally {
    await rm(log, { force: true });
  }
}

/** Aborted with the bound on cost or turns, once the use of the model meets it. */
function abortOnUse({ gauge }: AgentSetup, { bounds }: AgentOrder): AbortSignal {
  const used = new AbortController();
  gauge?.onUse((use) => {
    const judgement = judgeUse(use, bounds);
    if (judgement && judgement !== "nearing") used.abort(judgement satisfies UsedUp);
  });
  return used.signal;
}

type UsedUp = "cost" | "turns";

function isUsedUp(reason: unknown): reason is UsedUp {
  return reason === "cost" || reason === "turns";
}

function endingOf(exit: Exit, { order, stop }: { order: AgentOrder; stop: AbortSignal }): AgentEnding {
  switch (exit.endedBy) {
    case "spawn":
      throw new Failure(
        "agent-unavailable",
        `The agent's command could not be started: ${exit.log.tail.trim() || "sh was not found"}. Correct AGENT.`,
      );
    case "time":
    case "silence":
    case "memory":
    case "processes":
    case "disk":
      return stoppedBy(exit.endedBy, order.bounds);
    case "cancel":
      return stoppedBy(isUsedUp(stop.reason) ? stop.reason : "cancel", order.bounds);
    case "itself":
      return endedItself(exit);
  }
}

function endedItself({ exitCode, signal }: Exit): AgentEnding {
  if (exitCode === 0) return { outcome: "finished", cause: "the command ended with code 0" };
  const how = exitCode === null ? `was ended by ${signal}` : `exited with code ${exitCode}`;
  return { outcome: "failed", cause: `the command ${how}` };
}
