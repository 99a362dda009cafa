import { appRegistration, registeredApp } from "../adapters/github/app-registration.ts";
import { branchProtectionOf } from "../adapters/github/branch-protection.ts";
import {
  codeownersFaults,
  findRepository,
  hasLabel,
  listFolder,
} from "../adapters/github/examined-repository.ts";
import { filesOf } from "../adapters/github/files.ts";
import { refusalOf } from "../adapters/github/github-failure.ts";
import { openClient } from "../adapters/github/open-github.ts";
import { systemClock } from "../adapters/host/system-clock.ts";
import type { KnownSecrets } from "../adapters/secrets/open-secrets.ts";
import type { ExaminedConfig } from "../config.ts";
import { openPolicies } from "../policy/open-policies.ts";
import type { AppAccess, DoctorPorts, ExaminedRepository, RepositoryAccess } from "../ports/doctor.ts";
import type { Log } from "../ports.ts";

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
    ...{ appId: config.app.id, privateKey: config.app.privateKey, apiUrl: config.github.apiUrl },
    ...{ proxies: config.proxies, clock: systemClock, log, minted: secrets.learn },
  });
  let known: Promise<AppAccess> | undefined;
  const access = (): Promise<AppAccess> => {
    known ??= askApp();
    return known;
  };
  return { access, repository };

  async function askApp(): Promise<AppAccess> {
    const why = exam.isSet ? (exam.hasApp ? await blocked() : unusable) : unregistered;
    if (why !== undefined) return { kind: "absent", why };
    try {
      const app = await registeredApp(client, config.github.serverUrl);
      return { kind: "known", app, registration: appRegistration(client) };
    } catch (thrown) {
      const { status, message } = refusalOf(thrown);
      return { kind: "refused", status, why: message };
    }
  }

  async function repository(): Promise<RepositoryAccess> {
    if (!at) return { kind: "unasked" };
    const app = await access();
    if (app.kind !== "known")
      return {
        kind: "absent",
        why: app.kind === "absent" ? app.why : "GitHub does not take the App's credentials",
      };
    const found = await findRepository(client, { ...at, minted: secrets.learn });
    if (!found)
      return { kind: "uninstalled", at: `${at.owner}/${at.name}`, installPage: app.app.installPage };
    const files = filesOf(client);
    const examined: ExaminedRepository = {
      ...{ ...found, files },
      policies: openPolicies({ files, operator: config.operator }).once(),
      protection: branchProtectionOf(client, config.app.id),
      list: (folder) => listFolder(client, found.repository, folder),
      hasLabel: (name) => hasLabel(client, found.repository, name),
      codeowners: () => codeownersFaults(client, found.repository),
    };
    return { kind: "known", examined };
  }
}

const unregistered = "the App is not registered yet";
const unusable = "the App's id or key cannot be used; see `settings`";
