import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { openUsers } from "../../src/adapters/github/open-users.ts";
import { openSessions } from "../../src/adapters/sessions/open-sessions.ts";
import { memoryLocks } from "../../src/adapters/store/memory/memory-locks.ts";
import { taskKey } from "../../src/domain/task/task-id.ts";
import { githubSignIn } from "../../src/web/github-sign-in/github-sign-in.tsx";
import { aRepository, aTask } from "../fixtures/tasks.ts";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { keepingLog } from "../support/keeping-log.ts";
import { type DashboardWorld, startDashboard } from "./dashboard-world.ts";
import { sampleOf } from "./sample-tasks.ts";

const publicUrl = "https://drafthorse.example.org";
let directory: string;
let now: number;
let double: CheckedDouble;
let world: DashboardWorld;
let told: string[];
const log = keepingLog();

const formHeaders = { "content-type": "application/x-www-form-urlencoded" };
type Asking = { method?: string; origin?: string; form?: Record<string, string> };

/** A browser: it keeps cookies, and follows to GitHub and back as somebody. */
class Browser {
  readonly cookies = new Map<string, string>();
  readonly setCookies: string[] = [];

  async ask(path: string, { method = "GET", origin, form }: Asking = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(`${world.url}${path}`, {
      ...{ method, redirect: "manual", ...(form && { body: String(new URLSearchParams(form)) }) },
      headers: { ...(cookie && { cookie }), ...(origin && { origin }), ...(form && formHeaders) },
    });
    for (const line of response.headers.getSetCookie()) {
      this.setCookies.push(line);
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const { status, headers } = response;
    return { status, text: await response.text(), location: headers.get("location") ?? "" };
  }

  /** Goes to GitHub and says who they are; the path with which GitHub sends them back. */
  async atGitHub(login: string, to = "/"): Promise<string> {
    const { location } = await this.ask(`/sign-in/github?to=${encodeURIComponent(to)}`);
    const back = await fetch(`${location}&as=${login}`, { redirect: "manual" });
    await back.arrayBuffer();
    const url = new URL(back.headers.get("location") ?? "");
    expect(url.origin).toBe(publicUrl);
    return `${url.pathname}${url.search}`;
  }

  async signsIn(login: string, to?: string): Promise<string> {
    return (await this.ask(await this.atGitHub(login, to))).location;
  }

  get secret(): string {
    return this.cookies.get("__Host-drafthorse") ?? "";
  }
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "drafthorse-sign-in-"));
  now = Date.parse("2026-11-28T12:00:00Z");
  told = [];
  const clock = { now: () => new Date(now) };
  double = await startCheckedDouble({ clock: () => now });
  double.github.registersCallback(`${publicUrl}/sign-in/callback`);
  await double.github.createRepository({
    ...{ owner: "acme", name: "shop", collaborators: { ada: "read", eve: "read" } },
  });
  await double.github.createRepository({ owner: "acme", name: "vault", collaborators: { ada: "admin" } });
  await double.github.createRepository({ owner: "acme", name: "open", private: false });
  const { clientId, clientSecret } = double.app;
  const users = openUsers({
    ...{ clientId, clientSecret, apiUrl: double.url },
    minted: (token) => void told.push(token),
    answered: () => undefined,
  });
  const sessions = await openSessions(directory, { clock, locks: memoryLocks({ lockWaitMs: 1_000 }) });
  const signIn = githubSignIn({ users, sessions, clock, log, publicUrl });
  world = await startDashboard({ signIn, publicUrl });
  for (const [at, name] of ["shop", "vault", "open"].entries()) {
    const { id: repositoryId } = double.github.repository(`acme/${name}`);
    const title = `Task of ${name}`;
    await world.keep(
      aTask({
        id: { repositoryId, issueNumber: at + 1, round: 1 },
        issue: { title, author: "ada", body: "" },
      }),
    );
  }
});

afterEach(async () => {
  expect(await double.violations()).toEqual([]);
  await world.close();
  await double.close();
  await rm(directory, { recursive: true, force: true });
});

