import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { checkAgents } from "../../src/doctor/check-agents.ts";
import { checkClock } from "../../src/doctor/check-clock.ts";
import { checkData } from "../../src/doctor/check-data.ts";
import { checkDeliveries } from "../../src/doctor/check-deliveries.ts";
import { checkEgress } from "../../src/doctor/check-egress.ts";
import { checkGit } from "../../src/doctor/check-git.ts";
import { checkNode } from "../../src/doctor/check-node.ts";
import { checkPrompt } from "../../src/doctor/check-prompt.ts";
import { checkSandbox } from "../../src/doctor/check-sandbox.ts";
import { checkSystem } from "../../src/doctor/check-system.ts";
import { checkTrial } from "../../src/doctor/check-trial.ts";
import { checkWebhook } from "../../src/doctor/check-webhook.ts";
import { doctorChecks } from "../../src/doctor/checks.ts";
import { runChecks } from "../../src/doctor/run-checks.ts";
import { type DoctorFinding, DoctorReport, doctorCheckNames } from "../../src/domain/host/doctor-report.ts";
import type { AppRegistration, DoctorPorts, SandboxExam, SettingsExam } from "../../src/ports/doctor.ts";

const settings: SettingsExam = {
  ...{
    isSet: true,
    problems: [],
    role: "all",
    sandbox: "auto",
    concurrency: 2,
    publicUrl: undefined,
    agents: ["claude"],
  },
};
const walled: SandboxExam = { kind: "tried", driver: "a wall", count: 3, open: [], untried: [] };
const noWall: SandboxExam = { kind: "trouble", why: "there is no bwrap", repair: "Install it." };
const gibibyte = 1024 ** 3;
const data = { directory: "/data", blocked: undefined, freeBytes: 100 * gibibyte, isInMemory: false };
const agent = { name: "claude", program: "claude-acp", problem: undefined, version: "1.0.0", tried: "1.0.0" };

const registration: AppRegistration = {
  hook: async () => ({
    url: "https://horse.test/api/github/webhooks",
    isJson: true,
    checksTls: true,
    hasSecret: true,
  }),
  installations: async () => [],
  deliveries: async () => [],
  ping: async () => undefined,
};
const known = (parts: Partial<AppRegistration>): Pick<DoctorPorts, "app"> => ({
  app: async () => ({
    kind: "known",
    app: {
      ...{ id: 1, slug: "horse", permissions: {}, events: [] },
      ...{ page: "https://github.com/settings/apps/horse", installPage: "https://github.com/apps/horse" },
    },
    registration: { ...registration, ...parts },
  }),
});
const hookAt = (url: string) => known({ hook: async () => ({ ...(await registration.hook()), url }) });
const tried = (status: number) => ({
  ...{ id: 1, delivery: "d", event: "push", at: "2026-11-28T01:00:00Z", status },
});
const answered = (...statuses: number[]) => ({
  ...known({ deliveries: async () => statuses.map(tried) }),
  mayPing: false,
});

const wayAhead = (aheadMs: number | null) => async () => [
  { name: "GitHub", url: "https://api.github.com", proxy: null, blocked: null, aheadMs },
];

type Row = [what: string, found: () => Promise<DoctorFinding[]>, expected: [state: string, line: RegExp][]];

