import type { ChangedFile, FileText } from "../../../domain/evidence/change.ts";
import type { ChangeAddress } from "../../../domain/task/change-address.ts";
import type { Leak } from "../../../ports/secrets.ts";
import type { Ports } from "../../../ports.ts";

/** Where something was found that the base does not have: in a file's text, or in its name. */
export type Leaked = { path: string; in: "text" | "bytes" | "name"; leak: Leak };

/** What a change brings in, gathered file by file. */
export type LeakSearch = { look(text: FileText): Promise<void>; found(): Leaked[] };

type LeakPorts = Pick<Ports, "secrets"> & { objects: Pick<Ports["objects"], "blob"> };

/** A commit of another repository has no bytes here. */
const submodule = "160000";

/**
 * Looks for secrets that the change adds. What any changed file held before is not new, so that a file that moves takes
 * along what it always said.
 */
export function lookForLeaks(at: ChangeAddress, ports: LeakPorts): LeakSearch {
  const before = new Set<string>();
  const after: Leaked[] = [];
  const search = async (side: ChangedFile["before"], text: string | undefined) =>
    ports.secrets.find(text ?? (await readSideText(side, at, ports)));
  return {
    look: async ({ file, ...text }) => {
      const place = text.after === undefined ? "bytes" : "text";
      const leaks = await search(file.after, text.after);
      after.push(...leaks.map((leak) => ({ path: file.path, in: place, leak }) as const));
      after.push(...(await leaksInName(file, ports)));
      // The base says what is not new: where something was found now, and where something may have moved away.
      const known = leaks.length > 0 || !file.after ? await search(file.before, text.before) : [];
      for (const { fingerprint } of known) before.add(fingerprint);
    },
    found: () => after.filter(({ leak }) => !before.has(leak.fingerprint)),
  };
}

async function leaksInName({ path, before }: ChangedFile, { secrets }: Pick<Ports, "secrets">) {
  const leaks = before ? [] : await secrets.find(path);
  return leaks.map((leak): Leaked => ({ path, in: "name", leak }));
}

async function readSideText(side: ChangedFile["before"], at: ChangeAddress, ports: LeakPorts) {
  return side && side.mode !== submodule ? ports.objects.blob(at, side.id) : "";
}
