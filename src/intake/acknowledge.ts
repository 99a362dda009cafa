import type { Ports } from "../ports.ts";
import type { Spoken } from "./hear-command.ts";

/** Reacts to a command: eyes if it was taken, confused if it was refused. A review takes no reaction. */
export async function acknowledge(
  command: Spoken,
  taken: boolean,
  ports: Pick<Ports, "issues">,
): Promise<void> {
  const { repository, on } = command;
  if (!on.comment) return;
  await ports.issues.react(
    { repository, number: on.number, comment: on.comment },
    taken ? "eyes" : "confused",
  );
}
