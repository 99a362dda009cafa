import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { ExposedWorkflow } from "../domain/rules/protection.ts";
import { findExposed, workflowFolder } from "../policy/find-workflows.ts";
import type { DoctorPorts, ExaminedRepository } from "../ports/doctor.ts";
import { ok, warning } from "./finding.ts";
import { withRepository } from "./with-app.ts";

/** More workflows than these are not read, since each is a request. */
const most = 50;

/** Any branch of ours: no filter of a workflow knows an issue's number beforehand. */
const branch = "agent/1-task";

/** Whether a workflow would run the agent's branch with secrets, before a person has read it. */
export async function checkWorkflows(ports: Pick<DoctorPorts, "repository">): Promise<DoctorFinding[]> {
  return withRepository(ports, async (examined) => {
    const names = (await examined.list(workflowFolder)).filter((name) => /\.ya?ml$/.test(name));
    const exposed = await Promise.all(names.slice(0, most).map((name) => exposedAt(examined, name)));
    const found = exposed.flatMap((one) => (one ? [exposedFinding(one)] : []));
    const rest = names.length - most;
    if (rest > 0)
      found.push(
        warning(
          `${rest} of ${names.length} workflows were not read`,
          `Read them yourself: see ${workflowFolder}.`,
        ),
      );
    return found.length > 0
      ? found
      : [
          ok(
            names.length === 0
              ? "there are none"
              : `none of ${names.length} runs the agent's branch with secrets`,
          ),
        ];
  });
}

async function exposedAt(
  { repository, files }: ExaminedRepository,
  name: string,
): Promise<ExposedWorkflow | undefined> {
  const path = `${workflowFolder}/${name}`;
  const text = (await files.read(repository, path))?.text ?? "";
  return findExposed({ path, text }, { branch, base: repository.defaultBranch });
}

function exposedFinding({ path, event, holds }: ExposedWorkflow): DoctorFinding {
  return warning(
    `${path} runs the agent's branch by \`${event}\` with ${holds.join(", ")}`,
    `In ${path}, keep \`agent/**\` out of the branches of \`${event}\`, or the secrets in an environment that wants an approval.`,
  );
}
