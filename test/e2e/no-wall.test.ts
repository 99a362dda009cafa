import { generateKeyPairSync, randomBytes } from "node:crypto";
import { copyFileSync, realpathSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { freePort } from "../support/free-port.ts";
import { patienceMs } from "../support/patience.ts";
import { type RedisServer, redisServer } from "../support/redis-server.ts";
import { testDirectory } from "../support/test-directory.ts";

const directory = testDirectory();
const main = resolve(import.meta.dirname, "../../src/cli/main.js");
const at = {} as { redis: RedisServer; redisUrl: string; bubblewrap: string; leaky: string };

beforeAll(async () => {
  const port = String(await freePort());
  at.redis = await redisServer({ port });
  at.redisUrl = `redis://127.0.0.1:${port}`;
  at.bubblewrap = realpathSync((await execa("sh", ["-c", "command -v bwrap"])).stdout);
  at.leaky = leakyBubblewrap();
});
afterAll(() => at.redis.remove());

/** A bubblewrap that leaves the network as it is, whatever it is told. */
function leakyBubblewrap(): string {
  const [real, leaky] = [join(directory, "real-bwrap"), join(directory, "leaky-bwrap")];
  copyFileSync(at.bubblewrap, real);
  const script = `#!/bin/sh\ntest "$1" = --args || exec ${real} "$@"\nfd=$2; shift 2\nexec ${real} --args "$fd" --share-net "$@"\n`;
  writeFileSync(leaky, script, { mode: 0o755 });
  return leaky;
}

const whole = ["--die-with-parent", "--dev-bind", "/", "/"];
/** Root needs what it can do to make the walls; an ordinary user who brought capabilities along is refused by bwrap. */
const kept = process.getuid?.() === 0 ? ["--cap-add", "ALL"] : [];
/** The machines on which nobody may work: what bubblewrap makes of this one. */
const machines = {
  "where no namespaces can be had": () => [
    ...[...whole, "--unshare-user", "--disable-userns", "--cap-drop", "ALL", "--uid", "1000"],
  ],
  "where a probe is open": () => [...whole, ...kept, "--ro-bind", at.leaky, at.bubblewrap],
};

/** Runs the command on such a machine until it ends by itself. */
function drafthorse(machine: keyof typeof machines, command: string, settings: Record<string, string>) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const env = {
    ...{ PATH: "/usr/bin:/bin", HOME: directory, AGENT: "exec:true", PORT: "0", APP_ID: "1" },
    ...{ GITHUB_API_URL: "http://127.0.0.1:9", GITHUB_SERVER_URL: "http://127.0.0.1:9" },
    ...{ DATA_DIR: join(directory, "data"), WEBHOOK_SECRET: randomBytes(32).toString("hex") },
    PRIVATE_KEY: privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
    ...settings,
  };
  const argv = [...machines[machine](), process.execPath, main, command];
  return execa("bwrap", argv, { env, extendEnv: false, cwd: directory, reject: false, timeout: patienceMs });
}

const noNamespaces = /^drafthorse: bubblewrap does not work here: .+SANDBOX=none/m;
const openProbe = /^drafthorse: \d+ of \d+ probes got out of the sandbox: network: .+`drafthorse doctor`/m;

describe("a worker that cannot be walled in is refused, lets go of its store and ends", () => {
  test.each([
    ["start", "where no namespaces can be had", noNamespaces, false],
    ["worker", "where no namespaces can be had", noNamespaces, true],
    ["start", "where a probe is open", openProbe, true],
    ["worker", "where a probe is open", openProbe, false],
  ] as const)("%s, %s", async (command, machine, refusal, onRedis) => {
    const ended = await drafthorse(machine, command, onRedis ? { REDIS_URL: at.redisUrl } : {});

    expect(ended).toMatchObject({ timedOut: false, exitCode: 1, stderr: expect.stringMatching(refusal) });
    expect(ended.stdout).not.toContain('"ready"');
  });

  test("a start that only receives needs no wall", async () => {
    const started = drafthorse("where no namespaces can be had", "start", {
      REDIS_URL: at.redisUrl,
      ROLE: "web",
    });
    for await (const line of started.iterable())
      if (line.includes('"ready"')) process.kill(JSON.parse(line).pid, "SIGTERM");

    expect(await started).toMatchObject({ timedOut: false, exitCode: 0 });
  });
});
