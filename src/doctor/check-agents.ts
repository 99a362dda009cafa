import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { AgentExam, DoctorPorts } from "../ports/doctor.ts";
import { ok, skipped, startsNoAgent, warning, wrong } from "./finding.ts";

/** Whether the program of each configured agent is there, and in which version. */
export async function checkAgents({
  agents,
  settings,
}: Pick<DoctorPorts, "agents" | "settings">): Promise<DoctorFinding[]> {
  if (settings.role === "web") return [skipped(startsNoAgent)];
  const exams = await agents();
  if (exams.length === 0)
    return [
      skipped(
        "no agent is configured: AGENT is not set",
        "Set AGENT, as in `AGENT=claude`; docs/agents.md lists the agents that are known by name.",
      ),
    ];
  const unknown = settings.agents.filter((name) => !exams.some((exam) => exam.name === name));
  return [
    ...exams.map((exam) => judgeAgent(exam, settings.agents)),
    ...unknown.map((name) =>
      wrong(
        `AGENT names ${name}, which is neither a preset nor in DRAFTHORSE_CONFIG`,
        `Take ${name} out of AGENT, or define it under \`agents:\` in the file that DRAFTHORSE_CONFIG names.`,
      ),
    ),
  ];
}

/** An agent that only a brief would name is missed by nobody else. */
function judgeAgent({ name, program, problem, version, tried }: AgentExam, usual: string[]): DoctorFinding {
  const state = usual.includes(name) ? wrong : warning;
  if (problem) return state(`${name}: ${problem.why}`, problem.repair);
  const told = version === null ? "its version is not known" : `version ${version}`;
  const beside = tried !== null && tried !== version ? `; ${tried} was tried with Drafthorse` : "";
  return ok(`${name}: ${program}, ${told}${beside}`);
}
