import type { Change, ChangedFile, FileText } from "../domain/evidence/change.ts";
import type { Check, RowsBy } from "../domain/evidence/evidence.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import { changeAddress } from "../domain/task/change-address.ts";
import type { Ports } from "../ports.ts";
import {
  type ConditionFact,
  checkConditions,
  lookAtConditions,
} from "./checks/conditions/check-conditions.ts";
import type { ElsewhereTold } from "./checks/conditions/weigh-elsewhere.ts";
import { checkDependencies } from "./checks/dependencies/check-dependencies.ts";
import { lockfilesFor } from "./checks/dependencies/file-kinds.ts";
import { findMoves } from "./checks/dependencies/find-moves.ts";
import type { Grounds } from "./checks/paths/grounds.ts";
import { checkHiddenText, findHiddenText } from "./checks/text/check-hidden-text.ts";
import { checkSecrets } from "./checks/text/check-secrets.ts";
import { lookForLeaks } from "./checks/text/look-for-leaks.ts";
import { checkTests, lookAtTests } from "./checks/weakened-tests/check-tests.ts";
import { readStandingTests } from "./read-standing-tests.ts";

/** What the inspecting checks are told besides: the lockfiles that the base has for the manifests that changed. */
type ReadGrounds = Grounds & { lockfiles: Set<string> };

/** A check that needs no process: what it sees in each file as the change is read once, and what that adds up to. */
export type Inspection<Row extends Check = Check> = (grounds: ReadGrounds) => {
  look(text: FileText): void;
  check(): Row;
};

/** Makes an inspection of its two pure parts. */
export function inspectionOf<Seen, Row extends Check>(
  look: (text: FileText, grounds: ReadGrounds) => Seen[],
  check: (seen: Seen[], grounds: ReadGrounds) => Row,
): Inspection<Row> {
  return (grounds) => {
    const seen: Seen[] = [];
    return {
      look: (text) => {
        for (const one of look(text, grounds)) seen.push(one);
      },
      check: () => check(seen, grounds),
    };
  };
}

/** Reads the change once, file by file, and lets every inspecting check say what it saw. */
export async function inspect(
  task: AcceptedTask,
  { change, files, elsewhere }: { change: Change; files: ChangedFile[]; elsewhere: ElsewhereTold },
  ports: Pick<Ports, "policies" | "objects" | "baseFiles" | "secrets">,
): Promise<RowsBy<"texts">> {
  const { repository, brief } = task;
  const policy = await ports.policies.of(repository);
  const lockfiles = await lockfilesOf(task, { change, files }, ports);
  const grounds = { brief: brief.brief, policy, files, lockfiles };
  const [hidden, tests, moves] = [
    inspectionOf(findHiddenText, checkHiddenText)(grounds),
    inspectionOf(lookAtTests, checkTests)(grounds),
    inspectionOf(findMoves, checkDependencies)(grounds),
  ];
  const at = changeAddress(task, change);
  const leaks = lookForLeaks(at, ports);
  const conditions: ConditionFact[] = [];
  for await (const text of ports.objects.texts(at, files)) {
    for (const inspection of [hidden, tests, moves]) inspection.look(text);
    conditions.push(...lookAtConditions(text));
    await leaks.look(text);
  }
  const standing = await readStandingTests({ at, files, facts: conditions }, ports);
  return {
    "hidden text": hidden.check(),
    tests: tests.check(),
    dependencies: moves.check(),
    conditions: checkConditions([...conditions, ...standing], elsewhere),
    secrets: checkSecrets(leaks.found()),
  };
}

/** More places than this are not asked about: nobody has that many manifests in one change. */
const maxPlaces = 2_000;

function lockfilesOf(
  task: AcceptedTask,
  { change, files }: { change: Change; files: ChangedFile[] },
  ports: Pick<Ports, "baseFiles">,
): Promise<Set<string>> {
  const places = [...new Set(files.flatMap(({ path }) => lockfilesFor(path)))].slice(0, maxPlaces);
  const base = task.attempts[0]?.base ?? change.base;
  return places.length === 0
    ? Promise.resolve(new Set())
    : ports.baseFiles.find(task.repository, base, places);
}
