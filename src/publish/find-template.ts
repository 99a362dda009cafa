import type { Base } from "../domain/evidence/change.ts";
import type { Repository } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";

/** Where GitHub looks for the one template of a repository; the names count in both cases, as people write them. */
const places = ["", ".github/", "docs/"].flatMap((folder) =>
  ["pull_request_template.md", "PULL_REQUEST_TEMPLATE.md"].map((name) => `${folder}${name}`),
);

/** How much of a template is kept, in characters: with our part it must stay below GitHub's 65,536. */
const longest = 5_000;

/** The repository's pull request template as its base has it; undefined where there is none, or one that is too long. */
export async function findTemplate(
  { repository, base }: { repository: Repository; base: Base | undefined },
  { baseFiles }: Pick<Ports, "baseFiles">,
): Promise<string | undefined> {
  if (!base) return undefined;
  const there = await baseFiles.find(repository, base, places);
  const path = places.find((place) => there.has(place));
  const text = path && (await baseFiles.read(repository, base, path))?.trim();
  return text && text.length <= longest ? text : undefined;
}
