/** Takes pictures of the pages into a folder: `node dist/test/web/shoot.js FOLDER [path…]`. Nothing of the tests needs it. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { lettingIn, startDashboard } from "./dashboard-world.ts";
import { sampleTasks } from "./sample-tasks.ts";

const [folder = "shots", ...paths] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const world = await startDashboard({ signIn: lettingIn({ login: "ada", mayRead: async () => true }) });
await world.keepSamples(...sampleTasks());
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const colorScheme of ["light", "dark"] as const)
  for (const width of [1180, 390]) {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
    for (const path of paths.length > 0 ? paths : ["/"]) {
      await page.goto(`${world.url}${path}`);
      const name = path.replace(/\W+/g, "-").replace(/^-|-$/g, "") || "overview";
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`), fullPage: true });
    }
    await page.close();
  }
await browser.close();
await world.close();
