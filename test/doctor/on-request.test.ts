import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type DoctorOptions, doctor } from "../../src/cli/doctor.ts";
import type { NamedFinding } from "../../src/domain/host/doctor-report.ts";
import { testDirectory } from "../support/test-directory.ts";
import { warmDrafthorse } from "../support/warm-drafthorse.ts";
import { type FaultyWorld, faultyWorld } from "./faulty-world.ts";

/** What is tried in a real sandbox, on the roads that an attempt takes. */
const directory = testDirectory();
const at = {} as { world: FaultyWorld };

beforeAll(async () => {
  at.world = await faultyWorld(directory);
});
afterAll(() => at.world.close());

const told = (findings: NamedFinding[]) => findings.map(({ state, line }) => `${state}: ${line}`);

test("each usual agent is prompted once, and one that does not do what it is told is named", async () => {
  const operator = { agents: { lazy: { command: "exec:echo I would rather not" } } };
  writeFileSync(join(directory, "agents.yml"), JSON.stringify(operator));
  const settings = { AGENT: "exec:echo drafthorse > answer.txt" };

  const obeyed = await at.world.examine(settings, { only: ["prompt"], mayPrompt: true });
  const lazy = { AGENT: "lazy", DRAFTHORSE_CONFIG: join(directory, "agents.yml") };
  const refused = await at.world.examine(lazy, { only: ["prompt"], mayPrompt: true });

  expect(told(obeyed)).toEqual([expect.stringMatching(/^ok: AGENT: did what it was told in .+ not known$/)]);
  expect(told(refused)).toEqual([expect.stringMatching(/^wrong: lazy: it did not do .+I would rather not/)]);
});

test.each([
  ["true", /^ok: `true` on the base is green/],
  ["false", /^warning: `false` on the base is red/],
  ["no-such-runner", /^wrong: .*`no-such-runner` is not installed/],
])("the command %s is tried on the base", async (command, line) => {
  const found = await at.world.examine({}, { only: ["trial"], command });

  expect(told(found)).toEqual([expect.stringMatching(line)]);
});

test("a registry in one's own network is named with the setting that lets set-up reach it", async () => {
  const shut = await at.world.examine({}, { only: ["egress"] });
  const operator = { egress: { private: [at.world.registry] } };
  writeFileSync(join(directory, "egress.yml"), JSON.stringify(operator));
  const open = await at.world.examine(
    { DRAFTHORSE_CONFIG: join(directory, "egress.yml") },
    { only: ["egress"] },
  );

  expect(shut).toMatchObject([{ state: "wrong", repair: expect.stringContaining("`egress.private`") }]);
  expect(open).toMatchObject([{ state: "ok" }]);
});

test("no password is shown, and one who has no App yet is told what comes next", async () => {
  const password = "s3cr3t-of-the-store";
  writeFileSync(join(directory, ".env"), `REDIS_URL=redis://:${password}@127.0.0.1:1\nAPP_ID=7\n`);

  const asked = await warmDrafthorse(directory, "doctor", "settings", "store", "app", "--json");
  writeFileSync(join(directory, ".env"), "");
  const fresh = await warmDrafthorse(directory, "doctor", "settings", "app", "permissions", "label");

  expect([asked.status, asked.err]).toEqual([1, ""]);
  expect(asked.out).not.toContain(password);
  const checks = JSON.parse(asked.out).findings.map(({ check }: NamedFinding) => check);
  expect(checks).toContain("store");
  expect(fresh).toEqual({
    ...{ status: 0, err: "" },
    out: [
      "The service",
      "  – settings       not looked at: the App is not registered yet: APP_ID and WEBHOOK_SECRET are not set",
      "                  → `npx drafthorse start` opens the page that registers it; `npx drafthorse demo` and `run` need none.",
      "The App",
      "  – app, permissions not looked at: the App is not registered yet",
      "The repository",
      "  – label          not looked at: no repository was named",
      "                  → Name one by `--repo OWNER/NAME`.",
      "Nothing is wrong, 4 not looked at.\n",
    ].join("\n"),
  });
});

test.each<[string[], DoctorOptions, string]>([
  [["nonsense"], {}, "nonsense is no check. Name one or more of system, node,"],
  [[], { repo: "nonsense" }, "nonsense is no repository."],
  [[], { try: "npm test" }, "--try needs a repository to try it on. Name one by --repo OWNER/NAME."],
  [[], { repo: "acme/shop", try: " " }, "--try names no command."],
])("%j %j is refused in one sentence", async (checks, options, sentence) => {
  await expect(doctor(checks, options)).rejects.toThrow(sentence);
});
