import type { Submodule } from "../domain/evidence/change.ts";
import { quoteEnd } from "../domain/evidence/end-of-output.ts";
import { Failure } from "../domain/task/failure.ts";
import { isGreen, type Series } from "./run/outcome-of.ts";

type MissingSubmodule = Required<Submodule>;

/** More of them than these are named by their number. */
const named = 5;

/** A failure on the base that also says which submodules were in no checkout; anything else as it is. */
export function withSubmodules<T>(thrown: T, missing: MissingSubmodule[]): T | Failure {
  if (missing.length === 0 || !(thrown instanceof Failure) || !["setup", "brief"].includes(thrown.kind))
    return thrown;
  return new Failure(thrown.kind, `${sayMissing(missing)} ${thrown.message}`, { cause: thrown });
}

/**
 * The failure of a red base whose output names a submodule that is in no checkout: no change can make it green. A base that
 * is green, or red for a reason of its own, needs none of them.
 */
export function blameSubmodules({ runs }: Series, missing: MissingSubmodule[]): Failure | undefined {
  const [run] = runs;
  if (!run || isGreen(run) !== false) return undefined;
  const output = `${run.exit.log.head}\n${run.exit.log.tail}`;
  const wanted = missing.filter(({ path }) => isNamedIn(path, output));
  if (wanted.length === 0) return undefined;
  return new Failure(
    "setup",
    `${sayMissing(wanted)} The command on the base branch is red, and speaks of it. ${quoteEnd(run.exit)}`,
  );
}

/** One sentence for each, with the repair. */
function sayMissing(missing: MissingSubmodule[]): string {
  const said = missing
    .slice(0, named)
    .map((one) => `The submodule \`${one.path}\` is in no checkout: ${one.missing}`);
  const more = missing.length - said.length;
  return [...said, ...(more > 0 ? [`${more} more are missing.`] : [])].join(" ");
}

/** As a path from the root of the checkout or of a file's folder, so that `lib` is not found in `/usr/lib`. */
function isNamedIn(path: string, output: string): boolean {
  const literal = path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?:^|[\\s"'\`(=:,\\[]|\\.\\.?/|proof-\\d+/)${literal}(?:$|[/\\s"'\`):,;\\]])`, "m").test(
    output,
  );
}
