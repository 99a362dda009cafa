import { mkdir, readFile, writeFile } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { execa } from "execa";
import { Evidence } from "../../src/domain/evidence/evidence.ts";
import { openRegistry } from "../adapters/setup/scene.ts";
import { startServer, type TestServer } from "../support/http-server.ts";
import { testDirectory } from "../support/test-directory.ts";

const cli = resolve(import.meta.dirname, "../../src/cli/main.js");
const root = testDirectory();
const repo = join(root, "repo");
/** `door` is the registry under a name of the loopback that is not the model's. */
const at = {} as { registry: TestServer; model: TestServer; door: Server; host: string };

const briefOf = (dependencies: string) => `# Pad on the left

### Goal
Let check.js find the library left-pad.
### Non-goals
- Anything else
### Validation command
\`node check.js\`
### Done when
- The check passes
### Approval boundary
- reviewer: @ada
### Dependencies
${dependencies}
`;

/** Asks its model, installs, and tries to publish: each says how it went. */
const agent = [
  `curl -sSf -d '{}' -H "x-api-key: $ANTHROPIC_API_KEY" $ANTHROPIC_BASE_URL/v1/messages -o /dev/null && echo model asked`,
  "npm install --no-fund --no-progress left-pad@1.0.0 2>&1 | grep -E 'added|code E'",
  `[ -z "$HTTP_PROXY" ] || curl -sS -X PUT -d '{}' -o /dev/null -w 'published: %{http_code}\\n' $npm_config_registry/left-pad`,
  "echo offline=$npm_config_offline; env | grep -c canary; true",
].join("; ");

beforeAll(async () => {
  await mkdir(repo, { recursive: true });
  at.registry = await openRegistry(root);
  at.host = `127.0.0.2:${at.registry.port}`;
  at.door = createServer((near) => {
    const far = connect(at.registry.port, "127.0.0.1");
    near.on("error", () => far.destroy()).pipe(far);
    far.on("error", () => near.destroy()).pipe(near);
  });
  await new Promise<void>((opened) => at.door.listen(at.registry.port, "127.0.0.2", opened));
  at.model = await startServer((_, response) =>
    response.end(JSON.stringify({ model: "m-1", usage: { input_tokens: 1, output_tokens: 1 } })),
  );
  const manifest = { name: "x", version: "1.0.0" };
  const lockfile = { ...manifest, lockfileVersion: 3, requires: true, packages: { "": manifest } };
  const files = {
    "package.json": JSON.stringify(manifest, null, 2),
    "package-lock.json": JSON.stringify(lockfile, null, 2),
    "check.js": 'process.exit(require("left-pad") === "padded" ? 0 : 1);',
    ".gitignore": "node_modules\n",
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(repo, path), text);
  const git = (...argv: string[]) =>
    execa("git", ["-c", "user.name=x", "-c", "user.email=x@y", ...argv], { cwd: repo });
  await git("init", "-q", "-b", "trunk");
  await git("add", "-A");
  await git("commit", "-qm", "Begin");
  const operator = {
    agents: {
      probe: {
        command: `exec:${agent}`,
        model: { provider: "anthropic", key: "MODEL_KEY", upstream: at.model.url },
      },
    },
    egress: { private: [at.host] },
  };
  await writeFile(join(root, "operator.yml"), JSON.stringify(operator));
});
afterAll(async () => {
  await Promise.all([at.registry.close(), at.model.close()]);
  await new Promise((closed) => at.door.close(closed));
});

/** Runs a brief with these dependencies from a directory of its own. */
async function run(name: string, dependencies: string) {
  const cwd = join(root, name);
  await mkdir(cwd);
  await execa("git", ["clone", "-q", repo, "own"], { cwd });
  await writeFile(join(cwd, "brief.md"), briefOf(dependencies));
  const { stdout } = await execa(
    process.execPath,
    [cli, "run", "brief.md", "--repo", "own", "--agent", "probe", "--json"],
    {
      ...{ cwd, extendEnv: false, reject: false },
      env: {
        ...{ PATH: process.env.PATH ?? "", SANDBOX: "bwrap", MODEL_KEY: "canary-of-the-model-key" },
        npm_config_registry: `http://ada:canary-of-npm@${at.host}/`,
        DRAFTHORSE_CONFIG: join(root, "operator.yml"),
      },
    },
  );
  return { cwd, stdout };
}

const evidenceIn = async (cwd: string) =>
  Evidence.parse(JSON.parse(await readFile(join(cwd, "drafthorse-run/evidence.json"), "utf8")));

test("an agent installs what its brief declares, beside asking its model, and can publish nothing", async () => {
  const { cwd } = await run("declared", "- left-pad@1.0.0");

  const evidence = await evidenceIn(cwd);
  const body = await readFile(join(cwd, "drafthorse-run/body.md"), "utf8");
  expect(evidence.agent.summary.split(/\n+/)).toEqual([
    "model asked",
    expect.stringMatching(/^added 1 package/),
    "published: 403",
    "offline=",
    "0",
    expect.stringMatching(/left-pad was refused: only GET and HEAD are passed on/),
  ]);
  expect(evidence.agent.registries).toEqual(["registry.npmjs.org", at.host]);
  expect(evidence.files.map(({ path }) => path)).toEqual(["package-lock.json", "package.json"]);
  expect(evidence.validation?.exit.exitCode).toBe(0);
  expect(at.registry.seen.map(({ method }) => method)).not.toContain("PUT");
  expect(body).toContain(
    `The agent could read the package registries (hosts \`registry.npmjs.org\`, \`${at.host}\`), since the brief declares dependencies.`,
  );
  expect(JSON.stringify(evidence) + body).not.toContain("canary");
});

test("an agent whose brief declares none reaches no registry, and is told so at once", async () => {
  const before = at.registry.seen.length;

  const { cwd, stdout } = await run("undeclared", "- none");

  expect(stdout).toContain("nothing-changed");
  const status = await readFile(join(cwd, "drafthorse-run/status.md"), "utf8");
  expect(status).toMatch(/model asked\nnpm error code ENOTCACHED\noffline=true\n/);
  expect(status).not.toContain("could read the package registries");
  expect(at.registry.seen.length).toBe(before);
});
