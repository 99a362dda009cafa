import { rm } from "node:fs/promises";
import { givenRepository } from "./given-repository.ts";
import { layGround, type ReplayGround } from "./replay/lay-ground.ts";
import { type Delegate, readDelivery } from "./replay/read-delivery.ts";
import { sayHappening } from "./run/narrate.ts";
import type { GivenRun } from "./run/read-given-run.ts";
import { tellResult } from "./run/tell-result.ts";
import { temporaryDirectory } from "./temporary-directory.ts";
import { UsageError } from "./usage-error.ts";

/** What `drafthorse replay` may be told. */
export type ReplayOptions = {
  repo: string;
  out: string;
  base?: string;
  change?: string;
  agent?: string;
  json?: boolean;
};

/**
 * Takes the delivery of a label through the App's recipes again, on a copy of the repository and without GitHub. The agent
 * is a command, or a fake that applies a change that is known; the same delivery then gives the same body, times and ids aside.
 */
export async function replay(delivery: string, options: ReplayOptions): Promise<void> {
  const { change, agent } = options;
  if ((change === undefined) === (agent === undefined))
    throw new UsageError(
      "Say what the agent does: --change COMMIT applies a known change, --agent runs a command.",
    );
  const command = await readDelivery(delivery);
  const source = await givenRepository(options.repo);
  const directory = await temporaryDirectory("replay");
  try {
    const ground = await layGround(source, { ...options, repository: command.repository, directory });
    const { workOn } = await import("./run/work-on.ts");
    const outcome = await workOn({
      ...{ directory, out: options.out, given: givenOf(command, ground) },
      agent: agent ?? fakeAgent(ground),
      tell: (happening) => sayHappening(happening, options),
    });
    tellResult(outcome, options);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function givenOf({ issue, label, by, byId, delivery }: Delegate, { local }: ReplayGround): GivenRun {
  const { number, title, body, author } = issue;
  return { local, text: { title, body }, asked: { number, author, by, byId, label, delivery } };
}

function fakeAgent({ patch = "" }: ReplayGround): string {
  return `exec:git apply --whitespace=nowarn '${patch}'`;
}
