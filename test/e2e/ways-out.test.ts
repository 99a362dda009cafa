import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { execa } from "execa";
import { Evidence } from "../../src/domain/evidence/evidence.ts";
import { startServer, type TestServer } from "../support/http-server.ts";
import { testDirectory } from "../support/test-directory.ts";

const cli = resolve(import.meta.dirname, "../../src/cli/main.js");
const root = testDirectory();
const repo = join(root, "repo");
const key = "canary-of-the-real-key-1234";
const at = {} as { registry: TestServer; model: TestServer };

const brief = `# Say what the library says

### Goal
Say what the library says, in one file.
### Non-goals
- Anything else
### Validation command
\`node check.js\`
### Done when
- The file says it
### Approval boundary
- ask: dependencies
`;

beforeAll(async () => {
  at.registry = await startServer((_, response) => response.end('module.exports = "said";'));
  at.model = await startServer((_, response) =>
    response.end(JSON.stringify({ model: "m-1", usage: { input_tokens: 1_000, output_tokens: 100 } })),
  );
  const registry = `127.0.0.1:${at.registry.port}`;
  const files = {
    "package.json": '{"name":"x","version":"1.0.0"}',
    "package-lock.json": "{}",
    "check.js":
      'const fs = require("fs"); if (fs.readFileSync("said.txt", "utf8") !== require("lib")) process.exit(1);',
    ".github/drafthorse.yml": `setup:\n  run: mkdir -p node_modules && curl -sSf http://${registry}/lib.js -o node_modules/lib.js\n  hosts: ["${registry}"]\n`,
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(repo, path, ".."), { recursive: true });
    await writeFile(join(repo, path), text);
  }
  const git = (...argv: string[]) =>
    execa("git", ["-c", "user.name=x", "-c", "user.email=x@y", ...argv], { cwd: repo });
  await git("init", "-q", "-b", "trunk");
  await git("add", "-A");
  await git("commit", "-qm", "Begin");
  const agent = [
    `curl -sSf -d '{}' -H "x-api-key: $ANTHROPIC_API_KEY" $ANTHROPIC_BASE_URL/v1/messages -o /dev/null`,
    `node -p 'process.stdout.write(require("lib")), ""' | tr -d "\\n" > said.txt`,
    `echo "my key is $ANTHROPIC_API_KEY"; env | grep -c ${key}; true`,
  ].join("; ");
  const operator = {
    agents: {
      probe: {
        command: `exec:${agent}`,
        model: { provider: "anthropic", key: "MODEL_KEY", upstream: at.model.url },
      },
    },
    prices: { "m-1": { input: 10, output: 100 } },
    egress: { private: [registry] },
  };
  await writeFile(join(root, "operator.yml"), JSON.stringify(operator));
  await writeFile(join(root, "brief.md"), brief);
});
afterAll(() => Promise.all([at.registry.close(), at.model.close()]));

test("set-up reaches its registry, the agent its model, each over a proxy, and validation what set-up made", async () => {
  const environment = {
    PATH: process.env.PATH ?? "",
    SANDBOX: "bwrap",
    MODEL_KEY: key,
    DRAFTHORSE_CONFIG: "operator.yml",
  };

  const { stdout, exitCode } = await execa(
    process.execPath,
    [cli, "run", "brief.md", "--repo", repo, "--agent", "probe", "--json"],
    { cwd: root, env: environment, extendEnv: false, reject: false },
  );

  const evidence = Evidence.parse(
    JSON.parse(await readFile(join(root, "drafthorse-run/evidence.json"), "utf8")),
  );
  expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { state: "proposed", verdict: "passed" }]);
  expect(evidence.files.map(({ path }) => path)).toEqual(["said.txt"]);
  expect([evidence.validation?.exit.exitCode, evidence.baseline?.exit.exitCode]).toEqual([0, 1]);
  expect(evidence.agent).toMatchObject({
    costUsd: 0.02,
    summary: expect.stringMatching(/^my key is drafthorse-\w+\n0$/),
  });
  expect(at.model.seen).toMatchObject([{ url: "/v1/messages", headers: { "x-api-key": key } }]);
  expect(at.registry.seen).toHaveLength(1);
  expect(JSON.stringify(evidence) + stdout).not.toContain(key);
});
