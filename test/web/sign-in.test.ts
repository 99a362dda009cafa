import { once } from "node:events";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { aTask } from "../fixtures/tasks.ts";
import { type DashboardWorld, lettingIn, startDashboard, token } from "./dashboard-world.ts";

let world: DashboardWorld;
let cookie: string;

beforeAll(async () => {
  world = await startDashboard();
  await world.keep(aTask({ issue: { title: "Keep digits", author: "ada", body: "" } }));
  const answer = await world.get(`/sign-in?token=${token}`);
  cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
});
afterAll(() => world.close());

/** `fetch` sets the header Host itself. */
async function statusFor(path: string, headers: Record<string, string>): Promise<number | undefined> {
  const asking = request(`${world.url}${path}`, { headers }).end();
  const [answer] = await once(asking, "response");
  answer.resume();
  return answer.statusCode;
}

describe("the token of the first run", () => {
  test("is exchanged for a cookie that no script and no other site can use, and leaves the address", async () => {
    const answer = await world.get(`/sign-in?token=${token}`);

    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/");
    expect(answer.headers.get("set-cookie")).toMatch(
      /^drafthorse-[0-9a-f]{8}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(answer.headers.get("set-cookie")).not.toContain(token);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test.each(["", "?token=", "?token=wrong", `?token=${token}x`, `?Token=${token}`])(
    "%j gets no cookie",
    async (query) => {
      const answer = await world.get(`/sign-in${query}`);

      expect(answer.headers.get("set-cookie")).toBeNull();
    },
  );

  test("lets in by its cookie", async () => {
    const answer = await world.get("/", { cookie });

    expect(answer.status).toBe(200);
    expect(answer.text).toContain("Keep digits");
  });
});

describe("without a viewer", () => {
  test.each([
    "/",
    "/tasks/task-1001-12-1",
    "/queue",
    "/outcomes",
    "/nothing",
    "/assets/nothing",
    "/assets/..%2fpackage.json",
  ])("%s is the sign-in page", async (path) => {
    const answer = await world.get(path);

    expect(answer.status).toBe(401);
    expect(answer.text).toContain("Open the link from the terminal");
    expect(answer.text).not.toContain("Keep digits");
  });

  test.each(["", "drafthorse=x", `drafthorse-00000000=${token}`])(
    "a cookie %j lets nobody in",
    async (wrong) => {
      expect((await world.get("/", { cookie: wrong })).status).toBe(401);
    },
  );

  test("the style is there, for the sign-in page has one", async () => {
    const page = await world.get("/");
    const [, address = ""] = /<link rel="stylesheet" href="([^"]+)"/.exec(page.text) ?? [];

    const style = await world.get(address);

    expect(style.status).toBe(200);
    expect(style.headers.get("content-type")).toBe("text/css; charset=utf-8");
    expect(style.headers.get("cache-control")).toContain("immutable");
  });
});

describe("the token's cookie is good on this machine alone", () => {
  test("not under another name, such as one that somebody else lets resolve to here", async () => {
    expect(await statusFor("/", { cookie, host: "evil.example" })).toBe(401);
    expect(await statusFor("/", { cookie, host: "localhost.evil.example:3000" })).toBe(401);
    expect(await statusFor("/", { cookie, host: "localhost:3000" })).toBe(200);
    expect(await statusFor("/", { cookie, host: "[::1]:3000" })).toBe(200);
  });

  test.each(["x-forwarded-for", "x-forwarded-host", "forwarded"])("not through a proxy: %s", async (name) => {
    const answer = await world.get("/", { cookie, [name]: "203.0.113.9" });

    expect(answer.status).toBe(401);
    expect(answer.text).toContain("opens on its own machine only");
  });
});

test("what a viewer may not read is not on the overview", async () => {
  const other = await startDashboard({
    signIn: lettingIn({ login: "eve", mayRead: async (id) => id === 2 }),
  });
  try {
    await other.keep(
      aTask({ issue: { title: "Hidden", author: "ada", body: "" } }),
      aTask({
        id: { repositoryId: 2, issueNumber: 1, round: 1 },
        issue: { title: "Shown", author: "ada", body: "" },
      }),
    );

    const { text } = await other.get("/");

    expect(text).toContain("Shown");
    expect(text).not.toContain("Hidden");
    expect((await other.get("/nothing")).status).toBe(404);
  } finally {
    await other.close();
  }
});

test("no page loads anything from elsewhere or is shown in a frame", async () => {
  const { headers, text } = await world.get("/", { cookie });

  expect(headers.get("content-security-policy")).toBe(
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; " +
      "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(text).toMatch(/^<!doctype html><html lang="en">/);
  expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
});

test("a page that fails says what to do, and its cause is in the log alone", async () => {
  const broken = await startDashboard({
    signIn: lettingIn({
      login: "ada",
      mayRead: async () => {
        throw new Error("secret cause");
      },
    }),
  });
  try {
    await broken.keep(aTask());

    const { status, text } = await broken.get("/");

    expect(status).toBe(500);
    expect(text).toContain("This page could not be made");
    expect(text).not.toContain("secret cause");
    expect(broken.log.lines).toMatchObject([{ level: "error", message: "a page failed" }]);
  } finally {
    await broken.close();
  }
});
