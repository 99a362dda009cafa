import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { eventually } from "../support/processes.ts";
import { type ServiceProcess, serviceProcess } from "../support/service-process.ts";

let directory: string;
let double: CheckedDouble;
let service: ServiceProcess | undefined;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "drafthorse-first-run-"));
  double = await startCheckedDouble({ directory: join(directory, "github") });
});
afterAll(async () => {
  await service?.kill("SIGTERM");
  await double.close();
  await rm(directory, { recursive: true, force: true });
});

/** The first form of a page, as a browser without JavaScript would send it. */
function formIn(html: string): { action: string; fields: URLSearchParams } {
  const [, form = ""] = /<form([\s\S]*?)<\/form>/.exec(html) ?? [];
  const decoded = (text: string): string =>
    text.replaceAll("&quot;", '"').replaceAll("&#34;", '"').replaceAll("&amp;", "&").replaceAll("&#38;", "&");
  const fields = [...form.matchAll(/<input([^>]*)>/g)].map(([, attributes = ""]) => {
    const value = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
    return [value("name"), decoded(value("value"))] as [string, string];
  });
  return {
    action: decoded(/action="([^"]*)"/.exec(form)?.[1] ?? ""),
    fields: new URLSearchParams(fields.filter(([name]) => name)),
  };
}

test("from the first start to a running App, on pages alone and without a restart", async () => {
  const dataDir = join(directory, "data");
  service = serviceProcess({
    ...{ DATA_DIR: dataDir, PORT: "0", SANDBOX: "none", ONBOARDING: "offer" },
    ...{ GITHUB_API_URL: double.url, GITHUB_SERVER_URL: double.url },
  });
  const address = new URL(await service.said(/http:\/\/\S+/));
  const { origin } = address;

  // Whoever lacks the token of the terminal, or comes by another name, is told nothing.
  expect((await fetch(origin)).status).toBe(401);
  const entered = await fetch(address, { redirect: "manual" });
  const cookie = (entered.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const first = await (await fetch(origin, { headers: { cookie } })).text();
  expect(first).toContain("pull requests: write");
  expect(first).toContain("branches below agent/");

  const submit = (form: Record<string, string>, headers: Record<string, string>) =>
    fetch(`${origin}/set-up`, { method: "POST", headers, body: new URLSearchParams(form) });
  const said = { name: "Ours", publicUrl: origin, agent: "exec: true", key: "" };
  expect((await submit(said, { cookie, origin: "https://evil.example" })).status).toBe(403);
  const refused = await submit({ ...said, publicUrl: "http://d.example.org" }, { cookie, origin });
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('role="alert"')]);
  const confirm = await submit(said, { cookie, origin });
  expect(confirm.headers.get("content-security-policy")).toContain(`form-action 'self' ${double.url}`);

  const toGitHub = formIn(await confirm.text());
  const atGitHub = await fetch(toGitHub.action, { method: "POST", body: toGitHub.fields });
  const confirmed = formIn(await atGitHub.text());
  const back = await fetch(new URL(confirmed.action, toGitHub.action), {
    ...{ method: "POST", body: confirmed.fields, redirect: "manual" },
  });
  const callback = new URL(back.headers.get("location") ?? "");
  const forged = new URL(callback);
  forged.searchParams.set("state", "forged");
  expect((await fetch(forged)).status).toBe(403);

  const end = await fetch(callback);
  const last = await end.text();
  expect(last).toContain("is registered and runs");
  expect(last).toContain("✗ Sandbox</strong>: not sandboxed");
  expect(last).toContain(`${origin} leads to this server`);
  expect(last).toContain(`href="${double.url}/apps/drafthorse/installations/new"`);

  // The same process answers at the same address, as the service.
  expect(await (await fetch(`${origin}/healthz`)).json()).toEqual({ alive: true });
  expect((await fetch(callback)).status).toBe(401);
  const env = join(dataDir, "app", "app.env");
  expect((await stat(env)).mode & 0o077).toBe(0);
  expect(await readFile(env, "utf8")).toContain(`WEBHOOK_SECRET='${double.app.webhookSecret}'`);
  const repository = await double.github.createRepository({
    owner: "acme",
    name: "shop",
    installed: false,
    files: { "go.mod": "module shop\n" },
  });
  await fetch(`${double.url}/apps/drafthorse/installations/new`, {
    ...{ method: "POST", redirect: "manual", body: new URLSearchParams({ repository }) },
  });
  await eventually("a set-up is offered", () => double.github.pullRequests(repository).length > 0);
  const [offer, ...others] = double.github.pullRequests(repository);
  expect(others).toEqual([]);
  expect(offer).toMatchObject({ pull: { head: "drafthorse/set-up", draft: false } });
  expect(await double.violations()).toEqual([]);

  // And the next start needs no page.
  await service.kill("SIGTERM");
  service = serviceProcess({
    ...{ DATA_DIR: dataDir, PORT: "0", SANDBOX: "none" },
    ...{ GITHUB_API_URL: double.url, GITHUB_SERVER_URL: double.url },
  });
  expect(await service.ready()).toMatch(/^http/);
});
