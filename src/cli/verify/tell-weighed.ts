import { withoutStop } from "../../domain/text/full-stop.ts";
import type { Weighed } from "../../proof/audit/weighed.ts";
import { colours, say } from "../say.ts";

/** Prints each statement in a line of its own, and in the last one how many there are of each kind. */
export function tellWeighed(weighed: Weighed[]): void {
  for (const one of weighed) say(weighedLine(one));
  say("");
  say(weighedSummary(weighed));
}

function weighedLine({ what, holds, isSaid, line, repair }: Weighed): string {
  const more = holds === true || repair === "" ? "" : `. ${colours.dim(repair)}`;
  return `${outcomeSign({ holds, isSaid })} ${what}: ${withoutStop(line)}${more}`;
}

/** Signs that are told apart without colours too. */
function outcomeSign({ holds, isSaid }: Pick<Weighed, "holds"> & { isSaid: true | undefined }): string {
  if (isSaid) return colours.yellow("only said:");
  if (holds === undefined) return colours.dim("-");
  return holds ? colours.green("✓") : colours.red("✗");
}

function weighedSummary(weighed: Weighed[]): string {
  const count = (is: (one: Weighed) => boolean) => weighed.filter(is).length;
  const wrong = count(({ holds }) => holds === false);
  const parts = [
    `${count(({ holds }) => holds === true)} hold`,
    `${wrong} do not`,
    `${count(({ isSaid }) => isSaid === true)} are only said`,
    `${count(({ holds, isSaid }) => holds === undefined && !isSaid)} nobody looked at`,
  ];
  return `${parts.join(", ")}.${wrong > 0 ? colours.red(" Do not rely on this.") : ""}`;
}
