import type { Change, ChangedFile } from "../domain/evidence/change.ts";
import type { AgentReport, Finding, RowsBy } from "../domain/evidence/evidence.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import type { Brief } from "../domain/task/brief.ts";
import { changeAddress } from "../domain/task/change-address.ts";
import type { Ports } from "../ports.ts";
import { checkCriteria, type NamedFile } from "./checks/criteria/check-criteria.ts";
import { type CriterionClaim, readClaims } from "./checks/criteria/read-claims.ts";
import type { TurnedTest } from "./checks/criteria/turned-tests.ts";
import { checkApprovals } from "./checks/paths/check-approvals.ts";
import { checkProtected } from "./checks/paths/check-protected.ts";
import { checkScope } from "./checks/paths/check-scope.ts";
import { checkSize } from "./checks/paths/check-size.ts";
import { checkStrays } from "./checks/paths/check-strays.ts";
import { findNamed, namedIn } from "./checks/paths/find-named.ts";

/** How many of the files that an agent names are looked up, over all criteria. */
const mostNamed = 100;

/**
 * What is surveyed: `files` are those between the task's base and the change, with lines and moves; `turned` are the tests
 * that went from red to green.
 */
export type Surveyed = {
  agent: Pick<AgentReport, "summary">;
  change: Change;
  files: ChangedFile[];
  turned: TurnedTest[];
};

/** The checks that look at paths and numbers rather than at what the files say. */
export async function survey(
  task: AcceptedTask,
  surveyed: Surveyed,
  ports: Pick<Ports, "policies" | "objects" | "baseFiles">,
): Promise<RowsBy<"paths">> {
  const { agent, change, files, turned } = surveyed;
  const { brief } = task.brief;
  const grounds = { brief, policy: await ports.policies.of(task.repository), files };
  const trim = change.trimmed ?? { paths: [], patch: null };
  const claims = claimsFor(brief, agent.summary);
  const named = await readNamedFiles(task, { change, files, claims }, ports);
  return {
    scope: checkScope({
      ...grounds,
      inSubmodules: change.inSubmodules ?? [],
      named: await findNonGoals(task, { change, files }, ports),
    }),
    protected: checkProtected(grounds, trim),
    approvals: checkApprovals(grounds),
    size: checkSize(grounds),
    strays: checkStrays(trim),
    criteria: checkCriteria({ criteria: brief.doneWhen, turned, claims, files: named }),
  };
}

/** What the change touches that non-goals name; the files are read again where they name something. */
async function findNonGoals(
  task: AcceptedTask,
  { change, files }: Pick<Surveyed, "change" | "files">,
  ports: Pick<Ports, "objects">,
): Promise<Finding[]> {
  const named = namedIn(task.brief.brief.nonGoals);
  if (named.length === 0) return [];
  const at = changeAddress(task, change);
  const findings: Finding[] = [];
  for await (const text of ports.objects.texts(at, files)) findings.push(...findNamed(text, named));
  return findings;
}

/** What the agent says of criteria that there are not is of no interest to anybody. */
function claimsFor({ doneWhen }: Pick<Brief, "doneWhen">, summary: string): Map<string, CriterionClaim> {
  const known = new Set(doneWhen.map(({ id }) => id));
  return new Map([...readClaims(summary)].filter(([id]) => known.has(id)));
}

type SurveyedChange = { change: Change; files: ChangedFile[]; claims: ReadonlyMap<string, CriterionClaim> };

/** Those of the named files that the change's tree has as texts; what did not change is read from the base. */
async function readNamedFiles(
  task: AcceptedTask,
  { change, files, claims }: SurveyedChange,
  ports: Pick<Ports, "objects" | "baseFiles">,
): Promise<Map<string, NamedFile>> {
  const { repository } = task;
  const wanted = new Set([...claims.values()].flatMap((claim) => claim.files).slice(0, mostNamed));
  const found = new Map<string, NamedFile>();
  const touched = files.filter(({ path }) => wanted.has(path));
  const at = changeAddress(task, change);
  for await (const { file, after } of ports.objects.texts(at, touched))
    if (after !== undefined) found.set(file.path, { text: after, changed: true });
  const changed = new Set(touched.map(({ path }) => path));
  const rest = [...wanted].filter((path) => !changed.has(path));
  const base = task.attempts[0]?.base ?? change.base;
  for (const path of rest.length > 0 ? await ports.baseFiles.find(repository, base, rest) : []) {
    const text = await ports.baseFiles.read(repository, base, path);
    if (text !== undefined) found.set(path, { text, changed: false });
  }
  return found;
}
