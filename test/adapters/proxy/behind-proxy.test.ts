import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import * as https from "node:https";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openGitHub } from "../../../src/adapters/github/open-github.ts";
import { egressSandbox } from "../../../src/adapters/proxy/egress-sandbox.ts";
import { examineWays } from "../../../src/adapters/proxy/examine-ways.ts";
import { openModelProxy } from "../../../src/adapters/proxy/model-proxy.ts";
import { openTrust } from "../../../src/adapters/proxy/open-trust.ts";
import { openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import { checkNetwork } from "../../../src/doctor/check-network.ts";
import { askSocket } from "../../support/ask-socket.ts";
import { type CompanyNetwork, companyNetwork } from "../../support/company-network.ts";
import { gitOverHttp } from "../../support/git-over-http.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { git, makeOrigin, openBench, repository } from "../git/origin.ts";
import { runIn, shell } from "../sandbox/confined.ts";

const root = testDirectory();
const names = ["registry.npmjs.org", "api.github.test", "github.test", "model.test", "npm.corp.test"];
const at = {} as { company: CompanyNetwork };

beforeAll(async () => {
  at.company = await companyNetwork(join(root, "company"), names);
  https.globalAgent.options.ca = readFileSync(at.company.authority);
});
afterAll(async () => {
  delete https.globalAgent.options.ca;
  await at.company.close();
});

const proxies = () => ({ http: at.company.proxy, https: at.company.proxy, direct: [] });

/** A registry with one package, as npm asks for it. */
function registry(): Promise<void> {
  const directory = join(root, "package");
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "package.json"), JSON.stringify({ name: "left-pad", version: "1.0.0" }));
  const tarball = execFileSync("tar", ["-cz", "-C", root, "package"]);
  const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
  const dist = { integrity, tarball: "https://registry.npmjs.org/left-pad/-/left-pad-1.0.0.tgz" };
  const versions = { "1.0.0": { name: "left-pad", version: "1.0.0", dist } };
  const packument = JSON.stringify({ name: "left-pad", "dist-tags": { latest: "1.0.0" }, versions });
  return at.company.serve("registry.npmjs.org:443", ({ url }, response) => {
    response.end(url?.endsWith(".tgz") ? tarball : packument);
  });
}

async function inSandbox(line: string, hosts: string[], rules: object = {}, proxy = proxies()) {
  const directory = join(root, "attempt/work");
  mkdirSync(directory, { recursive: true });
  const { authority } = at.company;
  const sandbox = egressSandbox(await openSandbox({ kind: "bwrap" }), {
    log: recordingLog(),
    rules: { private: [], mirrors: ["registry.npmjs.org"], credentials: {}, ...rules },
    trust: await openTrust({ bundle: undefined, named: [authority] }, join(root, "data")),
    proxies: proxy,
    // Behind a proxy this machine knows no name of the Internet.
    resolve: async () => [],
  });
  const environment = { HOME: directory };
  return runIn(sandbox, shell(line, { network: hosts, directory, writable: [directory], environment }), {
    directory: root,
  });
}

