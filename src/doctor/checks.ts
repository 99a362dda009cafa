import type { DoctorCheckName, DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { checkAgents } from "./check-agents.ts";
import { checkApp } from "./check-app.ts";
import { checkArtefacts } from "./check-artefacts.ts";
import { checkClock } from "./check-clock.ts";
import { checkCodeowners } from "./check-codeowners.ts";
import { checkConfiguration } from "./check-configuration.ts";
import { checkData } from "./check-data.ts";
import { checkDeliveries } from "./check-deliveries.ts";
import { checkEgress } from "./check-egress.ts";
import { checkEvents } from "./check-events.ts";
import { checkGit } from "./check-git.ts";
import { checkInstallations } from "./check-installations.ts";
import { checkIssueForm } from "./check-issue-form.ts";
import { checkLabel } from "./check-label.ts";
import { checkNetwork } from "./check-network.ts";
import { checkNode } from "./check-node.ts";
import { checkPermissions } from "./check-permissions.ts";
import { checkPrompt } from "./check-prompt.ts";
import { checkProtection } from "./check-protection.ts";
import { checkRepository } from "./check-repository.ts";
import { checkSandbox } from "./check-sandbox.ts";
import { checkSettings } from "./check-settings.ts";
import { checkStore } from "./check-store.ts";
import { checkSystem } from "./check-system.ts";
import { checkTrial } from "./check-trial.ts";
import { checkWebhook } from "./check-webhook.ts";
import { checkWorkflows } from "./check-workflows.ts";

/** The parts in which the checks are shown, in their order. */
export const doctorGroups = [
  "this machine",
  "the service",
  "the App",
  "the repository",
  "on request",
] as const;
export type DoctorGroup = (typeof doctorGroups)[number];

/** One check: where it is shown, what it asks, in a few words for people, and how it finds out. */
export type DoctorCheck = {
  group: DoctorGroup;
  asks: string;
  look(ports: DoctorPorts): Promise<DoctorFinding[]>;
};

/** Every check of `drafthorse doctor`; a name without one does not compile. */
export const doctorChecks = {
  system: { group: "this machine", asks: "Can agents be walled in on this system?", look: checkSystem },
  node: { group: "this machine", asks: "Is this a Node.js that Drafthorse supports?", look: checkNode },
  git: { group: "this machine", asks: "Is git there, and new enough to merge in memory?", look: checkGit },
  sandbox: {
    group: "this machine",
    asks: "Does anything get out of the sandbox? The same probes are tried at every start.",
    look: checkSandbox,
  },
  settings: { group: "the service", asks: "Would `start` take the settings?", look: checkSettings },
  data: {
    group: "the service",
    asks: "Can `DATA_DIR` be written, has it room, and does it lie on a disk?",
    look: checkData,
  },
  store: {
    group: "the service",
    asks: "Is Redis, PostgreSQL or the embedded store reached, and does it keep what it acknowledges?",
    look: checkStore,
  },
  artefacts: {
    group: "the service",
    asks: "Can the bucket of `S3_URL` be written, read and deleted from?",
    look: checkArtefacts,
  },
  agents: {
    group: "the service",
    asks: "Is the program of each agent there, and which version?",
    look: checkAgents,
  },
  network: {
    group: "the service",
    asks: "Do GitHub, git, models and registries answer, by the network's proxy and authorities?",
    look: checkNetwork,
  },
  clock: { group: "the service", asks: "Does this machine's clock agree with GitHub's?", look: checkClock },
  egress: {
    group: "the service",
    asks: "Does set-up reach its registry from inside the sandbox, over our proxy?",
    look: checkEgress,
  },
  app: { group: "the App", asks: "Does GitHub take the App's id and key?", look: checkApp },
  permissions: {
    group: "the App",
    asks: "Has the App the permissions of `app.yml`, and no others?",
    look: checkPermissions,
  },
  events: { group: "the App", asks: "Is the App subscribed to the events of `app.yml`?", look: checkEvents },
  webhook: {
    group: "the App",
    asks: "Has GitHub the right address, a secret and the right form for deliveries?",
    look: checkWebhook,
  },
  deliveries: {
    group: "the App",
    asks: "Did the last delivery arrive? With `--ping` it is asked for again.",
    look: checkDeliveries,
  },
  installations: {
    group: "the App",
    asks: "Is the App installed, and has each owner accepted what it asks for?",
    look: checkInstallations,
  },
  repository: {
    group: "the repository",
    asks: "Is the App installed on the repository, and can issues be opened there?",
    look: checkRepository,
  },
  configuration: {
    group: "the repository",
    asks: "Can `.github/drafthorse.yml` be used?",
    look: checkConfiguration,
  },
  label: { group: "the repository", asks: "Is the label there?", look: checkLabel },
  "issue-form": { group: "the repository", asks: "Is the issue form there?", look: checkIssueForm },
  protection: {
    group: "the repository",
    asks: "Does a merge require a review and our check, pinned to this App?",
    look: checkProtection,
  },
  codeowners: {
    group: "the repository",
    asks: "Does GitHub read CODEOWNERS without errors?",
    look: checkCodeowners,
  },
  workflows: {
    group: "the repository",
    asks: "Would a workflow run the agent's branch with secrets?",
    look: checkWorkflows,
  },
  prompt: {
    group: "on request",
    asks: "Does each agent answer one real prompt? It costs money, so only with `--prompt`.",
    look: checkPrompt,
  },
  trial: {
    group: "on request",
    asks: "Do set-up and a command run on the base? Only with `--try COMMAND`.",
    look: checkTrial,
  },
} satisfies Record<DoctorCheckName, DoctorCheck>;
