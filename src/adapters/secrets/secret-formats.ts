import { isGuessable, looksRandom } from "./looks-random.ts";

/**
 * The form of one kind of secret. Patterns are linear: they begin with fixed characters and repeat nothing without a
 * bound. Where there is a group `value`, that is the secret itself, else the whole match is. `hints` are the characters
 * one of which every match holds: looking for them first is what makes the scan fast.
 */
export type SecretFormat = {
  rule: string;
  hints: string[];
  pattern: RegExp;
  accepts: (value: string) => boolean;
};

const start = "(?<![A-Za-z0-9])";
const end = "(?![A-Za-z0-9])";

/** A format that is its own proof: a fixed beginning and so many characters of an alphabet. */
function prefixed(rule: string, prefix: string, rest: string): SecretFormat {
  const hints = prefix.startsWith("(?:") ? prefix.slice(3, -1).split("|") : [prefix];
  const plain = hints.map((hint) => hint.replaceAll("\\", ""));
  return {
    rule,
    hints: plain,
    pattern: new RegExp(`${start}${prefix}${rest}${end}`, "g"),
    accepts: (value) => !isGuessable(value),
  };
}

const cloud: SecretFormat[] = [
  prefixed("AWS access key id", "(?:AKIA|ASIA|ABIA|ACCA)", "[A-Z2-7]{16}"),
  {
    rule: "AWS secret access key",
    hints: ["secret", "SECRET", "Secret"],
    pattern:
      /(?:secret|SECRET|Secret)[\w .-]{0,20}(?:key|KEY|Key)["']?\s{0,3}(?::|=>?)\s{0,3}["']?(?<value>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/g,
    accepts: looksRandom,
  },
  prefixed("Google API key", "AIza", "[\\w-]{35}"),
  prefixed("Google OAuth secret", "GOCSPX-", "[\\w-]{28}"),
  prefixed("Google OAuth token", "ya29\\.", "[\\w-]{50,800}"),
  prefixed("Azure storage key", "AccountKey=", "[A-Za-z0-9+/]{86}=="),
  prefixed("Azure shared access key", "SharedAccessKey=", "[A-Za-z0-9+/]{43}="),
  prefixed("DigitalOcean token", "(?:dop_v1_|doo_v1_|dor_v1_)", "[a-f0-9]{64}"),
  prefixed("Databricks token", "dapi", "[a-f0-9]{32}"),
  prefixed("Pulumi token", "pul-", "[a-f0-9]{40}"),
  prefixed("Netlify token", "nfp_", "[A-Za-z0-9]{36}"),
  prefixed("Supabase key", "(?:sbp_|sb_secret_)", "[\\w-]{30,60}"),
  prefixed("PlanetScale secret", "(?:pscale_tkn_|pscale_pw_|pscale_oauth_)", "[\\w=.-]{32,64}"),
  prefixed("Doppler token", "(?:dp\\.pt\\.|dp\\.st\\.|dp\\.ct\\.|dp\\.sa\\.)", "[\\w.-]{40,64}"),
  prefixed("Vault token", "(?:hvs\\.|hvb\\.|hvr\\.)", "[\\w-]{24,300}"),
  prefixed("Fly token", "(?:fo1_|FlyV1 fm2_)", "[\\w+/=-]{43,800}"),
];

const forges: SecretFormat[] = [
  prefixed("GitHub token", "(?:ghp_|gho_|ghu_|ghr_)", "[A-Za-z0-9]{36,255}"),
  prefixed("GitHub installation token", "ghs_", "(?:\\d{1,12}_)?[\\w.-]{36,1000}"),
  prefixed("GitHub fine-grained token", "github_pat_", "[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
  prefixed("GitLab token", "(?:glpat-|gldt-|glrt-|glcbt-|glptt-|glft-|glagent-|glsoat-)", "[\\w.-]{20,300}"),
  prefixed("Atlassian token", "(?:ATATT3|ATCTT3)", "[\\w=-]{60,300}"),
  prefixed("CircleCI token", "CCIPAT_", "[A-Za-z0-9_]{40,90}"),
  prefixed("Buildkite token", "bkua_", "[a-z0-9]{40}"),
  prefixed("npm token", "npm_", "[A-Za-z0-9]{36}"),
  prefixed("PyPI token", "pypi-AgEI", "[\\w-]{50,1000}"),
  prefixed("RubyGems key", "rubygems_", "[a-f0-9]{48}"),
  prefixed("Docker token", "dckr_pat_", "[\\w-]{27}"),
  prefixed("NuGet key", "oy2", "[a-z0-9]{43}"),
];

const models: SecretFormat[] = [
  prefixed("Anthropic key", "sk-ant-", "[a-z0-9]{3,12}-[\\w-]{80,300}"),
  prefixed("OpenAI key", "(?:sk-proj-|sk-svcacct-|sk-admin-)", "[\\w-]{40,300}"),
  prefixed("OpenAI key (old form)", "sk-", "[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}"),
  prefixed("OpenRouter key", "sk-or-v1-", "[a-f0-9]{64}"),
  prefixed("DeepSeek key", "sk-", "[a-f0-9]{32}"),
  prefixed("xAI key", "xai-", "[A-Za-z0-9]{80}"),
  prefixed("Groq key", "gsk_", "[A-Za-z0-9]{52}"),
  prefixed("Hugging Face token", "hf_", "[A-Za-z0-9]{34}"),
  prefixed("Perplexity key", "pplx-", "[A-Za-z0-9]{48}"),
  prefixed("Replicate token", "r8_", "[A-Za-z0-9]{37}"),
  prefixed("NVIDIA key", "nvapi-", "[\\w-]{60,70}"),
  prefixed("Cerebras key", "csk-", "[a-z0-9]{48}"),
];

const services: SecretFormat[] = [
  prefixed("Slack token", "(?:xoxa-|xoxb-|xoxe-|xoxp-|xoxr-|xoxs-|xoxc-|xoxd-)", "[A-Za-z0-9-]{24,250}"),
  prefixed("Slack app token", "xapp-", "\\d-[A-Za-z0-9-]{40,200}"),
  prefixed("Slack webhook", "hooks\\.slack\\.com/services/", "T\\w{6,12}/B\\w{6,14}/\\w{20,28}"),
  prefixed(
    "Discord webhook",
    "(?:discord\\.com/api/webhooks/|discordapp\\.com/api/webhooks/)",
    "\\d{17,20}/[\\w-]{60,80}",
  ),
  prefixed("Stripe live key", "(?:sk_live_|rk_live_)", "[A-Za-z0-9]{20,250}"),
  prefixed("Stripe webhook secret", "whsec_", "[A-Za-z0-9+/]{32,64}"),
  prefixed("SendGrid key", "SG\\.", "[\\w-]{22}\\.[\\w-]{43}"),
  prefixed("Mailgun key", "key-", "[a-f0-9]{32}"),
  prefixed("Shopify token", "(?:shpat_|shpca_|shppa_|shpss_)", "[a-fA-F0-9]{32}"),
  prefixed("Square token", "(?:sq0atp-|sq0csp-)", "[\\w-]{22,43}"),
  prefixed("Sentry token", "(?:sntrys_|sntryu_)", "[\\w+/=-]{60,400}"),
  prefixed("Grafana token", "(?:glsa_|glc_)", "[\\w+/=]{32,400}"),
  prefixed("New Relic key", "NRAK-", "[A-Z0-9]{27}"),
  prefixed("Postman key", "PMAK-", "[a-f0-9]{24}-[a-f0-9]{34}"),
  prefixed("Figma token", "(?:figd_|figo_|figu_)", "[\\w-]{40,60}"),
  prefixed("Notion token", "ntn_", "[A-Za-z0-9]{43,60}"),
  prefixed("Linear key", "(?:lin_api_|lin_oauth_)", "[A-Za-z0-9]{40,64}"),
  prefixed("Dropbox token", "sl\\.", "[\\w-]{130,200}"),
  prefixed("1Password token", "ops_eyJ", "[\\w+/=-]{200,1200}"),
  prefixed("age key", "AGE-SECRET-KEY-1", "[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"),
  {
    rule: "Telegram bot token",
    hints: [":AA"],
    pattern: /(?<![\w:])\d{8,10}:AA[\w-]{33}(?![\w-])/g,
    accepts: looksRandom,
  },
  {
    rule: "Airtable token",
    hints: ["pat"],
    pattern: /(?<![A-Za-z0-9])pat[A-Za-z0-9]{14}\.[a-f0-9]{64}(?![A-Za-z0-9])/g,
    accepts: looksRandom,
  },
];

const general: SecretFormat[] = [
  {
    rule: "private key",
    hints: ["PRIVATE KEY"],
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----)[\s\S]){0,300}?(?<value>[A-Za-z0-9+/]{40})/g,
    accepts: (value) => !isGuessable(value),
  },
  {
    rule: "PuTTY private key",
    hints: ["PuTTY-User-Key-File-"],
    pattern: /PuTTY-User-Key-File-\d: [\w-]{3,40}/g,
    accepts: () => true,
  },
  {
    rule: "JSON web token",
    hints: ["eyJ"],
    pattern: /(?<![\w-])eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.(?<value>[\w-]{20,800})(?![\w-])/g,
    accepts: looksRandom,
  },
  {
    rule: "password in an address",
    hints: ["://"],
    pattern:
      /:\/\/[^\s:/@'"`<>{}$]{0,64}:(?<value>[^\s@/'"`<>{}$()[\]\\]{8,200})@(?!example\.)[\w.-]{1,200}/g,
    accepts: looksRandom,
  },
];

/** Forms that are secrets wherever they stand. */
export const secretFormats: SecretFormat[] = [...cloud, ...forges, ...models, ...services, ...general];
