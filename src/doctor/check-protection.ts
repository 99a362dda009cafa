import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { Gap } from "../domain/rules/protection.ts";
import { repositoryName } from "../domain/task/repository-name.ts";
import { withoutStop } from "../domain/text/full-stop.ts";
import { judgeProtection } from "../policy/judge-protection.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { describeGap } from "../publish/render-protection.ts";
import { ok, skipped, warning, wrong } from "./finding.ts";
import { withRepository } from "./with-app.ts";

/** Whether a merge is held to people's approval by our check, required from this very App. */
export async function checkProtection(ports: Pick<DoctorPorts, "repository">): Promise<DoctorFinding[]> {
  return withRepository(ports, async (examined) => {
    const { repository, policies, protection } = examined;
    const { policy } = await policies.read(repository);
    if (policy.protection === "ignore") return [skipped("`protection: ignore` says not to look")];
    const branch = policy.base ?? repository.defaultBranch;
    const rules = await protection.rules(repository, branch);
    if (!rules) return [skipped(`there is no branch ${branch}`)];
    const all = judgeProtection(rules, protection.app);
    // GitHub shows who may bypass a ruleset to nobody but administrators, so that this is no gap that could be mended.
    const gaps = all.filter(({ kind, measured }) => kind !== "bypass" || measured);
    const at = repositoryName(examined.repository);
    const unseen = all.length > gaps.length ? "; who may bypass that is under Settings, Rules" : "";
    if (gaps.length === 0)
      return [ok(`${branch} requires reviews and our check, pinned to this App${unseen}`)];
    return gaps.map((gap) => gapFinding(gap, { branch, at, isDefault: branch === repository.defaultBranch }));
  });
}

type Where = { branch: string; at: string; isDefault: boolean };

function gapFinding(gap: Gap, { branch, at, isDefault }: Where): DoctorFinding {
  const line = withoutStop(describeGap(gap, branch));
  if (!gap.measured)
    return warning(
      line,
      "Grant the App `administration: read` on its settings page, or look under Settings, Rules.",
    );
  if (gap.kind === "bypass")
    return warning(line, `Take them off the bypass list at Settings, Rules of ${at}, or live with it.`);
  const onto = isDefault ? "" : ` --branch ${/^[\w./-]+$/.test(branch) ? branch : "BRANCH"}`;
  const repair = `\`npx drafthorse protect ${at}${onto} --apply\`, with an administrator's own token as GITHUB_TOKEN.`;
  return gap.kind === "stale" ? warning(line, repair) : wrong(line, repair);
}
