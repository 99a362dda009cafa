import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { openSessions } from "../../../src/adapters/sessions/open-sessions.ts";
import { seal, unseal } from "../../../src/adapters/sessions/seal.ts";
import { memoryLocks } from "../../../src/adapters/store/memory/memory-locks.ts";
import type { WebSession } from "../../../src/domain/host/session.ts";

let directory: string;
let now: Date;
const clock = { now: () => now };
const locks = memoryLocks({ lockWaitMs: 1_000 });
const open = () => openSessions(join(directory, "sessions"), { clock, locks });

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "drafthorse-sessions-"));
  now = new Date("2026-11-28T12:00:00Z");
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function session(): WebSession {
  const tokens = { token: "ghu_secret", expiresAt: null, refreshToken: "ghr_secret" };
  return { userId: 7, login: "ada", tokens, beganAt: now.toISOString() };
}

describe("sessions", () => {
  test("are known by their secret alone, also to the next process", async () => {
    const secret = await (await open()).begin(session());
    const [other, next] = [await (await open()).begin(session()), await open()];

    expect(await next.read(secret)).toEqual({ session: session(), seenAt: now });
    expect(other).not.toBe(secret);
    const [id = "", mac = ""] = secret.split(".");
    for (const wrong of [
      "",
      id,
      `${id}.`,
      `${id}.${"a".repeat(43)}`,
      `${"a".repeat(43)}.${mac}`,
      "../key",
      `${secret}x`,
    ])
      expect(await next.read(wrong)).toBeUndefined();
  });

  test("leave nothing on the disk that could be used, and nothing that others can read", async () => {
    const secret = await (await open()).begin(session());

    const folder = join(directory, "sessions");
    const names = await readdir(folder);
    expect(names.sort()).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.session$/), "key"].sort());
    for (const name of names) {
      const bytes = (await readFile(join(folder, name))).toString("latin1");
      expect(bytes).not.toMatch(/ghu_|ghr_|ada/);
      expect(bytes).not.toContain(secret.split(".")[0]);
      expect((await stat(join(folder, name))).mode & 0o077).toBe(0);
    }
  });

  test("are changed by one at a time, and one that ended is not brought back", async () => {
    const sessions = await open();
    const secret = await sessions.begin(session());
    const login = (name: string) =>
      sessions.change(secret, async (one) => ({ ...one, login: `${one.login}${name}` }));

    await Promise.all([login("1"), login("2"), login("3")]);
    expect((await sessions.read(secret))?.session.login).toMatch(/^ada(?=.*1)(?=.*2)(?=.*3)/);

    await sessions.end(secret);
    await sessions.see(secret);
    expect(await login("4")).toBeUndefined();
    expect(await sessions.read(secret)).toBeUndefined();
  });

  test("that nobody used for long are forgotten when the next one begins", async () => {
    const sessions = await open();
    const [old, seen] = [await sessions.begin(session()), await sessions.begin(session())];
    now = new Date(now.getTime() + 9 * 3_600_000);
    await sessions.see(seen);
    now = new Date(now.getTime() + 2 * 3_600_000);

    await sessions.begin(session());

    expect(await sessions.read(old)).toBeUndefined();
    expect((await sessions.read(seen))?.session.login).toBe("ada");
  });
});

test("what is sealed is read with both secrets and whole, or not at all", () => {
  const secrets = { server: Buffer.alloc(32, 1), browser: "b" };
  const sealed = seal("text", secrets);

  expect(unseal(sealed, secrets)).toBe("text");
  expect(unseal(sealed, { ...secrets, browser: "c" })).toBeUndefined();
  expect(unseal(sealed, { ...secrets, server: Buffer.alloc(32, 2) })).toBeUndefined();
  expect(unseal(sealed.subarray(0, -1), secrets)).toBeUndefined();
  expect(unseal(Buffer.alloc(3), secrets)).toBeUndefined();
});
