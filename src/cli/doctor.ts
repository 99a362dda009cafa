import { rm } from "node:fs/promises";
import { type KnownSecrets, openSecrets } from "../adapters/secrets/open-secrets.ts";
import { openDoctor } from "../compose/doctor.ts";
import { secretsOf } from "../compose/secrets-of.ts";
import { examineConfig, readEnvironment } from "../config.ts";
import { runChecks } from "../doctor/run-checks.ts";
import {
  type DoctorCheckName,
  type DoctorReport,
  doctorCheckNames,
  DoctorCheckName as Name,
  type NamedFinding,
} from "../domain/host/doctor-report.ts";
import { parseRepositoryName } from "./names-of.ts";
import { renderGroup, renderVerdict } from "./render-doctor.ts";
import { say } from "./say.ts";
import { temporaryDirectory } from "./temporary-directory.ts";
import { UsageError } from "./usage-error.ts";

/** What `drafthorse doctor` may be told. */
export type DoctorOptions = {
  repo?: string;
  ping?: boolean;
  prompt?: boolean;
  try?: string;
  json?: boolean;
};

/** Looks at all that Drafthorse needs, says what is wrong and how it is mended; exit code 1 if anything is. */
export async function doctor(checks: string[], options: DoctorOptions = {}): Promise<void> {
  const names = checksOf(checks);
  const at = options.repo === undefined ? undefined : parseRepositoryName(options.repo);
  if (options.try !== undefined && !at)
    throw new UsageError("--try needs a repository to try it on. Name one by --repo OWNER/NAME.");
  if (options.try?.trim() === "")
    throw new UsageError("--try names no command. Give one in quotes, as in --try 'npm test'.");
  const environment = readEnvironment();
  const exam = examineConfig(environment);
  const secrets = openSecrets(secretsOf(exam.config));
  const place = placeOfOurOwn();
  try {
    const order = {
      ...{ directory: place.directory, at, command: options.try },
      ...{ mayPing: options.ping === true, mayPrompt: options.prompt === true },
    };
    const ports = openDoctor(order, { exam, environment, secrets, log: silent });
    const findings: NamedFinding[] = [];
    for await (const { group, findings: found } of runChecks(names, ports)) {
      const shown = found.map((finding) => withoutSecrets(finding, secrets));
      findings.push(...shown);
      if (!options.json) say(renderGroup({ group, findings: shown }));
    }
    const wrong = findings.filter(({ state }) => state === "wrong").length;
    const report: DoctorReport = { version: 1, wrong, findings };
    say(options.json ? JSON.stringify(report) : renderVerdict(findings));
    process.exitCode = wrong > 0 ? 1 : 0;
  } finally {
    await place.remove();
  }
}

/** A temporary directory that is made when a check first needs it: a machine without one is looked at all the same. */
function placeOfOurOwn(): { directory(): Promise<string>; remove(): Promise<void> } {
  let made: Promise<string> | undefined;
  return {
    directory: () => {
      made ??= temporaryDirectory("doctor");
      return made;
    },
    remove: async () => {
      const path = await made?.catch(() => undefined);
      if (path !== undefined) await rm(path, { recursive: true, force: true });
    },
  };
}

/** An address or the words of a program may quote what nobody may see. */
function withoutSecrets(finding: NamedFinding, { redact }: KnownSecrets): NamedFinding {
  const line = redact(finding.line);
  if (!("repair" in finding) || finding.repair === undefined) return { ...finding, line };
  return { ...finding, line, repair: redact(finding.repair) };
}

/** All of them, or those that somebody named. */
function checksOf(given: string[]): readonly DoctorCheckName[] {
  if (given.length === 0) return doctorCheckNames;
  const unknown = given.filter((name) => !Name.safeParse(name).success);
  if (unknown.length > 0)
    throw new UsageError(
      `${unknown.join(", ")} is no check. Name one or more of ${doctorCheckNames.join(", ")}.`,
    );
  return doctorCheckNames.filter((name) => given.includes(name));
}

/** What a person should know is a finding. */
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
