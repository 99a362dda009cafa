import { webhookSecretProblem } from "../domain/rules/webhook-secret.ts";

/** What GitHub gave the App, as the environment has it. */
type AppSettings = {
  APP_ID?: number | undefined;
  WEBHOOK_SECRET?: string | undefined;
  WEBHOOK_SECRET_PREVIOUS?: string | undefined;
};

/** What is wrong with the App's id and its webhook secrets, each with its repair. */
export function secretProblems({ APP_ID, WEBHOOK_SECRET, WEBHOOK_SECRET_PREVIOUS }: AppSettings): string[] {
  const current = webhookSecretProblem(WEBHOOK_SECRET);
  const previous =
    WEBHOOK_SECRET_PREVIOUS === undefined ? undefined : webhookSecretProblem(WEBHOOK_SECRET_PREVIOUS);
  return [
    ...(APP_ID ? [] : ["APP_ID is not set. Copy it from the App's settings page on GitHub."]),
    ...(current ? [`WEBHOOK_SECRET: ${current}`] : []),
    ...(previous ? [`WEBHOOK_SECRET_PREVIOUS: ${previous}`] : []),
  ];
}
