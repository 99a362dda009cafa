/** Takes the pictures of the documentation: `node dist/test/web/shoot.js FOLDER`. Nothing of the tests needs it. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { lettingIn, startDashboard } from "./dashboard-world.ts";
import { sampleTasks } from "./sample-tasks.ts";

const task = "/tasks/task-1001-31-1";
const pages = {
  overview: "/",
  task,
  changes: `${task}/changes`,
  log: `${task}/log`,
  "run-log": `${task}/logs/validation-1.log?line=1200`,
  queue: "/queue",
  outcomes: "/outcomes",
};

const [folder = "docs/images"] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const world = await startDashboard({ signIn: lettingIn({ login: "ada", mayRead: async () => true }) });
const log = Array.from(
  { length: 4_260 },
  (_, at) => `ok ${at + 1} - case ${at + 1} of the search terms\n`,
).join("");
const samples = sampleTasks().map(({ artefacts, ...sample }) => ({
  ...sample,
  artefacts: { ...artefacts, "task-1001-31-1/validation-1.log": log },
}));
await world.keepSamples(...samples);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const shoot = async (colorScheme: "light" | "dark", size: { width: number; height: number }, end: string) => {
  const page = await browser.newPage({ colorScheme, viewport: size, reducedMotion: "reduce" });
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(`${world.url}${path}`);
    await page.screenshot({ path: join(folder, `dashboard-${name}-${end}.png`) });
  }
  await page.close();
};
for (const colour of ["light", "dark"] as const) await shoot(colour, { width: 1120, height: 800 }, colour);
await shoot("dark", { width: 390, height: 780 }, "phone");
await browser.close();
await world.close();
