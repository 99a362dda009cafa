import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from "playwright-core";
import { patienceMs } from "../support/patience.ts";
import { mend } from "./mend.ts";
import { townWith } from "./town-with.ts";

const town = townWith(mend ? [mend] : []);
const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true };

let browser: Browser;
beforeAll(async () => {
  // Root may not have Chromium's own sandbox; the pages are ours.
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox"],
    timeout: patienceMs,
  });
});
afterAll(() => browser.close());

/** A page of a browser of their own, at the address that the start printed. */
async function signedIn(options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(town().service.dashboard ?? "");
  return page;
}

test("a task is followed on a phone by keyboard from its label to its pull request, and is read without JavaScript", async () => {
  const page = await signedIn(phone);
  expect(await page.locator("main").textContent()).toContain("Nobody has asked for anything yet");
  const listening = page.waitForResponse((answer) => answer.url().includes("/events"));
  await page.reload();
  await listening;

  const opened = await town().delegate({ title: "Keep digits" });
  const line = page.locator(".lines a", { hasText: "Keep digits" });
  await line.waitFor();
  await tabTo(page, "Keep digits");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tasks/*");
  await pullLink(page).waitFor();

  const address = await pullLink(page).getAttribute("href");
  expect(address?.endsWith(`/pull/${town().pull(opened).number}`)).toBe(true);
  expect(await page.locator(".timeline .step").count()).toBeGreaterThan(3);
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);

  const plain = await signedIn({ ...phone, javaScriptEnabled: false });
  await plain.locator(".lines a", { hasText: "Keep digits" }).click();
  await plain.waitForURL(page.url());
  expect(await plain.locator("h1").textContent()).toContain("Keep digits");
  expect(await pullLink(plain).getAttribute("href")).toBe(address);
});

/** What leads to the pull request, where it is seen without opening anything. */
function pullLink(page: Page): Locator {
  return page.locator('main a[href*="/pull/"]:visible').first();
}

/** Goes with the tab key to what says these words. */
async function tabTo(page: Page, words: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate<string>("document.activeElement.textContent.trim()")) === words) return;
  }
  throw new Error(`the keyboard never came to ${words}`);
}
