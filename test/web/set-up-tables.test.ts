import { readFileSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { writeAppEnv } from "../../src/adapters/host/app-env.ts";
import { parseAnswers } from "../../src/web/set-up/answers.ts";
import { buildManifest, parseAppManifest } from "../../src/web/set-up/app-manifest.ts";

const manifest = parseAppManifest(readFileSync(resolve(import.meta.dirname, "../../../app.yml"), "utf8"));

describe("the App's manifest", () => {
  test("has a reason for each permission and each event", () => {
    const reasons = [...manifest.permissions, ...manifest.events].map(({ name, reason }) => [name, reason]);

    expect(manifest.permissions.find(({ name }) => name === "issues")?.reason).toContain("status comment");
    expect(reasons.filter(([, reason = ""]) => reason.length < 20)).toEqual([]);
    expect(manifest.permissions.map(({ name, level }) => `${name}: ${level}`)).toEqual([
      "metadata: read",
      "contents: write",
      "issues: write",
      "pull_requests: write",
      "checks: write",
    ]);
  });

  test("is sent with our addresses, and private", () => {
    const answers = { name: "Ours", publicUrl: "https://d.example.org" };

    expect(buildManifest(manifest, answers, "http://127.0.0.1:3000")).toMatchObject({
      name: "Ours",
      public: false,
      redirect_url: "http://127.0.0.1:3000/set-up/callback",
      callback_urls: ["https://d.example.org/sign-in/callback"],
      hook_attributes: { url: "https://d.example.org/api/github/webhooks", active: true },
      default_permissions: { metadata: "read", contents: "write" },
      default_events: expect.arrayContaining(["issues", "push"]),
    });
    expect(buildManifest(manifest, { ...answers, publicUrl: "" }, "http://127.0.0.1:3000")).toMatchObject({
      callback_urls: [],
      hook_attributes: { active: false },
    });
  });
});

describe("what a person says", () => {
  const unknown = { agent: false, has: () => false };
  const said = { name: "Drafthorse", agent: "claude", key: "sk-1" };

  test.each<[string, Record<string, unknown>, Record<string, string>]>([
    ["little", said, { AGENT: "claude", ANTHROPIC_API_KEY: "sk-1" }],
    [
      "all",
      { ...said, agent: "codex", publicUrl: "https://d.example.org/", organization: "acme" },
      { PUBLIC_URL: "https://d.example.org", AGENT: "codex", OPENAI_API_KEY: "sk-1" },
    ],
    ["a command line", { ...said, agent: "exec: my-agent", key: "" }, { AGENT: "exec: my-agent" }],
    [
      "an address of this machine",
      { ...said, publicUrl: "http://127.0.0.1:3000" },
      expect.anything() as never,
    ],
  ])("%s", (_, form, settings) => {
    expect(parseAnswers(form, unknown)).toMatchObject({ answers: { settings } });
  });

  test("is not asked for what the environment has", () => {
    expect(parseAnswers({ name: "D" }, { ...unknown, agent: true })).toMatchObject({
      answers: { settings: {} },
    });
    const { key: _, ...keyless } = said;
    expect(parseAnswers(keyless, { agent: false, has: () => true })).toMatchObject({
      answers: { settings: { AGENT: "claude" } },
    });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["no name", { name: " " }, "name"],
    ["a name that is too long", { name: "a".repeat(35) }, "name"],
    ["an address as an organization", { organization: "https://github.com/acme" }, "organization"],
    ["a way out of the address", { organization: "../settings" }, "organization"],
    ["a plain address", { publicUrl: "http://d.example.org" }, "publicUrl"],
    ["an address with a path", { publicUrl: "https://d.example.org/here" }, "publicUrl"],
    ["an address with a password", { publicUrl: "https://me:word@d.example.org" }, "publicUrl"],
    ["a word as an address", { publicUrl: "here" }, "publicUrl"],
    ["no agent", { agent: "" }, "agent"],
    ["an agent without its key", { key: "" }, "key"],
    ["a key of two lines", { key: "a\nAPP_ID=1" }, "key"],
    ["a file", { key: new File([], "key") }, "key"],
  ])("%s is refused at its field", (_, change, field) => {
    expect(parseAnswers({ ...said, ...change }, unknown)).toEqual({
      problems: { [field]: expect.any(String) },
    });
  });
});

test("what was registered is written so that it is read as it was, by nobody else", async () => {
  const directory = await mkdtemp(join(tmpdir(), "drafthorse-app-env-"));
  const path = join(directory, "app", "app.env");
  const settings = {
    APP_ID: "1",
    A: "it's #1 = $HOME",
    B: 'say "it\'s"',
    C: "back\\slash\\n",
    D: " blanks ",
  };

  await writeAppEnv(path, settings);

  expect(parseEnv(readFileSync(path, "utf8"))).toEqual(settings);
  expect((await stat(path)).mode & 0o077).toBe(0);
  expect((await stat(join(directory, "app"))).mode & 0o077).toBe(0);
  await expect(writeAppEnv(path, { A: "two\nlines" })).rejects.toThrow("no file can hold");
  await rm(directory, { recursive: true });
});
