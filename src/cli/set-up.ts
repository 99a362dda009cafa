import { run } from "probot";
import { forSetUp } from "../config.ts";

/** Serves Probot's registration page, on loopback only: whoever can open it chooses whose App this is. */
export async function setUp(): Promise<void> {
  process.stdout.write(
    "The App is not registered yet (no APP_ID, no WEBHOOK_SECRET). Open the page below to register it;\n" +
      "the answer is written to .env. Then set the App's webhook URL to https://YOUR-HOST/api/github/webhooks\n" +
      "and AGENT in .env, and start again.\n",
  );
  await run(() => undefined, { env: forSetUp() });
}
