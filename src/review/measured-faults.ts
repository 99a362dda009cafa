import { endOfOutput } from "../domain/evidence/end-of-output.ts";
import { type Check, Evidence, type Finding } from "../domain/evidence/evidence.ts";
import { newestProof } from "../domain/task/newest-proof.ts";
import type { Feedback, Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";

type Faults = NonNullable<Feedback["checks"]>;

/** More findings of one check are counted. */
const mostFindings = 20;

/** What our own checks found wrong with the published work, so that a correction need not be told it by people. */
export async function measuredFaults(task: Task, { artefacts }: Pick<Ports, "artefacts">): Promise<Faults> {
  const proved = newestProof(task)?.evidence;
  const bytes = proved && (await artefacts.read(proved.artefact));
  // What cannot be read any more was shown to people, who can still say it.
  const parsed = bytes && Evidence.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  return parsed?.data ? faultsOf(parsed.data) : [];
}

/** The checks that did not pass, with their findings; of a red validation also the end of what it wrote. */
export function faultsOf({ checks, validation }: Pick<Evidence, "checks" | "validation">): Faults {
  return checks
    .filter(({ status }) => status === "fail" || status === "attention")
    .map((check) => {
      const isRed = check.name === "validation" && validation;
      const lines = [check.line, ...faultLines(check), ...(isRed ? [endOfOutput(validation.exit)] : [])];
      return { name: `drafthorse: ${check.name}`, conclusion: check.status, output: lines.join("\n") };
    });
}

function faultLines({ findings }: Check): string[] {
  const shown = findings.slice(0, mostFindings).map((finding) => `${placePrefix(finding)}${finding.message}`);
  const more = findings.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more`] : shown;
}

function placePrefix({ path, line }: Finding): string {
  if (path === undefined) return "";
  return line === undefined ? `${path}: ` : `${path}:${line}: `;
}
