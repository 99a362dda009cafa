/** GitHub signs with HMAC-SHA256; a key shorter than its 32 bytes of output is the weakest link. */
const fewestBytes = 32;

/** 32 random hex digits show 14 different ones on average; a repeated word shows fewer than 10. */
const fewestDistinct = 10;

/** Words that are only ever in a secret because a person has not chosen one yet; Probot's default comes first. */
const placeholders =
  /development|change-?me|password|placeholder|example|(?:webhook|your)[-_ ]?secret|secret[-_ ]?goes/i;

const repair = "Set WEBHOOK_SECRET, here and in the App's settings, to what `openssl rand -hex 32` prints.";

/** Why a webhook secret must not be used, with the repair; undefined if it may. */
export function webhookSecretProblem(secret: string | undefined): string | undefined {
  const fault = faultOf(secret ?? "");
  return fault && `${fault} ${repair}`;
}

function faultOf(secret: string): string | undefined {
  if (secret.trim() === "") return "There is no webhook secret, so anyone could forge a delivery.";
  if (placeholders.test(secret)) return "The webhook secret is a placeholder that anyone can guess.";
  const bytes = new TextEncoder().encode(secret).length;
  if (bytes < fewestBytes) return `The webhook secret has ${bytes} bytes; it needs at least ${fewestBytes}.`;
  if (new Set(secret).size < fewestDistinct) return "The webhook secret repeats a few characters.";
  return undefined;
}
