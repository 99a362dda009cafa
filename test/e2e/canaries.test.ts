import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Exchange } from "../../src/double/exchange.ts";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { freePort } from "../support/free-port.ts";
import { type RedisServer, redisServer } from "../support/redis-server.ts";
import { serviceProcess } from "../support/service-process.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { files, issue } from "./story.ts";

/**
 * Collects all that can be read: the own environment, every process's, and every small file outside the system's own
 * programs. It is run as the agent, which leaves what it found in the change, and as the validation command.
 */
const collect = (root: string): string => `{
  env
  cat /proc/*/environ /proc/*/cmdline | tr '\\0' '\\n'
  find ${root} \\( -path /proc -o -path /sys -o -path /usr -o -path /dev -o -path '*/node_modules' \\) -prune \\
    -o -type f -readable -size -512k -print0 | xargs -0 cat
} 2>/dev/null > /tmp/loot`;
const agent = `${collect("/")}\nmv /tmp/loot loot.txt\necho "exports.answer = () => 42;" > answer.js\ncat loot.txt\n`;
const check = `${collect("/")}\ncat /tmp/loot\ngrep -q 42 answer.js\n`;

const canary = (): string => `canary-${randomBytes(18).toString("hex")}`;
const password = canary();

let directory: string;
let remove: () => Promise<void>;
let double: CheckedDouble;
let redis: RedisServer;
let redisUrl: string;
const exchanges: Exchange[] = [];

beforeAll(async () => {
  ({ directory, remove } = await temporaryDirectory());
  double = await startCheckedDouble({ observe: (exchange) => void exchanges.push(exchange) });
  const port = String(await freePort());
  redis = await redisServer({ port, requirepass: password });
  redisUrl = `redis://:${password}@127.0.0.1:${port}`;
});

afterAll(async () => {
  await redis.remove();
  await double.close();
  await remove();
});

/** What nobody but the service may ever read, by kind, and the machine and environment on which it lies. */
async function plant(
  sandbox: string,
): Promise<{ secrets: Record<string, string>; environment: Record<string, string> }> {
  const { privateKey, webhookSecret, id } = double.app;
  const home = join(directory, sandbox, "home");
  const dataDir = join(directory, sandbox, "data");
  const bin = join(directory, sandbox, "bin");
  for (const made of [join(home, ".ssh"), join(dataDir, "artefacts/others"), bin])
    await mkdir(made, { recursive: true });
  const key = join(home, ".ssh/id_rsa");
  const secrets = {
    "the App's private key": privateKey.split("\n")[1] ?? "",
    "the webhook secret": webhookSecret,
    "the webhook secret before": canary(),
    "the password of the queue": password,
    "a cloud key of the worker": canary(),
    "a model key of the worker": canary(),
    "a registry token in the worker's home": canary(),
    "a password in the worker's home": canary(),
    "the operator's file": canary(),
    "what is kept of another task": canary(),
    "a file beside the data": canary(),
  };
  const lies = [
    [key, privateKey],
    [
      join(home, ".npmrc"),
      `//registry.npmjs.org/:_authToken=${secrets["a registry token in the worker's home"]}\n`,
    ],
    [join(home, ".netrc"), `machine x password ${secrets["a password in the worker's home"]}\n`],
    [join(home, "operator.yml"), `# ${secrets["the operator's file"]}\nceilings: { minutes: 5 }\n`],
    [join(dataDir, "artefacts/others/validation-1.log"), `${secrets["what is kept of another task"]}\n`],
    [join(directory, sandbox, "notes.txt"), `${secrets["a file beside the data"]}\n`],
    [join(bin, "agent.sh"), agent],
  ] as const;
  for (const [path, text] of lies) await writeFile(path, text);
  const environment = {
    ...{ HOME: home, APP_ID: String(id), PRIVATE_KEY_PATH: key, WEBHOOK_SECRET: webhookSecret },
    ...{ GITHUB_API_URL: double.url, GITHUB_SERVER_URL: double.url, DATA_DIR: dataDir, REDIS_URL: redisUrl },
    WEBHOOK_SECRET_PREVIOUS: secrets["the webhook secret before"],
    AWS_SECRET_ACCESS_KEY: secrets["a cloud key of the worker"],
    ANTHROPIC_API_KEY: secrets["a model key of the worker"],
    DRAFTHORSE_CONFIG: join(home, "operator.yml"),
    ...{ AGENT: `exec:sh ${join(bin, "agent.sh")}`, SANDBOX: sandbox, PORT: "0" },
  };
  return { secrets, environment };
}

