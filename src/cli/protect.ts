import { refusalOf } from "../adapters/github/github-failure.ts";
import { openPersonalRulesets } from "../adapters/github/personal-rulesets.ts";
import { type PersonalConfig, readEnvironment, readPersonalConfig } from "../config.ts";
import { approvalCheck } from "../domain/rules/protection.ts";
import { rulesetFor } from "../domain/rules/ruleset.ts";
import { renderRulesetCommand } from "../publish/render-ruleset-command.ts";
import { parseRepositoryName } from "./names-of.ts";
import { say } from "./say.ts";
import { UsageError } from "./usage-error.ts";

/** What `drafthorse protect` may be told. */
export type ProtectOptions = { branch?: string; app?: string; apply?: boolean; json?: boolean };

/** Prints the ruleset that makes people's approval the gate, or makes it with the token of the person who runs this. */
export async function protect(repository: string, options: ProtectOptions): Promise<void> {
  const at = parseRepositoryName(repository);
  const config = personalConfig();
  const app = appOf(options.app, config);
  const branch = options.branch ?? "";
  const ruleset = rulesetFor({ branch, isDefault: branch === "", app });
  if (options.apply) return apply({ at, ruleset, config, json: options.json === true });
  if (options.json) return say(JSON.stringify(ruleset));
  say(`${describeRuleset(options.branch, app)}\n\nNothing was changed. With --apply it is made, or by:\n`);
  say(renderRulesetCommand(`${at.owner}/${at.name}`, ruleset));
}

type ProtectOrder = {
  at: { owner: string; name: string };
  ruleset: ReturnType<typeof rulesetFor>;
  config: PersonalConfig;
  json: boolean;
};

async function apply({ at, ruleset, config, json }: ProtectOrder): Promise<void> {
  const { token } = config;
  const wanted = "Set it to a token of your own that may administer the repository.";
  if (token === undefined) throw new UsageError(`GITHUB_TOKEN is not set. ${wanted}`);
  if (/^gh[su]_/.test(token)) throw new UsageError(`GITHUB_TOKEN is an App's token. ${wanted}`);
  const repository = `${at.owner}/${at.name}`;
  const made = await openPersonalRulesets({ ...config, token })
    .put(at, ruleset)
    .catch((error: unknown) => {
      throw new Error(describeRefusal(error, repository), { cause: error });
    });
  if (json) return say(JSON.stringify({ repository, ...made, ruleset }));
  say(`${made.what === "made" ? "Made" : "Wrote anew"} the ruleset \`${ruleset.name}\` of ${repository}.`);
  say("Who may bypass it is under Settings, Rules: by this ruleset nobody may.");
}

function describeRuleset(branch: string | undefined, app: number): string {
  const where = branch === undefined ? "the default branch" : branch;
  return [
    `This ruleset holds every merge into ${where} to:`,
    "  - one approving review",
    "  - approvals that a later push takes back",
    `  - the check ${approvalCheck}, which only the App ${app} can send`,
  ].join("\n");
}

function appOf(given: string | undefined, { appId }: PersonalConfig): number {
  const app = given === undefined ? appId : Number(given);
  if (app === undefined)
    throw new UsageError(
      "Which App sends the check is not known. Set APP_ID, or name the App's id by --app; it is on the App's settings page.",
    );
  if (!Number.isSafeInteger(app) || app < 1)
    throw new UsageError(
      `--app ${given} is no App's id. Give the whole number from the App's settings page.`,
    );
  return app;
}

function personalConfig(): PersonalConfig {
  try {
    return readPersonalConfig(readEnvironment());
  } catch (error) {
    throw error instanceof Error ? new UsageError(error.message, { cause: error }) : error;
  }
}

/** What GitHub said, with what the person does about it. */
function describeRefusal(error: unknown, repository: string): string {
  const { status, message } = refusalOf(error);
  if (status === undefined)
    return `GitHub did not answer: ${message}. Look at the network, and at GITHUB_API_URL.`;
  if (status === 401) return "GitHub does not know GITHUB_TOKEN. Make a new one.";
  if (status === 404)
    return `GitHub shows no ${repository} to this token, or does not let it change rules. Take one of an administrator of it, with "Administration: write".`;
  if (status === 403 && /upgrade/i.test(message))
    return `The plan of ${repository} has no rulesets for private repositories. GitHub says: ${message}`;
  if (status === 403)
    return `This token may not change the rules of ${repository}. Take one of an administrator of it, with "Administration: write".`;
  return `GitHub refused with ${status}: ${message}`;
}
