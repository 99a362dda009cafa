import type { GitHubClient } from "../adapters/github/access.ts";
import { appRegistration, registeredApp } from "../adapters/github/app-registration.ts";
import { branchProtectionOf } from "../adapters/github/branch-protection.ts";
import {
  codeownersFaults,
  type FoundRepository,
  findRepository,
  labelExists,
  listGitHubFolder,
} from "../adapters/github/examined-repository.ts";
import { filesOf } from "../adapters/github/files.ts";
import { isUngranted, refusalOf } from "../adapters/github/github-failure.ts";
import { openClient } from "../adapters/github/open-github.ts";
import type { KnownSecrets } from "../adapters/secrets/open-secrets.ts";
import type { Config, ExaminedConfig } from "../config.ts";
import { Failure } from "../domain/task/failure.ts";
import { openPolicies } from "../policy/open-policies.ts";
import type { AppAccess, DoctorPorts, ExaminedRepository, RepositoryAccess } from "../ports/doctor.ts";
import type { Log } from "../ports.ts";
import { gitHubAccess } from "./github-access.ts";

type AppExamParts = {
  exam: ExaminedConfig;
  at: { owner: string; name: string } | undefined;
  secrets: KnownSecrets;
  log: Log;
};

/** Asks GitHub who the App is, and of a repository, with the App's own credentials; `blocked` says why it cannot. */
export function openAppExam(
  { exam, at, secrets, log }: AppExamParts,
  blocked: () => Promise<string | undefined>,
): { access(): Promise<AppAccess>; repository: DoctorPorts["repository"] } {
  const { config } = exam;
  const { client } = openClient({
    ...gitHubAccess(config),
    ...{ log, minted: secrets.learn },
  });
  let known: Promise<AppAccess> | undefined;
  const access = (): Promise<AppAccess> => {
    known ??= askApp();
    return known;
  };
  return { access, repository };

  async function askApp(): Promise<AppAccess> {
    const why = unaskable(exam) ?? (await blocked());
    if (why !== undefined) return { kind: "absent", why };
    try {
      const app = await registeredApp(client, config.github.serverUrl);
      return { kind: "known", app, registration: appRegistration(client) };
    } catch (thrown) {
      return { kind: "refused", ...refusalIn(thrown) };
    }
  }

  async function repository(): Promise<RepositoryAccess> {
    if (!at) return { kind: "unasked" };
    const app = await access();
    if (app.kind !== "known") return { kind: "absent", why: app.kind === "absent" ? app.why : unknown };
    const found = await findRepository(client, { ...at, minted: secrets.learn });
    if (found === "suspended") return { kind: "absent", why: `the App is suspended on ${at.owner}` };
    if (!found)
      return { kind: "uninstalled", at: `${at.owner}/${at.name}`, installPage: app.app.installPage };
    return { kind: "known", examined: examine(client, found, config) };
  }
}

/** Why these settings name no App that GitHub could be asked about. */
function unaskable({ isSet, hasApp }: ExaminedConfig): string | undefined {
  if (!isSet) return "the App is not registered yet";
  return hasApp ? undefined : "the App's id or key cannot be used; see `settings`";
}

/** Where GitHub did not answer, what was asked belongs to the reason. */
function refusalIn(thrown: unknown): { status: number | undefined; why: string } {
  const { status, message } = refusalOf(thrown);
  const isUnanswered = status === undefined && thrown instanceof Error;
  return { status, why: isUnanswered ? thrown.message : message };
}

function examine(client: GitHubClient, found: FoundRepository, config: Config): ExaminedRepository {
  const { repository } = found;
  const { read } = filesOf(client);
  const { app, rules } = branchProtectionOf(client, config.app.id);
  const files = { read: (...of: Parameters<typeof read>) => granted(read(...of)) };
  return {
    ...{ ...found, files },
    policies: openPolicies({ files, operator: config.operator }).once(),
    protection: { app, rules: (...of) => granted(rules(...of)) },
    list: (folder) => granted(listGitHubFolder(client, repository, folder)),
    hasLabel: (name) => granted(labelExists(client, repository, name)),
    codeowners: () => granted(codeownersFaults(client, repository)),
  };
}

/** What the App was not given the right to see is no failure of GitHub's. */
async function granted<T>(asked: Promise<T>): Promise<T> {
  return asked.catch((thrown: unknown) => {
    if (isUngranted(thrown)) throw new Failure("permission", "the App may not read it; see `permissions`");
    throw thrown;
  });
}

const unknown = "GitHub did not say who the App is; see `app`";