const rows: Row[] = [
  ["Linux on arm64", () => checkSystem({ system: { platform: "linux", arch: "arm64" } }), [["ok", /arm64/]]],
  [
    "macOS",
    () => checkSystem({ system: { platform: "darwin", arch: "arm64" } }),
    [["wrong", /no sandbox on macOS/]],
  ],
  [
    "Node.js 22",
    () => checkNode({ node: { version: "22.4.0", wanted: "^20.18.1 || >=22" } }),
    [["ok", /22\.4\.0/]],
  ],
  [
    "Node.js 21",
    () => checkNode({ node: { version: "21.0.0", wanted: "^20.18.1 || >=22" } }),
    [["wrong", /must be \^20/]],
  ],
  ["git 2.39", () => checkGit({ git: async () => "2.39.5" }), [["ok", /2\.39\.5/]]],
  ["Apple's git", () => checkGit({ git: async () => "2.39.5 (Apple Git-154)" }), [["ok", /2\.39\.5/]]],
  ["an old git", () => checkGit({ git: async () => "2.30.2" }), [["wrong", /2\.30\.2 is too old/]]],
  ["no git", () => checkGit({ git: async () => undefined }), [["wrong", /not installed/]]],
  [
    "a closed sandbox",
    () => checkSandbox({ settings, sandbox: async () => walled }),
    [["ok", /all 3 probes are closed/]],
  ],
  ["no sandbox", () => checkSandbox({ settings, sandbox: async () => noWall }), [["wrong", /no bwrap/]]],
  [
    "no sandbox, and none is wanted",
    () => checkSandbox({ settings: { ...settings, sandbox: "none" }, sandbox: async () => noWall }),
    [["warning", /SANDBOX=none.*"not sandboxed"/]],
  ],
  [
    "a sandbox that is not used",
    () => checkSandbox({ settings: { ...settings, sandbox: "none" }, sandbox: async () => walled }),
    [
      ["ok", /closed/],
      ["warning", /SANDBOX=none/],
    ],
  ],
  [
    "open and untried probes",
    () =>
      checkSandbox({
        settings,
        sandbox: async () => ({
          ...walled,
          open: [
            { group: "network", names: ["a", "b"], seen: "it answered", means: "it leaks", repair: "R" },
          ],
          untried: [{ names: ["c"], why: "no room", repair: "R" }],
        }),
      }),
    [
      ["wrong", /\(network\): a \(it answered\), and 1 more of network\. It means that it leaks/],
      ["wrong", /the probe c could not be tried: no room/],
    ],
  ],
  ["room", () => checkData({ settings, data: async () => data }), [["ok", /100\.0 GiB free/]]],
  [
    "little room",
    () => checkData({ settings, data: async () => ({ ...data, freeBytes: 5 * gibibyte }) }),
    [["warning", /2 attempts at once may take up to 10 GiB each/]],
  ],
  [
    "no room in memory",
    () => checkData({ settings, data: async () => ({ ...data, freeBytes: 1, isInMemory: true }) }),
    [
      ["wrong", /lies in memory/],
      ["wrong", /only 0\.0 GiB/],
    ],
  ],
  [
    "an agent",
    () => checkAgents({ settings, agents: async () => [agent] }),
    [["ok", /^claude: claude-acp, version 1\.0\.0$/]],
  ],
  [
    "an agent of another version",
    () => checkAgents({ settings, agents: async () => [{ ...agent, version: "0.9.0" }] }),
    [["ok", /version 0\.9\.0; 1\.0\.0 was tried/]],
  ],
  [
    "a lost agent that only briefs name, and a usual one that is none",
    () =>
      checkAgents({
        settings,
        agents: async () => [{ ...agent, name: "other", problem: { why: "gone", repair: "R" } }],
      }),
    [
      ["warning", /other: gone/],
      ["wrong", /AGENT names claude/],
    ],
  ],
  ["no agent", () => checkAgents({ settings, agents: async () => [] }), [["skipped", /AGENT is not set/]]],
  [
    "ways out of the sandbox",
    () =>
      checkEgress({
        ...{ settings, sandbox: async () => walled },
        egress: async () => [
          { host: "a.test", blocked: null },
          { host: "b.test", blocked: "it lies at a private address" },
        ],
      }),
    [
      ["ok", /a\.test/],
      ["wrong", /b\.test .*private address/],
    ],
  ],
  [
    "no sandbox to leave",
    () =>
      checkEgress({
        settings,
        sandbox: async () => noWall,
        egress: () => Promise.reject(new Error("asked")),
      }),
    [["skipped", /no sandbox/]],
  ],
  [
    "a process that only receives",
    async () => {
      const web = { ...settings, role: "web" as const };
      const unasked = () => Promise.reject(new Error("asked"));
      const ports = { settings: web, sandbox: unasked, agents: unasked, egress: unasked, prompt: unasked };
      const checks = [checkSandbox, checkAgents, checkEgress, checkPrompt];
      return (await Promise.all(checks.map((check) => check(ports)))).flat();
    },
    Array.from({ length: 4 }, () => ["skipped", /ROLE=web/]),
  ],
  ["no prompt", () => checkPrompt({ settings, prompt: async () => null }), [["skipped", /costs money/]]],
  [
    "prompts",
    () =>
      checkPrompt({
        settings,
        prompt: async () => [
          { name: "claude", line: "did it" },
          { name: "codex", why: "it is out of quota" },
        ],
      }),
    [
      ["ok", /claude: did it/],
      ["wrong", /codex: it is out of quota/],
    ],
  ],
  [
    "a clock that is slow",
    () => checkClock({ ways: wayAhead(-31_000) }),
    [["wrong", /31 s behind GitHub's/]],
  ],
  ["a clock that is fast", () => checkClock({ ways: wayAhead(3_600_000) }), [["wrong", /3600 s ahead of/]]],
  ["a clock that is right", () => checkClock({ ways: wayAhead(29_000) }), [["ok", /within half a minute/]]],
  ["a GitHub that tells no time", () => checkClock({ ways: wayAhead(null) }), [["skipped", /did not tell/]]],
  ["no trial", () => checkTrial({ trial: async () => null }), [["skipped", /no command/]]],
  [
    "a green trial",
    () => checkTrial({ trial: async () => ({ isGreen: true, line: "green" }) }),
    [["ok", /green/]],
  ],
  [
    "a red trial",
    () => checkTrial({ trial: async () => ({ isGreen: false, line: "red" }) }),
    [["warning", /red/]],
  ],
  [
    "a trial that cannot start",
    () => checkTrial({ trial: async () => ({ why: "no npm" }) }),
    [["wrong", /no npm/]],
  ],
  ["a webhook", () => checkWebhook({ settings, ...known({}) }), [["ok", /horse\.test/]]],
  ["no webhook", () => checkWebhook({ settings, ...hookAt("") }), [["wrong", /no address/]]],
  ["a channel", () => checkWebhook({ settings, ...hookAt("https://smee.io/abc") }), [["ok", /smee\.io/]]],
  [
    "this machine itself",
    () => checkWebhook({ settings, ...hookAt("http://localhost:3000/") }),
    [["wrong", /GitHub's own machine/]],
  ],
  [
    "another host than PUBLIC_URL",
    () => checkWebhook({ settings: { ...settings, publicUrl: "https://other.test" }, ...known({}) }),
    [["warning", /PUBLIC_URL is https:\/\/other\.test/]],
  ],
  ["no delivery yet", () => checkDeliveries(answered()), [["skipped", /nothing yet/]]],
  [
    "deliveries of which some failed before",
    () => checkDeliveries(answered(202, 502, 202)),
    [["ok", /1 of the last 3 tries/]],
  ],
  ["a path that is not there", () => checkDeliveries(answered(404)), [["wrong", /404/]]],
  ["a store that is away", () => checkDeliveries(answered(503)), [["wrong", /503/]]],
  ["no answer", () => checkDeliveries(answered(0)), [["wrong", /reached nobody/]]],
  [
    "a ping that is lost",
    () => checkDeliveries({ ...answered(202), mayPing: true }),
    [["wrong", /did not end in time/]],
  ],
];

test.each<Row>(rows)("%s", async (_, found, expected) => {
  const findings = await found();

  expect(findings.map(({ state, line }) => [state, line])).toEqual(
    expected.map(([state, line]) => [state, expect.stringMatching(line)]),
  );
  for (const finding of findings) {
    expect(finding.line).not.toMatch(/\n|\.$/);
    if (finding.state === "wrong" || finding.state === "warning") expect(finding.repair).not.toBe("");
  }
});

describe("the doctor", () => {
  test("goes on where a check fails, in the order of the checks", async () => {
    const ports = {
      ...{ system: { platform: "linux", arch: "x64" }, settings },
      git: () => Promise.reject(new Error("git hangs")),
      node: { version: "22.0.0", wanted: ">=22" },
    } as unknown as DoctorPorts;
    const findings = [];
    for await (const group of runChecks(["node", "git", "system"], ports)) findings.push(...group.findings);

    expect(findings).toMatchObject([
      { check: "system", state: "ok" },
      { check: "node", state: "ok" },
      { check: "git", state: "wrong", line: "this could not be looked at: git hangs" },
    ]);
    expect(DoctorReport.parse({ version: 1, wrong: 1, findings })).toMatchObject({ findings });
  });

  test("has a page on which every check stands, in its order", () => {
    const page = readFileSync(join(import.meta.dirname, "../../../docs/doctor.md"), "utf8");
    const listed = [...page.matchAll(/^\| `(?<name>[\w-]+)` +\| (?<asks>.*?) *\|$/gm)].map(({ groups }) => [
      groups?.name,
      groups?.asks,
    ]);

    expect(listed).toEqual(doctorCheckNames.map((name) => [name, doctorChecks[name].asks]));
  });
});
