import { localFiles, localGround } from "../adapters/local/local-files.ts";
import { findLocalRepository, type LocalRepository } from "../adapters/local/open-repository.ts";
import { renderCorrected } from "../brief/answer/render-problems.ts";
import { shortHash } from "../brief/fields/brief-hash.ts";
import { limits } from "../brief/fields/fields.ts";
import { gatherFacts } from "../brief/gather-facts.ts";
import { type Judgement, judgeBrief } from "../brief/judge-brief.ts";
import { parseBrief } from "../brief/parse-brief.ts";
import { defaultPolicy } from "../domain/rules/policy.ts";
import type { Problem } from "../domain/task/brief.ts";
import { openPolicies } from "../policy/open-policies.ts";
import type { Rules } from "../ports.ts";
import { givenRepository } from "./given-repository.ts";
import { readGiven } from "./read-given.ts";
import { say } from "./say.ts";

/** What `drafthorse check` may be told. */
export type CheckOptions = { repo?: string; json?: boolean; actor?: string; outsider?: boolean };

/** One thing that is wrong, and in which file. */
type BriefFinding = {
  file: string;
  line: number;
  message: string;
  repair: string;
  field?: string;
  rule?: string;
};

/** Judges a brief as acceptance would; exit code 1 if anything is wrong with it or with the configuration. */
export async function check(brief: string, options: CheckOptions): Promise<void> {
  const text = (await readGiven(brief, "a Markdown file with the brief")).toString("utf8");
  const found = await (options.repo === undefined ? findLocalRepository(".") : givenRepository(options.repo));
  const local = "problem" in found ? undefined : found;
  const { policy, problems } = await rulesFor(local);
  const judgement = judgeBrief(text, {
    actor: options.actor ?? "",
    authorMayWrite: options.outsider !== true,
    policy,
    ...(local && {
      base: await gatherFacts(text, { repository: local.repository, policy }, localGround(local.gitDir)),
    }),
  });
  const findings = [...problems, ...problemsOf(judgement).map((problem) => ({ file: brief, ...problem }))];
  if (options.json) say(JSON.stringify(findings, null, 2));
  else tellFindings(findings, { brief, text, judgement, local });
  process.exitCode = findings.length > 0 ? 1 : 0;
}

/** The operator's agents are not known here, so that one that a file names is taken at its word. */
async function rulesFor(local: LocalRepository | undefined): Promise<Rules> {
  if (!local) return { policy: defaultPolicy, problems: [] };
  return openPolicies({ files: localFiles(local.gitDir) }).read(local.repository);
}

function problemsOf(judgement: Judgement) {
  return "problems" in judgement ? judgement.problems : [];
}

type CheckedBrief = { brief: string; text: string; judgement: Judgement; local: LocalRepository | undefined };

function tellFindings(findings: BriefFinding[], { brief, text, judgement, local }: CheckedBrief): void {
  for (const { file, line, message, repair } of findings) {
    say(`${file}:${line}: ${withoutStars(message)}`);
    say(`  ${withoutStars(repair)}`);
  }
  const whole = "problems" in judgement ? judgement.problems : [];
  if (whole.length > 0) tellWhole(whole, text);
  if (!local) say(`${brief}: not in a git repository, so what the command names was not looked up.`);
  if ("sha256" in judgement) say(`${brief}: the brief is complete (${shortHash(judgement.sha256)}).`);
}

/** The whole as it would be correct, to be copied into the file. */
function tellWhole(problems: Problem[], text: string): void {
  const parsed = parseBrief(text);
  const whole = renderCorrected(problems, "partial" in parsed ? parsed.partial : parsed.brief);
  if (whole.length > limits.briefLength) return;
  say("");
  say("The whole of it with what was found filled in; put your own words in the place of each TODO:");
  say("");
  say(whole.trimEnd());
  say("");
}

/** In a terminal bold text is only stars; what stands in code is what the author wrote. */
function withoutStars(text: string): string {
  return text.replace(/(?<code>`[^`]*`)|\*\*(?<bold>\w[^*]*)\*\*/g, "$<code>$<bold>");
}