/** Delegates once to the thief; all that it found, and all that was written or said by anybody, as one text each. */
async function steal(sandbox: string) {
  const { secrets, environment } = await plant(sandbox);
  const service = serviceProcess(environment);
  try {
    double.github.sendWebhooksTo(`${await service.ready()}/api/github/webhooks`);
    const repository = await double.github.createRepository({
      ...{ owner: `house-${sandbox}`, name: "answers", files: { ...files, "check.sh": check } },
      collaborators: { ada: "admin" },
    });
    const { title, body } = issue();
    const opened = await double.github
      .as("ada")
      .opensIssue(repository, { title, body: body.replace("node check.js", "sh check.sh") });
    await double.github.as("ada").labels(opened, "agent-task");
    await service.line(({ msg }) => msg === "attempt ended");
    const dataDir = environment.DATA_DIR ?? "";
    const task = `task-${double.github.repository(repository).id}-${opened.number}-1`;
    const kept = join(dataDir, "artefacts", task);
    const loot = exchanges
      .filter(({ method, url }) => method === "POST" && /git\/(?:trees|blobs)$/.test(url.pathname))
      .filter(({ url }) => url.pathname.includes(`house-${sandbox}/`))
      .map(({ body: sent }) => decoded(sent))
      .join("\n");
    const tokens = exchanges
      .filter(({ url }) => url.pathname.endsWith("/access_tokens"))
      .map(({ answer }) => (answer as { token: string }).token);
    const written = [
      ...service.lines.map((line) => JSON.stringify(line)),
      service.stderr(),
      ...(await texts(kept)),
      await redis.command("-a", password, "--no-auth-warning", "EVAL", dump, "0"),
      ...[double.github.issue(opened), ...double.github.pullRequests(repository)].flatMap((one) => [
        one.body ?? "",
        ...one.comments.map((comment) => comment.body),
      ]),
      ...double.github.repository(repository).checkRuns.map((run) => JSON.stringify(run)),
    ].join("\n");
    return { secrets: { ...secrets, "an installation token": tokens.at(-1) ?? "" }, loot, written };
  } finally {
    await service.kill("SIGKILL");
  }
}

/** Every string, hash, list and stream that is in Redis. */
const dump = `local out = {}
for _, key in ipairs(redis.call("KEYS", "*")) do
  local kind = redis.call("TYPE", key).ok
  if kind == "string" then out[#out + 1] = redis.call("GET", key) end
  if kind == "hash" then out[#out + 1] = table.concat(redis.call("HGETALL", key), " ") end
  if kind == "list" then out[#out + 1] = table.concat(redis.call("LRANGE", key, 0, -1), " ") end
  if kind == "stream" then out[#out + 1] = cjson.encode(redis.call("XRANGE", key, "-", "+")) end
end
return table.concat(out, "\\n")`;

async function texts(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const names = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".pack"));
  return Promise.all(names.map((entry) => readFile(join(entry.parentPath, entry.name), "latin1")));
}

function decoded(sent: unknown): string {
  const { content, encoding, tree } = sent as {
    content?: string;
    encoding?: string;
    tree?: { content?: string }[];
  };
  if (content !== undefined)
    return encoding === "base64" ? Buffer.from(content, "base64").toString("latin1") : content;
  return (tree ?? []).map((entry) => entry.content ?? "").join("\n");
}

const found = (secrets: Record<string, string>, text: string): string[] =>
  Object.entries(secrets).flatMap(([kind, value]) => (value === "" || text.includes(value) ? [kind] : []));

test("what the thief does finds all that lies about where nothing is in its way", async () => {
  const { secrets, environment } = await plant("open");

  const loot = execFileSync(
    "sh",
    ["-c", `${collect(join(directory, "open"))}; cat /tmp/loot; rm /tmp/loot`],
    {
      env: { PATH: process.env.PATH, ...environment },
      encoding: "latin1",
      maxBuffer: 1 << 26,
    },
  );

  expect(found(secrets, loot)).toEqual(Object.keys(secrets));
});

test("neither agent nor validation finds one of twelve secrets, and none is written or said anywhere", async () => {
  const { secrets, loot, written } = await steal("bwrap");

  expect(Object.keys(secrets)).toHaveLength(12);
  expect(loot).toContain("HOME=");
  expect(found(secrets, loot)).toEqual([]);
  expect(written).toContain("HOME=");
  expect(found(secrets, written)).toEqual([]);
});
