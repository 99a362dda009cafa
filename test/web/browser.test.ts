import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { aTask } from "../fixtures/tasks.ts";
import { patienceMs } from "../support/patience.ts";
import { type DashboardWorld, startDashboard, token } from "./dashboard-world.ts";
import { sampleOf, sampleTasks } from "./sample-tasks.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const paths = [
  "/",
  "/?q=cart",
  "/queue",
  "/outcomes",
  ...["", "/changes", "/log"].map((end) => `/tasks/task-1001-31-1${end}`),
  "/tasks/task-1001-61-1/logs/validation-1.log?line=700",
];

let world: DashboardWorld;
let browser: Browser;
beforeAll(async () => {
  world = await startDashboard();
  const { artefacts, ...long } = sampleOf("passed", 61);
  const text = Array.from({ length: 1_300 }, (_, at) => `ok ${at + 1}\n`).join("");
  await world.keepSamples(...sampleTasks(), {
    ...{ ...long, artefacts: { ...artefacts, "task-1001-61-1/validation-1.log": text } },
  });
  // Root may not have Chromium's own sandbox; the pages are ours.
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox"],
    timeout: patienceMs,
  });
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

/** A person with a browser of their own, who has signed in with the address from the terminal. */
async function person(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(`${world.url}/sign-in?token=${token}`);
  return page;
}

test("the address from the terminal leads to the overview, and its token leaves the address", async () => {
  const page = await person();

  expect(page.url()).toBe(`${world.url}/`);
  expect(await page.evaluate("document.cookie")).toBe("");
  await page.context().close();
});

describe.each([
  ["on a desk, light", { colorScheme: "light", viewport: { width: 1180, height: 800 } }],
  ["on a phone, dark", { colorScheme: "dark", viewport: { width: 360, height: 740 }, hasTouch: true }],
] satisfies [string, BrowserContextOptions][])("%s", (_, options) => {
  let page: Page;
  const problems: string[] = [];
  beforeAll(async () => {
    page = await person({ ...options, bypassCSP: true });
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(String(error)));
  });
  afterAll(() => page.context().close());

  test.each(paths)("%s has nothing that keeps anybody out, and fits", async (path) => {
    await page.goto(`${world.url}${path}`);
    await page.evaluate(axe);
    const found: { violations: { id: string; nodes: { html: string }[] }[] } =
      await page.evaluate("axe.run()");
    const width: number = await page.evaluate("document.documentElement.scrollWidth - innerWidth");

    expect(
      found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
    ).toEqual([]);
    expect(width).toBeLessThanOrEqual(0);
    expect(problems).toEqual([]);
  });
});

test("every page is whole without JavaScript, with one request for its text and one for its style", async () => {
  const page = await person({ javaScriptEnabled: false });
  const asked: string[] = [];
  const refused: string[] = [];
  page.on("request", (request) => asked.push(request.resourceType()));
  page.on("console", (message) => refused.push(message.text()));

  for (const path of paths) {
    asked.length = 0;
    await page.goto(`${world.url}${path}`);

    // The style is in the browser's cache from the second page on.
    expect(asked.filter((type) => type !== "stylesheet")).toEqual(["document"]);
    expect(await page.locator("main h1").count()).toBe(1);
  }
  expect(refused).toEqual([]);
  await page.context().close();
});

test("with the keyboard alone one gets from the top of the overview to a task and its changes", async () => {
  const page = await person();
  const focused = () => page.evaluate<string>("document.activeElement.textContent.trim()");
  const tabTo = async (words: string | RegExp) => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab");
      if (new RegExp(words).test(await focused())) return;
    }
    throw new Error(`the keyboard never came to ${words}`);
  };

  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Skip to the content");
  await page.keyboard.press("Enter");
  await tabTo("^Escape quotes in search terms$");
  expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tasks/task-1001-31-1");
  await tabTo("^Changes$");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/changes");

  expect(await page.locator("tr.added").count()).toBeGreaterThan(3);
  await page.context().close();
});

test("a log goes on where the reader comes to the end of its window", async () => {
  const page = await person();
  await page.goto(`${world.url}/tasks/task-1001-61-1`);
  await page.getByLabel("Read validation-1.log here").click();
  await page.waitForURL("**/logs/validation-1.log");
  const lines = page.locator(".run-log li");
  expect(await lines.count()).toBe(500);

  await lines.last().scrollIntoViewIfNeeded();
  await lines.nth(999).waitFor();
  await lines.last().scrollIntoViewIfNeeded();
  await lines.nth(1_299).waitFor();

  expect(await lines.last().textContent()).toBe("ok 1300");
  expect(await page.locator("a[rel=next]").count()).toBe(0);
  await page.context().close();
});

test("a task is followed live, and what was opened stays open", async () => {
  const id = { repositoryId: 1001, issueNumber: 77, round: 1 };
  await world.keep(aTask({ id, state: "queued", issue: { title: "Followed", author: "ada", body: "" } }));
  const page = await person();
  const listening = page.waitForResponse((answer) => answer.url().includes("/events"));
  await page.goto(`${world.url}/tasks/task-1001-77-1`);
  await listening;
  await page.locator(".tabs a", { hasText: "Changes" }).focus();

  await world.store.tasks.change(id, (task) => ({
    task: { ...task, state: "running", updatedAt: "2026-11-21T11:59:00.000Z" },
    entries: [{ at: "2026-11-21T11:59:00.000Z", what: "started", by: null, details: { attempt: 1 } }],
  }));
  await world.tick();
  await page.locator(".heading .badge.busy").waitFor();

  expect(await page.locator(".timeline .step", { hasText: "started" }).count()).toBe(1);
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Changes");
  await page.context().close();
});