describe("sign-in with GitHub", () => {
  test("shows each person what they can read, and nobody anything else", async () => {
    const [ada, eve, stranger] = [new Browser(), new Browser(), new Browser()];

    expect(await ada.signsIn("ada", "/?q=1")).toBe("/?q=1");
    await eve.signsIn("eve");

    const seen = async (browser: Browser) =>
      [...(await browser.ask("/")).text.matchAll(/Task of (\w+)/g)].map(([, name]) => name).sort();
    expect(await seen(ada)).toEqual(["shop", "vault"]);
    expect(await seen(eve)).toEqual(["shop"]);
    expect(await stranger.ask("/")).toMatchObject({
      status: 401,
      text: expect.stringContaining("Sign in with GitHub"),
    });
    expect((await stranger.ask("/")).text).not.toContain("Task of");
  });

  test("answers what somebody may not read as what is not there, whatever is asked of it", async () => {
    const [ada, eve] = [new Browser(), new Browser()];
    await ada.signsIn("ada");
    await eve.signsIn("eve");
    const { id: repositoryId } = double.github.repository("acme/vault");
    const vault = sampleOf("passed", 2);
    const id = { ...vault.task.id, repositoryId, issueNumber: 77 };
    const moved = JSON.parse(JSON.stringify(vault).replaceAll(taskKey(vault.task.id), taskKey(id)));
    await world.keepSamples({ ...moved, task: { ...moved.task, id } });
    const [key, none] = [taskKey(id), taskKey({ ...id, issueNumber: 78 })];

    for (const path of ["", "/changes", "/log", "/files/evidence-1.json"]) {
      const [hers, hidden, absent] = [
        await ada.ask(`/tasks/${key}${path}`),
        await eve.ask(`/tasks/${key}${path}`),
        await eve.ask(`/tasks/${none}${path}`),
      ];
      expect([path, hers.status]).toEqual([path, 200]);
      expect([path, hidden.status]).toEqual([path, 404]);
      expect(hidden.text.replaceAll(key, none)).toBe(absent.text);
    }
    const streamed = async (browser: Browser, of: string) =>
      (await browser.ask(`/events?page=/tasks/${of}`)).text;
    expect(await streamed(eve, key)).toContain("event: gone");
    expect(await streamed(eve, key)).toBe(await streamed(eve, none));
  });

  test("keeps a cookie that no script, other host or plain connection gets, and no token in it", async () => {
    const ada = new Browser();
    await ada.signsIn("ada");

    const [flow, gone, session] = ada.setCookies;
    expect(flow).toMatch(
      /^__Host-drafthorse-flow=[\w.-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(gone).toMatch(/^__Host-drafthorse-flow=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(session).toMatch(/^__Host-drafthorse=[\w.-]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(told).toHaveLength(2);
    for (const token of told) expect(`${ada.setCookies}${(await ada.ask("/")).text}`).not.toContain(token);
    for (const token of told) expect(JSON.stringify(log.lines)).not.toContain(token);
  });

  test("takes nobody's answer but that of the browser that asked", async () => {
    const [ada, eve] = [new Browser(), new Browser()];
    const hers = await eve.atGitHub("eve");
    await ada.atGitHub("ada");

    // Eve lures Ada into Eve's session; a forged, a missing and a used state fare no better.
    expect((await ada.ask(hers)).location).toBe("/?refused");
    expect((await new Browser().ask(hers)).location).toBe("/?refused");
    for (const change of [{ state: "forged" }, { state: "" }, { code: "made-up" }]) {
      const browser = new Browser();
      const path = new URL(`${publicUrl}${await browser.atGitHub("ada")}`);
      for (const [name, value] of Object.entries(change)) path.searchParams.set(name, value);
      expect((await browser.ask(`${path.pathname}${path.search}`)).location).toBe("/?refused");
      expect(browser.secret).toBe("");
    }
    const once = await eve.atGitHub("eve");
    await eve.ask(once);
    expect((await eve.ask(once)).location).toBe("/?refused");
    expect((await new Browser().ask("/?refused")).text).toContain("Try again");
  });

  test("gives a new secret each time, so that one that somebody planted or kept is worth nothing", async () => {
    const [ada, thief] = [new Browser(), new Browser()];
    await ada.signsIn("ada");
    const kept = ada.secret;
    await ada.signsIn("ada");

    thief.cookies.set("__Host-drafthorse", kept);
    expect(ada.secret).not.toBe(kept);
    expect((await thief.ask("/")).status).toBe(401);
    expect((await ada.ask("/")).status).toBe(200);
    const planted = new Browser();
    planted.cookies.set("__Host-drafthorse", `${"a".repeat(43)}.${"b".repeat(43)}`);
    expect((await planted.ask("/")).status).toBe(401);
    await planted.signsIn("eve");
    expect(planted.secret).not.toContain("aaaa");
  });

  test("loses within a minute what GitHub takes away", async () => {
    const [ada, eve] = [new Browser(), new Browser()];
    await ada.signsIn("ada");
    await eve.signsIn("eve");
    expect((await eve.ask("/")).text).toContain("Task of shop");
    expect((await ada.ask("/")).status).toBe(200);

    double.github.setCollaborator("acme/shop", "eve");
    double.github.revokesApp("ada");
    now += 61_000;

    expect((await eve.ask("/")).text).not.toContain("Task of shop");
    expect((await ada.ask("/")).status).toBe(401);
    // GitHub's word is final: the session does not come back.
    double.github.setCollaborator("acme/shop", "eve", "read");
    expect((await ada.ask("/")).status).toBe(401);
  });

  test("goes on over the end of a token, and ends by itself", async () => {
    const ada = new Browser();
    await ada.signsIn("ada");
    for (let hour = 0; hour < 27; hour += 9) {
      now += 9 * 3_600_000;
      const pages = await Promise.all([ada.ask("/"), ada.ask("/"), ada.ask("/")]);
      expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
    }
    now += 11 * 3_600_000;
    expect((await ada.ask("/")).status).toBe(401);

    await ada.signsIn("ada");
    for (let nineHours = 1; nineHours <= 18; nineHours++) {
      now += 9 * 3_600_000;
      expect((await ada.ask("/")).status).toBe(200);
    }
    now += 9 * 3_600_000;
    expect((await ada.ask("/")).status).toBe(401);
  });

  test("shows nothing while GitHub does not answer, and all again afterwards", async () => {
    const ada = new Browser();
    await ada.signsIn("ada");
    expect((await ada.ask("/")).status).toBe(200);
    now += 61_000;
    double.faults.failRequests({ path: "/user/installations", times: 1 });

    expect((await ada.ask("/")).status).toBe(500);
    expect((await ada.ask("/")).status).toBe(200);
  });

  test("ends when the person says so, on our page alone", async () => {
    const ada = new Browser();
    await ada.signsIn("ada");
    const kept = ada.secret;

    for (const origin of ["https://evil.example", "null", undefined])
      expect((await ada.ask("/sign-out", { method: "POST", ...(origin && { origin }) })).status).toBe(403);
    expect((await ada.ask("/sign-out")).status).toBe(404);
    expect((await ada.ask("/")).text).toContain('action="/sign-out"');

    expect((await ada.ask("/sign-out", { method: "POST", origin: publicUrl })).status).toBe(303);
    ada.cookies.set("__Host-drafthorse", kept);
    expect((await ada.ask("/")).status).toBe(401);
  });

  test("writes the comment of a button in the person's own name, and says so where GitHub refuses it", async () => {
    const [ada, eve] = [new Browser(), new Browser()];
    await ada.signsIn("ada");
    await eve.signsIn("eve");
    const { id: repositoryId } = double.github.repository("acme/vault");
    const { number } = await double.github.as("ada").opensIssue("acme/vault", { title: "Keep digits" });
    const repository = aRepository({ id: repositoryId, name: "vault" });
    const id = { repositoryId, issueNumber: number, round: 1 };
    await world.keep(aTask({ id, repository }), aTask({ id: { ...id, issueNumber: 99 }, repository }));
    const cancel = { method: "POST", origin: publicUrl, form: { ask: "cancel" } };

    expect(await eve.ask(`/tasks/${taskKey(id)}/asks`, cancel)).toMatchObject({ status: 404 });
    const { status, location } = await ada.ask(`/tasks/${taskKey(id)}/asks`, cancel);
    const lost = await ada.ask(`/tasks/${taskKey({ ...id, issueNumber: 99 })}/asks`, cancel);

    expect([status, location]).toEqual([303, `/tasks/${taskKey(id)}?asked=cancel`]);
    expect(lost.location).toContain("?asked=refused");
    const comments = double.github.issue({ repository: "acme/vault", number }).comments;
    expect(comments.map(({ author, body }) => [author.login, body])).toEqual([["ada", "/cancel"]]);
  });
});
