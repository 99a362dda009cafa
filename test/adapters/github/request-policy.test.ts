import { inspect } from "node:util";
import { afterEach, describe, expect, test } from "@jest/globals";
import { failureNote } from "../../../src/domain/task/failure.ts";
import { type Heard, repository, type Scripted, scriptedApi } from "./scripted-api.ts";

const closing: (() => Promise<void>)[] = [];
const at = { repository, number: 1 };
const issue = { number: 1, title: "Two", body: null, user: null, state: "open", labels: [] };
const comment = { marker: "<!-- m -->", body: "Hi. <!-- m -->" };
const fine: Scripted = { status: 200, body: issue };

type ApiOptions = Parameters<typeof scriptedApi>[1];

async function api(script: (heard: Heard, tries: number) => Scripted, options: ApiOptions = {}) {
  const started = await scriptedApi(script, options);
  closing.push(started.close);
  return started;
}

/** Answers the first tries of a request by a list, and everything else well. */
function first(method: string, end: string, answers: Scripted[]) {
  return (heard: Heard, tries: number): Scripted => {
    const met = heard.method === method && heard.path.endsWith(end);
    if (heard.path === "/app") return { status: 200, body: { slug: "drafthorse" } };
    if (heard.path.endsWith("/comments") && heard.method === "GET") return { status: 200, body: [] };
    return (
      (met && answers[tries - 1]) || (heard.path.endsWith("s/1") ? fine : { status: 200, body: { id: 5 } })
    );
  };
}

function count(heard: Heard[], method: string, end: string): number {
  return heard.filter((one) => one.method === method && one.path.endsWith(end)).length;
}

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

describe("a read", () => {
  test.each<[string, Scripted]>([
    ["that meets an error of GitHub's", { status: 502 }],
    ["whose connection breaks", "reset"],
    ["whose answer breaks off", "broken off"],
    ["whose answer does not come", "silence"],
  ])("%s is asked again", async (_, fault) => {
    const { github, heard } = await api(first("GET", "/issues/1", [fault, fault]), {
      isSilent: fault === "silence",
    });

    const read = await github.issues.read(at);

    expect(read).toEqual({ title: "Two", body: "", author: "ghost", open: true, labels: [] });
    expect(count(heard, "GET", "/issues/1")).toBe(3);
  });

  test("that fails three times is a failure that names it", async () => {
    const { github, heard } = await api(
      first("GET", "/issues/1", [{ status: 502 }, "reset", { status: 503 }]),
    );

    const failure = await github.issues.read(at).catch(failureNote);

    expect(failure).toEqual({
      kind: "github",
      cause: "GitHub answered 503 to GET /repos/ada/widgets/issues/1: Scripted 503",
    });
    expect(count(heard, "GET", "/issues/1")).toBe(3);
  });
});

describe("a write", () => {
  test.each<[string, Scripted]>([
    ["that meets an error of GitHub's", { status: 502 }],
    ["whose connection breaks", "reset"],
    ["whose answer breaks off", "broken off"],
    ["whose answer does not come", "silence"],
  ])("%s is looked for and not repeated", async (_, fault) => {
    const { github, heard } = await api(first("POST", "/comments", [fault, fault]), {
      isSilent: fault === "silence",
    });

    const failure = await github.issues.say(at, comment).catch(failureNote);

    expect(failure).toMatchObject({ kind: "github" });
    expect([count(heard, "POST", "/comments"), count(heard, "GET", "/comments")]).toEqual([1, 2]);
  });

  test("waits for the write before it, and reads do not", async () => {
    const { github, heard } = await api(first("POST", "/none", []));
    await github.issues.read(at);

    await Promise.all([1, 2, 3].map(() => github.issues.react(at, "eyes")));

    expect(count(heard, "POST", "/reactions")).toBe(3);
  });
});

