import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { aTask } from "../fixtures/tasks.ts";
import { type DashboardWorld, lettingIn, startDashboard } from "./dashboard-world.ts";
import { hostileTexts, skeletonOf } from "./hostile-texts.ts";
import { sampleTasks } from "./sample-tasks.ts";

const everybody = lettingIn({ login: "ada", mayRead: async () => true });

/** What a reader sees, a line for each block. */
function textOf(html: string): string {
  return html
    .replace(/<(?:\/p|\/li|\/h\d|\/div)>/g, "\n")
    .replace(/<[^>]*>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

describe("the overview", () => {
  let world: DashboardWorld;
  beforeAll(async () => {
    world = await startDashboard({ signIn: everybody });
    await world.keepSamples(...sampleTasks());
  });
  afterAll(() => world.close());

  test("has what waits for a person first, then what runs, then what has ended", async () => {
    const { text } = await world.get("/");

    const headings = [...text.matchAll(/<h2 id="group-[a-z]+">([^<]+)/g)].map(([, title]) => title);
    expect(headings).toEqual(["To review", "Briefs to complete", "Held", "Running", "Queued", "Ended last"]);
  });

  test.each([
    ["a pull request with its verdict, owner and age", /passed[\s\S]*for ada · [\s\S]*1 hour ago/],
    ["what a refused brief lacks", /Validation command: there is none\s*Next: Name the command/],
    [
      "what releases a held task",
      /The branch that the work starts from cannot be fetched[^\n]*\s*Released by: A fetch that works/,
    ],
    ["how long an agent has been at work", /Running\s*6 min · cost not reported/],
    ["why a task failed and what comes next", /out of quota until 14:00 UTC\.\s*Next: The operator checks/],
  ])("says %s", async (_, words) => {
    expect(textOf((await world.get("/")).text)).toMatch(words);
  });

  test.each([
    ["/?show=held", ["Upgrade the payment client"]],
    ["/?q=CART", ["Make the cart faster"]],
    ["/?q=%2331", ["Escape quotes in search terms"]],
    ["/?show=review&q=round+half", ["Round totals half to even"]],
    ["/?q=ada+tax&repository=acme%2Fsite", ["Backfill tests for the tax table"]],
    ["/?show=review&repository=acme%2Fsite", []],
    ["/?q=nowhere", []],
    ["/?show=review&page=9", []],
  ])("%s lists what is looked for", async (path, titles) => {
    const { text } = await world.get(path);

    const found = [...text.matchAll(/<a class="title"[^>]*>([^<]+)/g)].map(([, title]) => title);
    expect(found).toEqual(titles);
    expect(text.includes("Nothing matches")).toBe(titles.length === 0);
  });

  test.each([
    "/?page=-1",
    "/?page=1e99",
    "/?page=x",
    "/?show=__proto__",
    "/?q=%00",
    `/?q=${"a".repeat(5_000)}`,
  ])("%s is answered", async (path) => {
    expect((await world.get(path)).status).toBe(200);
  });
});

test("without a task it says how the first one is made", async () => {
  const empty = await startDashboard({ signIn: everybody });
  try {
    expect((await empty.get("/")).text).toContain("Nobody has asked for anything yet");
  } finally {
    await empty.close();
  }
});

test("a list of many tasks has pages, each of one length", async () => {
  const world = await startDashboard({ signIn: everybody });
  try {
    for (let issueNumber = 1; issueNumber <= 60; issueNumber++)
      await world.keep(aTask({ id: { repositoryId: 1001, issueNumber, round: 1 } }));
    const rowsOf = async (page: number) =>
      ((await world.get(`/?show=queued&page=${page}`)).text.match(/class="title"/g) ?? []).length;

    expect([await rowsOf(1), await rowsOf(2), await rowsOf(3)]).toEqual([25, 25, 10]);
    expect((await world.get("/?show=queued&page=3")).text).not.toContain('rel="next"');
    expect((await world.get("/")).text).toContain("Show all 60");
  } finally {
    await world.close();
  }
});

describe("text of others is text", () => {
  const skeletons = new Map<string, string[]>();
  const render = async (text: string, path: string): Promise<string> => {
    const world = await startDashboard({ signIn: everybody });
    try {
      await world.keep(
        aTask({
          ...{ state: "incomplete", askedBy: text, issue: { title: text, author: text, body: text } },
          ...{ repository: { ...aTask().repository, owner: text, name: text } },
          problems: [{ line: 1, field: text, message: text, repair: text }],
        }),
      );
      return (await world.get(path)).text;
    } finally {
      await world.close();
    }
  };
  beforeAll(async () => {
    for (const path of ["/", "/?q="]) skeletons.set(path, skeletonOf(await render("plain", path)));
  });

  test.each(hostileTexts)("%j", async (text) => {
    for (const path of ["/", "/?q="]) {
      const html = await render(text.replaceAll("`", ""), path);

      expect(skeletonOf(html)).toEqual(skeletons.get(path));
    }
    const searched = await render("plain", `/?q=${encodeURIComponent(text.replace(/\p{Cs}/gu, "?"))}`);
    expect(searched).not.toContain("<script>");
    expect(searched).not.toContain("onerror=alert(1)>");
  });
});
