import { createHmac } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { isOver, needsRenewal } from "../../src/domain/host/session.ts";
import { signInProblems } from "../../src/policy/sign-in-problems.ts";
import { beginFlow, challengeOf, readFlow, writeFlow } from "../../src/web/github-sign-in/flow.ts";
import { localPath } from "../../src/web/github-sign-in/local-path.ts";
import { isFromOurPage } from "../../src/web/guard-writes.ts";

const now = new Date("2026-11-28T12:00:00Z");
const hours = (number: number): Date => new Date(now.getTime() + number * 3_600_000);
const sign = (purpose: string, text: string): string =>
  createHmac("sha256", "ours").update(`${purpose} ${text}`).digest("base64url");

describe("the way back after a sign-in", () => {
  test.each([
    ["/", "/"],
    ["/tasks/task-1-2-3?tab=diff", "/tasks/task-1-2-3?tab=diff"],
    [undefined, "/"],
    ["", "/"],
    ["//evil.example/", "/"],
    ["/\\evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["/..//evil.example", "/"],
    ["https://evil.example/", "/"],
    ["javascript:alert(1)", "/"],
    ["/a\r\nset-cookie: x=1", "/"],
    [`/${"a".repeat(600)}`, "/"],
  ])("%j leads to %j", (given, path) => {
    expect(localPath(given)).toBe(path);
  });
});

describe("a sign-in that began", () => {
  test("comes back whole, with the challenge of its verifier", () => {
    const flow = beginFlow("/queue", now);

    expect(readFlow(writeFlow(flow, sign), { sign, now: hours(0.1) })).toEqual(flow);
    expect(challengeOf({ ...flow, verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" })).toBe(
      "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    );
  });

  test.each<[string, string | undefined]>([
    ["nothing", undefined],
    ["no signature", writeFlow(beginFlow("/", now), sign).split(".")[0]],
    ["a made-up one", `${Buffer.from('{"state":"s"}').toString("base64url")}.${"a".repeat(43)}`],
    ["the signature of another purpose", `eA.${sign("session", "eA")}`],
    ["one that is too old", writeFlow(beginFlow("/", hours(-1)), sign)],
    ["one from the future", writeFlow(beginFlow("/", hours(1)), sign)],
  ])("is not known by %s", (_, given) => {
    expect(readFlow(given, { sign, now })).toBeUndefined();
  });
});

describe("a session", () => {
  test.each<[string, Date, Date, boolean]>([
    ["that was just begun", now, now, false],
    ["of this morning", hours(-9), hours(-9), false],
    ["that nobody used for a working day", hours(-11), hours(-10), true],
    ["in use for six days", hours(-6 * 24), hours(-1), false],
    ["in use for a week", hours(-7 * 24), hours(-0.1), true],
    ["from a clock a minute ahead", hours(1 / 60), now, false],
    ["from the future", hours(2), now, true],
  ])("%s is over: see the last column", (_, beganAt, seenAt, over) => {
    expect(isOver({ beganAt: beganAt.toISOString(), seenAt }, now)).toBe(over);
  });

  test.each<[string, Date | null, string | null, boolean]>([
    ["have hours left", hours(7), "r", false],
    ["have a minute left", hours(1 / 60), "r", true],
    ["are over", hours(-1), "r", true],
    ["have no end", null, null, false],
    ["are over and cannot be renewed", hours(-1), null, false],
  ])("tokens that %s are renewed: see the last column", (_, expiresAt, refreshToken, renewed) => {
    const tokens = { token: "t", expiresAt: expiresAt?.toISOString() ?? null, refreshToken };

    expect(needsRenewal(tokens, now)).toBe(renewed);
  });
});

describe("a write", () => {
  const host = "drafthorse.example.org";
  test.each<[string, Record<string, string>, boolean]>([
    ["from our page", { origin: `https://${host}`, host }, true],
    [
      "from our page, as the browser says too",
      { origin: `https://${host}`, host, site: "same-origin" },
      true,
    ],
    ["from our page behind a proxy", { origin: "https://public.example", host: "10.0.0.7:3000" }, true],
    ["from a page on loopback", { origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" }, true],
    ["from another page", { origin: "https://evil.example", host }, false],
    ["from a page beside ours", { origin: `https://evil.${host}`, host }, false],
    ["from another port", { origin: "http://127.0.0.1:4000", host: "127.0.0.1:3000" }, false],
    ["from a sandboxed frame", { origin: "null", host }, false],
    ["from nowhere", { host }, false],
    ["whose browser says another site", { origin: `https://${host}`, host, site: "cross-site" }, false],
  ])("%s is ours: %s", (_, { origin, host, site }, ours) => {
    expect(isFromOurPage({ origin, host, site }, "https://public.example")).toBe(ours);
  });
});

describe("settings of the sign-in", () => {
  const both = { GITHUB_CLIENT_ID: "Iv23li", GITHUB_CLIENT_SECRET: "s" };
  test.each<[string, Parameters<typeof signInProblems>[0], number]>([
    ["none", {}, 0],
    ["an address alone", { PUBLIC_URL: "http://drafthorse.example.org" }, 0],
    ["all", { ...both, PUBLIC_URL: "https://drafthorse.example.org" }, 0],
    ["all, on this machine", { ...both, PUBLIC_URL: "http://localhost:3000" }, 0],
    ["no address: the token lets in", both, 0],
    ["no secret", { GITHUB_CLIENT_ID: "Iv23li" }, 1],
    ["no id", { GITHUB_CLIENT_SECRET: "s" }, 1],
    ["a plain address", { ...both, PUBLIC_URL: "http://drafthorse.example.org" }, 1],
    ["a name that only begins like this machine's", { ...both, PUBLIC_URL: "http://localhost.evil.org" }, 1],
  ])("%s", (_, settings, problems) => {
    expect(signInProblems(settings)).toHaveLength(problems);
  });
});