describe("a token", () => {
  test("is minted for one repository and one kind of work, once", async () => {
    const { github, heard } = await api(first("GET", "/none", []));

    await Promise.all([github.issues.read(at), github.issues.read(at), github.issues.react(at, "eyes")]);
    await github.fetchToken(repository);
    await github.fetchToken(repository);

    expect(count(heard, "POST", "/access_tokens")).toBe(2);
  });

  test("that GitHub no longer takes is minted anew, once", async () => {
    const { github, heard } = await api(first("GET", "/issues/1", [{ status: 401 }]));
    const tired = await api(first("GET", "/issues/1", [{ status: 401 }, { status: 401 }]));

    const read = await github.issues.read(at);
    const failure = await tired.github.issues.read(at).catch(failureNote);

    const shown = heard
      .filter(({ path }) => path.endsWith("/issues/1"))
      .map(({ headers }) => headers.authorization);
    expect(read?.title).toBe("Two");
    expect(shown).toEqual(["token ghs_canary1", "token ghs_canary2"]);
    expect(failure).toMatchObject({ cause: expect.stringContaining("401") });
  });

  test("is minted anew before its hour is over", async () => {
    const { github, clock } = await api(first("GET", "/none", []));

    const tokens = [await github.fetchToken(repository)];
    for (const minutes of [30, 24, 2, 90]) {
      clock.ms += minutes * 60_000;
      tokens.push(await github.fetchToken(repository));
    }

    const [one, , again, two, three] = tokens;
    expect(tokens).toEqual([one, one, again, two, three]);
    // A mint whose answer was lost is asked for again, so the numbers of the tokens say nothing.
    expect([again === one, new Set(tokens).size]).toEqual([true, 3]);
  });

  test("that cannot be had is a failure, though the App is gone and not the issue", async () => {
    const { github } = await api(first("POST", "/access_tokens", [{ status: 404 }]));

    const failure = await github.issues.read(at).catch(failureNote);

    expect(failure).toMatchObject({
      kind: "github",
      cause: expect.stringContaining("/app/installations/7/"),
    });
  });

  test("is in no failure and in no log", async () => {
    const faults: Scripted[] = [{ status: 401 }, { status: 403 }, "reset", { status: 500 }];
    const { github, log } = await api((heard, tries) =>
      heard.path.endsWith("/access_tokens") ? fine : (faults[tries % faults.length] ?? "reset"),
    );

    const failures = [];
    for (let index = 0; index < 8; index += 1)
      failures.push(await github.issues.read(at).catch((e: unknown) => e));
    failures.push(await github.issues.react(at, "eyes").catch((e: unknown) => e));

    const told = inspect([failures, log.lines], { depth: 20, showHidden: true });
    expect(told).toContain("403");
    expect(told).not.toContain("canary");
  });
});

describe("a limit", () => {
  test("is waited out by all of the installation, for as long as GitHub asks", async () => {
    const limited: Scripted = { status: 403, headers: { "retry-after": "7" } };
    const { github, heard, clock } = await api(first("POST", "/reactions", [limited]));
    const start = clock.ms;

    await Promise.all([github.issues.react(at, "eyes"), github.issues.react(at, "confused")]);

    const times = heard.filter(({ path }) => path.endsWith("/reactions")).map((one) => one.at - start);
    expect(times).toEqual([0, 7_000, 7_000]);
  });

  test("of eighty content writes a minute is kept, and nothing below it is slowed", async () => {
    const { github, heard, clock } = await api(first("POST", "/none", []));
    const start = clock.ms;

    for (let index = 0; index < 90; index += 1) await github.issues.react(at, "eyes");

    const times = heard.filter(({ path }) => path.endsWith("/reactions")).map((one) => one.at - start);
    expect([times[79], times[80], times[89]]).toEqual([0, 60_000, 60_000]);
  });

  test("is not kept on a server that has none", async () => {
    const { github, heard, clock } = await api(first("POST", "/none", []), { writeLimits: "none" });
    const start = clock.ms;

    for (let index = 0; index < 90; index += 1) await github.issues.react(at, "eyes");

    const writes = heard.filter(({ path }) => path.endsWith("/reactions"));
    expect(writes.map((one) => one.at - start)).toEqual(new Array(90).fill(0));
  });

  test("of a minute's points is kept where many files go up as objects of their own", async () => {
    const tree = "b".repeat(40);
    const { github, heard, clock } = await api(() => ({ status: 201, body: { sha: tree } }));
    const start = clock.ms;
    const files = Array.from({ length: 170 }, (_, index) => ({
      ...{ path: `bin/${index}`, before: null },
      after: { mode: "100644", id: index.toString(16).padStart(40, "0"), bytes: 3 },
    }));
    const base = { ref: "main", commit: "c".repeat(40), tree: "d".repeat(40) };
    const change = { base, tree, files, pack: "", unpublishable: [] };

    await github.branches.commit(repository, {
      ...{ change, parent: base.commit, message: "Change" },
      blob: async () => Buffer.from([0, 0xff, 1]),
    });

    const times = heard.filter(({ path }) => path.endsWith("/git/blobs")).map((one) => one.at - start);
    expect([times[149], times[150], times[169]]).toEqual([0, 60_000, 60_000]);
  });

  test("of the hour is kept before it is broken", async () => {
    const { github, heard, clock } = await api((_, tries) => ({
      ...fine,
      headers: {
        "x-ratelimit-remaining": tries === 1 ? "0" : "4999",
        "x-ratelimit-reset": String(Date.parse("2026-11-21T12:00:30Z") / 1_000),
      },
    }));
    const start = clock.ms;

    await github.issues.read(at);
    await github.issues.read(at);

    const times = heard.filter(({ path }) => path.endsWith("/issues/1")).map((one) => one.at - start);
    expect(times).toEqual([0, 31_000]);
  });

  test("that lasts too long is left to the queue, without another request", async () => {
    const limited: Scripted = { status: 429, headers: { "retry-after": "600" } };
    const { github, heard, clock } = await api(first("GET", "/issues/1", [limited]));
    const start = clock.ms;

    const failures = [
      await github.issues.read(at).catch(failureNote),
      await github.issues.read(at).catch(failureNote),
    ];

    expect(failures).toEqual(
      [1, 2].map(() => ({
        kind: "github",
        cause: "GitHub limits the requests of this installation until 2026-11-21T12:10:00.000Z.",
      })),
    );
    expect([clock.ms - start, count(heard, "GET", "/issues/1")]).toEqual([0, 1]);
  });
});
