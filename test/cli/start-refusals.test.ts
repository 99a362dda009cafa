import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { execa } from "execa";
import { freePort } from "../support/free-port.ts";
import { patienceMs } from "../support/patience.ts";
import { testDirectory } from "../support/test-directory.ts";
import { warmCommand, warmDrafthorse } from "../support/warm-drafthorse.ts";

/** A service that is told to use what it cannot: it names the setting, and ends. */
const directory = testDirectory();
const main = join(import.meta.dirname, "../../src/cli/main.js");
const other = createServer();
const at = {} as { taken: string; free: string; key: string };

beforeAll(async () => {
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  at.taken = String((other.address() as AddressInfo).port);
  at.free = String(await freePort());
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  at.key = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  writeFileSync(join(directory, "file"), "");
});
afterAll(() => void other.close());

function settingsWith(settings: Record<string, string>) {
  return {
    ...{ PATH: process.env.PATH, HOME: directory, PORT: "0", APP_ID: "1", ROLE: "web", PRIVATE_KEY: at.key },
    ...{ GITHUB_API_URL: "http://127.0.0.1:9", GITHUB_SERVER_URL: "http://127.0.0.1:9" },
    ...{ DATA_DIR: join(directory, "data"), WEBHOOK_SECRET: randomBytes(32).toString("hex"), ...settings },
  };
}

async function start(settings: Record<string, string>) {
  return execa(process.execPath, [main, "start"], {
    env: settingsWith(settings),
    extendEnv: false,
    cwd: directory,
    reject: false,
    timeout: patienceMs,
  });
}

test.each<[string, () => Record<string, string>, string]>([
  ["a port in use", () => ({ PORT: at.taken }), "is in use by another program. Set HOST and PORT to"],
  ["a host that is no name", () => ({ HOST: "nowhere.invalid" }), "Set HOST and PORT to"],
  [
    "a DATA_DIR that is a file",
    () => ({ DATA_DIR: "file" }),
    "is there already and is no directory. Set DATA_DIR",
  ],
  [
    "a DATA_DIR below a file",
    () => ({ DATA_DIR: "file/x" }),
    "is below something that is no directory. Set DATA_DIR",
  ],
  [
    "no Redis",
    () => ({ REDIS_URL: `redis://127.0.0.1:${at.free}` }),
    "refuses the connection. Start Redis there, or mend REDIS_URL.",
  ],
  [
    "no PostgreSQL",
    () => ({ DATABASE_URL: `postgresql://drafthorse@127.0.0.1:${at.free}/drafthorse` }),
    "refuses the connection. Start PostgreSQL there, or mend DATABASE_URL.",
  ],
])("%s: one sentence, exit code 1", async (_, settings, sentence) => {
  const { exitCode, stderr } = await start(settings());

  expect([exitCode, stderr]).toEqual([1, expect.stringContaining(sentence)]);
  expect(stderr).toMatch(/^drafthorse: .+\.$/);
  expect(stderr).not.toMatch(/EADDR|ENOTFOUND|EEXIST|ENOTDIR|ECONN/);
});

test.each<[string, Record<string, string>, RegExp]>([
  [
    "a port that is none",
    { PORT: "http" },
    /^- PORT must be a whole number from 0 to 65535\. See \.env\.example\.$/m,
  ],
  [
    "two stores",
    { REDIS_URL: "redis://127.0.0.1", DATABASE_URL: "postgresql://127.0.0.1/drafthorse" },
    /^- REDIS_URL and DATABASE_URL are both set\. .* unset the other\.$/m,
  ],
  [
    "a bucket without a key",
    { S3_URL: "https://s3.example/drafthorse", S3_ACCESS_KEY_ID: "id" },
    /^- S3_URL and S3_ACCESS_KEY_ID set without S3_SECRET_ACCESS_KEY\. Set all three/m,
  ],
  [
    "an S3 store without a bucket",
    { S3_URL: "https://s3.example", S3_ACCESS_KEY_ID: "id", S3_SECRET_ACCESS_KEY: "key" },
    /^- S3_URL names no bucket\. Write it behind the host/m,
  ],
  [
    "a database that is none",
    { DATABASE_URL: "mysql://127.0.0.1/drafthorse" },
    /^- DATABASE_URL must be an address such as postgresql:/m,
  ],
  [
    "a key that is a directory",
    { PRIVATE_KEY: "", PRIVATE_KEY_PATH: "." },
    /^- The App's private key cannot be read\. Set /m,
  ],
  [
    "an operator's file that is not there",
    { DRAFTHORSE_CONFIG: "nowhere.yml" },
    /^- DRAFTHORSE_CONFIG: nowhere\.yml cannot be read\. Name /m,
  ],
])("%s: a line with its repair, exit code 78", async (_, settings, line) => {
  const { status, err } = await warmCommand({ cwd: directory, args: ["start"], env: settingsWith(settings) });

  expect([status, err]).toEqual([78, expect.stringMatching(line)]);
});

test("a .env that is a directory", async () => {
  mkdirSync(join(directory, "settings/.env"), { recursive: true });
  const { status, err } = await warmDrafthorse(join(directory, "settings"), "start");

  expect([status, err]).toEqual([
    1,
    "drafthorse: .env cannot be read. Let this user read it, or move it away.\n",
  ]);
});
