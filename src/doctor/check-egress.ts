import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { noWays } from "./check-network.ts";
import { ok, skipped, startsNoAgent, wrong } from "./finding.ts";

/** Whether set-up reaches its registry from inside the sandbox, over our proxy. */
export async function checkEgress({
  egress,
  sandbox,
  settings,
}: Pick<DoctorPorts, "egress" | "sandbox" | "settings">): Promise<DoctorFinding[]> {
  if (settings.role === "web") return [skipped(startsNoAgent)];
  if (!settings.isSet) return [skipped(noWays)];
  if ((await sandbox()).kind === "trouble") return [skipped("there is no sandbox to go out of")];
  const exams = await egress();
  return exams.map(({ host, blocked }) =>
    blocked === null
      ? ok(`${host} is reached from inside the sandbox, and only what is allowed`)
      : wrong(
          `${host} is not reached from inside the sandbox: ${blocked}`,
          `If ${host} lies in your own network, name it under \`egress.private\` in DRAFTHORSE_CONFIG; else see \`network\`.`,
        ),
  );
}
