import type { ChangedFile, FileText } from "../../../src/domain/evidence/change.ts";
import type { Check } from "../../../src/domain/evidence/evidence.ts";
import type { Brief } from "../../../src/domain/task/brief.ts";
import { checkDependencies } from "../../../src/proof/checks/dependencies/check-dependencies.ts";
import { findMoves } from "../../../src/proof/checks/dependencies/find-moves.ts";
import { fakeId } from "../../fakes/fake-github.ts";
import { aTask } from "../../fixtures/tasks.ts";

/** Path → its text before and after; undefined where it does not exist, null where it cannot be read as text. */
export type Files = Record<string, [string | null | undefined, string | null | undefined]>;

/** What the check says of a change of these files; `declared` are entries as in a brief, `has` the base's lockfiles. */
export function changeOf(
  files: Files,
  { declared = [], has = [] }: { declared?: string[]; has?: string[] } = {},
): Check {
  const dependencies = declared.map((entry) => {
    const [, name = "", range] = /^(@?[^@]+)(?:@(.+))?$/.exec(entry) ?? [];
    return { name, ...(range && { range }) };
  });
  const brief = { ...(aTask().brief?.brief as Brief), dependencies };
  const texts = Object.entries(files).map(([path, [before, after]]): FileText => {
    const side = (text: string | null | undefined) =>
      text === undefined ? null : { mode: "100644", id: fakeId(), bytes: text?.length ?? 1 };
    const file: ChangedFile = { path, before: side(before), after: side(after) };
    return { file, before: before ?? undefined, after: after ?? undefined };
  });
  const moves = texts.flatMap((text) => findMoves(text, { brief }));
  return checkDependencies(moves, { brief, files: texts.map(({ file }) => file), lockfiles: new Set(has) });
}

/** The findings as `path:line message`. */
export function said({ findings }: Check): string[] {
  return findings.map(({ path, line, message }) => `${path ?? ""}${line ? `:${line}` : ""} ${message}`);
}