describe("behind a company's proxy with a password, and its own authority", () => {
  test("npm installs in the sandbox, from the very hosts that were named", async () => {
    await registry();

    const exit = await inSandbox("npm install --no-audit --no-fund left-pad && ls node_modules && env", [
      "registry.npmjs.org",
    ]);

    expect([exit.exitCode, exit.log.head]).toEqual([0, expect.stringContaining("left-pad")]);
    expect(at.company.passed).toContain("CONNECT registry.npmjs.org:443");
    expect(exit.log.head).not.toMatch(/s3cr3t|robot/);
  });

  test("nothing else is asked of the proxy, and a name that only a repository gave is not", async () => {
    await at.company.serve("npm.corp.test:443", (_, response) => response.end("inside"));
    const before = at.company.passed.length;

    const exit = await inSandbox("curl -sS https://evil.test/; curl -sS https://npm.corp.test/", [
      "npm.corp.test",
    ]);

    expect(exit.log.tail).toMatch(/evil\.test:443 was refused: it is not among/);
    expect(exit.log.tail).toMatch(
      /npm\.corp\.test:443 was refused: its name cannot be resolved here.*egress\.private: \[npm\.corp\.test\]/,
    );
    expect(at.company.passed.slice(before)).toEqual([]);
  });

  test("the operator's own registry gets its credential through the proxy, in clear too", async () => {
    const seen: (string | undefined)[] = [];
    await at.company.serve("npm.corp.test:443", ({ headers }, response) => {
      seen.push(headers.authorization);
      response.end("inside");
    });
    const rules = { private: ["npm.corp.test"], credentials: { "npm.corp.test:443": "Bearer canary" } };

    const exit = await inSandbox("curl -sS http://npm.corp.test/x", ["npm.corp.test"], rules);

    expect([exit.log.head, seen]).toEqual(["inside", ["Bearer canary"]]);
  });

  test("a proxy that wants a password is named, with the repair", async () => {
    await registry();
    const { stranger } = at.company;

    const exit = await inSandbox(
      "curl -sS https://registry.npmjs.org/x",
      ["registry.npmjs.org"],
      {},
      {
        ...{ http: stranger, https: stranger },
        direct: [],
      },
    );

    expect(exit.log.tail).toMatch(/the proxy 127\.0\.0\.1:\d+ wants a user and a password/);
  });

  test("one file of all authorities is there for every tool, and for this process", async () => {
    const [debian, company] = [join(root, "debian.pem"), join(root, "named.pem")];
    writeFileSync(debian, "the system's\n");
    writeFileSync(company, readFileSync(at.company.authority));
    const before = https.globalAgent.options.ca;

    const trust = await openTrust({ bundle: debian, named: [company] }, join(root, "both"));
    const known = https.globalAgent.options.ca;
    https.globalAgent.options.ca = before;

    expect(new Set(Object.values(trust.environment))).toEqual(new Set([trust.bundle]));
    expect(trust.files).toEqual([trust.bundle]);
    const text = readFileSync(trust.bundle ?? "", "utf8");
    expect(text).toContain("the system's");
    expect(text).toContain(readFileSync(company, "utf8").trim());
    expect(String(known)).toContain(readFileSync(company, "utf8").trim());
    expect((await openTrust({ bundle: debian, named: [] }, root)).bundle).toBe(debian);
    const lost = openTrust({ bundle: debian, named: [join(root, "lost.pem")] }, root);
    await expect(lost).rejects.toThrow(/lost\.pem cannot be read\. Let this user read it/);
  });

  test("git fetches, and says the password to nobody", async () => {
    const origin = makeOrigin(root, "echo 1 > one");
    git(root, "clone", "--quiet", "--bare", origin, join(root, "served/octo/demo.git"));
    const served = await gitOverHttp(join(root, "served"), "token-of-github");
    await at.company.serve("github.test:443", (asked, response) => {
      const { method, headers, url } = asked;
      const onward = request(`${served.url}${url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      asked.pipe(onward);
    });
    const remote = { url: "https://github.test/octo/demo.git", token: "token-of-github" };
    const way = { proxy: at.company.proxy, authorities: at.company.authority };
    try {
      const bench = await openBench(join(root, "data"), { ...remote, ...way });
      expect(await bench.worktrees.fetch(repository, "main")).toMatchObject({ ref: "main" });

      const lost = await openBench(join(root, "lost"), { ...remote, ...way, url: "https://lost.test/x.git" });
      const failure = await lost.worktrees.fetch(repository, "main").catch((error: Error) => error);
      expect(String(failure)).toMatch(/502/);
      expect(String(failure)).not.toMatch(/s3cr3t/);
    } finally {
      await served.close();
    }
  });

  test("GitHub's API is asked", async () => {
    const asked: (string | undefined)[] = [];
    await at.company.serve("api.github.test:443", ({ url, headers }, response) => {
      asked.push(url, headers["proxy-authorization"] as string | undefined);
      response.setHeader("content-type", "application/json");
      if (url === "/app") response.writeHead(302, { location: "/apps/moved" }).end();
      else response.end(JSON.stringify({ slug: "horse", name: "Horse", id: 7 }));
    });
    const privateKey = execFileSync("openssl", ["genrsa", "2048"], { encoding: "utf8", stdio: "pipe" });
    const github = openGitHub({
      ...{ appId: 7, privateKey, apiUrl: "https://api.github.test", proxies: proxies() },
      ...{ clock: { now: () => new Date() }, log: recordingLog() },
    });

    expect(await github.app()).toMatchObject({ slug: "horse" });
    expect(asked).toEqual(["/app", undefined, "/apps/moved", undefined]);
  });

  test("what does not go through is named, with its repair", async () => {
    await at.company.serve("api.github.test:443", (_, response) => response.writeHead(404).end());
    const { proxy, stranger, password } = at.company;
    const asked = [
      { name: "GitHub", url: "https://api.github.test" },
      { name: "git", url: "https://lost.test" },
      { name: "registry", url: "https://npm.lost.test/" },
    ];
    const told = async (https: string) => {
      const ways = () => examineWays(asked, { http: https, https, direct: [] });
      return JSON.stringify(await checkNetwork({ ways, missingAuthorities: [] }));
    };

    const known = await told(proxy);
    expect(JSON.parse(known)).toEqual([
      {
        state: "ok",
        line: expect.stringMatching(/^GitHub \(api\.github\.test by 127\.0\.0\.1:\d+\) answer/),
      },
      {
        state: "wrong",
        line: expect.stringMatching(
          /^git: the proxy 127\.0\.0\.1:\d+ lets nobody through to lost\.test \(502\)$/,
        ),
        repair: expect.stringMatching(/Let the proxy allow lost\.test, or name it in NO_PROXY/),
      },
      {
        state: "wrong",
        line: expect.stringMatching(/^registry: the proxy .* lets nobody through to npm\.lost\.test/),
        repair: expect.stringMatching(/Let the proxy allow npm\.lost\.test/),
      },
    ]);
    expect(known).not.toContain(password);
    expect(await told(stranger)).toMatch(/wants a user and a password.*Write them into HTTPS_PROXY/);
    const ca = https.globalAgent.options.ca;
    delete https.globalAgent.options.ca;
    expect(await told(proxy)).toMatch(/no authority that this machine trusts.*Set NODE_EXTRA_CA_CERTS/);
    https.globalAgent.options.ca = ca;
  });

  test("the agent's model is asked", async () => {
    const keys: (string | string[] | undefined)[] = [];
    await at.company.serve("model.test:443", ({ headers }, response) => {
      keys.push(headers["x-api-key"]);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ model: "m", usage: { input_tokens: 1, output_tokens: 1 } }));
    });
    const proxy = await openModelProxy({
      ...{ provider: "anthropic", key: "real-key-canary", upstream: "https://model.test", budgetUsd: null },
      ...{ prices: {}, turns: { limit: 5, used: 0 }, directory: root, log: recordingLog() },
      proxies: proxies(),
    });
    const token = Object.entries(proxy.environment).find(([name]) => name.endsWith("KEY"))?.[1] ?? "";
    try {
      const order = { method: "POST", path: "/v1/messages", body: "{}", headers: { "x-api-key": token } };
      expect(await askSocket(proxy.socket, order)).toMatchObject({ status: 200 });
      expect(keys).toEqual(["real-key-canary"]);
    } finally {
      await proxy.close();
    }
  });
});
