import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts, WayExam } from "../ports/doctor.ts";
import { ok, skipped, warning } from "./finding.ts";

/** Why none of it was asked. */
export const noWays = "without a configuration nobody knows which hosts the App would ask";

/** Whether GitHub, git, models and registries are reached, through the network's proxy and by its certificates. */
export async function checkNetwork({
  ways,
  missingAuthorities,
}: Pick<DoctorPorts, "ways" | "missingAuthorities">): Promise<DoctorFinding[]> {
  const lost = missingAuthorities.map(({ variable, file }) =>
    warning(
      `${variable} names ${file}, which is not there: its certificates are not trusted`,
      `Set ${variable} to the file with your authority's certificate, or unset it.`,
    ),
  );
  const found = await ways();
  if (found.length === 0) return [...lost, skipped(noWays)];
  const open = found.filter(({ blocked }) => blocked === null);
  return [
    ...lost,
    ...(open.length > 0 ? [ok(`${open.map(describeWay).join(", ")} answer`)] : []),
    ...found.flatMap(({ name, blocked }): DoctorFinding[] =>
      blocked ? [{ state: "wrong", line: `${name}: ${blocked.why}`, repair: blocked.repair }] : [],
    ),
  ];
}

function describeWay({ name, url, proxy }: WayExam): string {
  return `${name} (${new URL(url).host}${proxy === null ? "" : ` by ${proxy}`})`;
}
