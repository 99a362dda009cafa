import { mkdir } from "node:fs/promises";
import { basename } from "node:path";
import { askedMode } from "../../adapters/host/widen-umask.ts";
import type { LocalRepository } from "../../adapters/local/open-repository.ts";
import { givenGround } from "../given-repository.ts";
import { readGiven } from "../read-given.ts";
import { orUsageError } from "../usage-error.ts";
import { clearEarlier } from "./clear-earlier.ts";

/** A brief as a file holds it, with the title that an issue would have. */
export type BriefText = { title: string; body: string };

/** Who asked for the work in a delivery that is replayed, and what for; without one it is `you` in a local run. */
export type Asked = {
  number: number;
  author: string;
  by: string;
  byId: number;
  label: string;
  delivery: string;
};

/** What a local run was called with, once it is known to be there. */
export type GivenRun = { text: BriefText; local: LocalRepository; asked?: Asked };

/** Reads what a local run was called with, and makes the directory for its results. Rejects with a usage error. */
export async function readGivenRun(
  brief: string,
  { repo, out }: { repo: string; out: string },
): Promise<GivenRun> {
  const body = (await readGiven(brief, "a Markdown file with the brief")).toString("utf8");
  const local = await givenGround(repo);
  await orUsageError(mkdir(out, { recursive: true, mode: askedMode() }), {
    path: out,
    repair: "Name another directory by --out.",
  });
  await orUsageError(clearEarlier(out), { path: out, repair: "Name another directory by --out." });
  return { text: { title: firstHeading(body) ?? basename(brief, ".md"), body }, local };
}

/** A first-level heading names the task; the fields of a brief stand under lower ones. */
function firstHeading(body: string): string | undefined {
  return /^# (?<title>\S.*)$/m.exec(body)?.groups?.title;
}
