import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { type OfferPorts, offerSetUp } from "./offer-set-up.ts";

/** More repositories at once are an account's, and nobody chose each of them (SPEC section 11). */
const mostAtOnce = 5;

/** How GitHub shows the label: in our colour, with what it does. */
const look = { color: "8a5a1c", description: "Hands the issue to a coding agent, by Drafthorse" };

/** The App came to repositories that somebody chose → the label is there that hands issues over, and a set-up is offered. */
export async function arrive(
  { repositories }: Extract<Command, { kind: "arrive" }>,
  ports: Pick<Ports, "labels" | "policies" | "log"> & OfferPorts,
): Promise<void> {
  if (repositories.length > mostAtOnce)
    return ports.log.info(
      { repositories: repositories.length },
      "no label was made and no set-up offered: too many repositories at once",
    );
  for (const repository of repositories) {
    const { label } = (await ports.policies.read(repository)).policy;
    const outcome = await ports.labels.ensure(repository, { name: label, ...look });
    ports.log.info({ repository: repository.id, label, outcome }, "label looked after");
    await offerSetUp(repository, ports);
  }
}
