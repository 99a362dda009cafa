import { createSign, generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { asApp, asInstallation, refusal, withToken } from "./clients.ts";

let double: CheckedDouble;
let now = Date.now();
const widgets = { owner: "ada", repo: "widgets" };
const gadgets = { owner: "ada", repo: "gadgets" };

beforeAll(async () => {
  double = await startCheckedDouble({ clock: () => now });
  for (const name of ["widgets", "gadgets"])
    await double.github.createRepository({
      owner: "ada",
      name,
      files: { "README.md": `# ${name}\n` },
      collaborators: { tom: "triage", mia: "maintain", wil: "write", rea: "read" },
    });
  await double.github.createRepository({
    owner: "eve",
    name: "open",
    files: { "README.md": "# Open\n" },
    private: false,
    installed: false,
  });
});

afterAll(async () => {
  const violations = await double.violations();
  await double.close();
  expect(violations).toEqual([]);
});

async function token(limits: {
  repositories?: string[];
  repository_ids?: number[];
  permissions?: Record<string, "read" | "write">;
}) {
  const apps = asApp(double).rest.apps;
  const { data: installation } = await apps.getRepoInstallation(widgets);
  const { data } = await apps.createInstallationAccessToken({ installation_id: installation.id, ...limits });
  return data;
}

function jwt(claims: Record<string, unknown>, key = double.app.privateKey, alg = "RS256"): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg, typ: "JWT" })}.${part(claims)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(key, "base64url")}`;
}

describe("the App's JSON web token", () => {
  const seconds = (): number => Math.floor(now / 1000);
  const good = () => ({ iss: 4242, iat: seconds() - 30, exp: seconds() + 570 });

  test("is accepted from the App", async () => {
    const app = withToken(double, jwt(good()));

    const { data } = await app.rest.apps.getAuthenticated();
    const { data: installations } = await app.rest.apps.listInstallations();

    expect(data).toMatchObject({ id: 4242, slug: "drafthorse" });
    expect(installations.map(({ account }) => account && "login" in account && account.login)).toEqual([
      "ada",
    ]);
  });

  test.each([
    [
      "expired",
      {
        make: () => jwt({ ...good(), exp: seconds() - 1 }),
        status: 401,
        message: "'Expiration time' claim ('exp') must",
      },
    ],
    [
      "too long",
      {
        make: () => jwt({ ...good(), exp: seconds() + 700 }),
        status: 401,
        message: "is too far in the future",
      },
    ],
    [
      "from the future",
      {
        make: () => jwt({ ...good(), iat: seconds() + 300 }),
        status: 401,
        message: "'Issued at' claim ('iat')",
      },
    ],
    [
      "of another App",
      { make: () => jwt({ ...good(), iss: 1 }), status: 404, message: "Integration not found" },
    ],
    [
      "signed by another key",
      { make: () => jwt(good(), otherKey()), status: 401, message: "could not be decoded" },
    ],
    [
      "not signed",
      { make: () => jwt(good(), undefined, "none"), status: 401, message: "could not be decoded" },
    ],
  ])("%s is refused", async (_, { make, status, message }) => {
    const refused = await refusal(withToken(double, make()).rest.apps.getAuthenticated());

    expect(refused).toEqual({ status, message: expect.stringContaining(message) });
  });

  function otherKey(): string {
    const options = { modulusLength: 2048 } as const;
    return generateKeyPairSync("rsa", options).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  }
});

describe("an installation token", () => {
  test("is long, opaque and good for an hour", async () => {
    const { token: secret, expires_at } = await token({});
    const octokit = withToken(double, secret);
    const { status } = await octokit.rest.repos.get(widgets);
    const begun = now;
    now += 60 * 60 * 1000 + 1;

    const late = await refusal(octokit.rest.repos.get(widgets));

    expect(secret).toMatch(/^ghs_4242_.{490,530}$/);
    expect(Date.parse(expires_at) - begun).toBeLessThanOrEqual(60 * 60 * 1000);
    expect(status).toBe(200);
    expect(late).toEqual({ status: 401, message: "Bad credentials" });
  });

  test("sees only the repositories that it is limited to", async () => {
    const { token: secret, repositories } = await token({ repositories: ["widgets"] });
    const octokit = withToken(double, secret);

    const { data: list } = await octokit.rest.apps.listReposAccessibleToInstallation();

    expect(repositories?.map(({ full_name }) => full_name)).toEqual(["ada/widgets"]);
    expect(list.total_count).toBe(1);
    expect(await refusal(octokit.rest.repos.get(gadgets))).toEqual({ status: 404, message: "Not Found" });
  });

  test("may do only what it is limited to", async () => {
    const { data: widget } = await (await asInstallation(double, "ada/widgets")).rest.repos.get(widgets);
    const limited = await token({ repository_ids: [widget.id], permissions: { issues: "read" } });
    const octokit = withToken(double, limited.token);
    const issue = await double.github.as("ada").opensIssue("ada/widgets", { title: "One" });
    const at = { ...widgets, issue_number: issue.number };

    const read = await octokit.rest.issues.get(at);
    const written = await refusal(octokit.rest.issues.createComment({ ...at, body: "hello" }));

    expect(limited.permissions).toEqual({ issues: "read", metadata: "read" });
    expect(read.data.title).toBe("One");
    expect(written).toEqual({ status: 403, message: "Resource not accessible by integration" });
    expect(double.github.issue(issue).comments).toEqual([]);
  });

  test("cannot be had for more than the installation has", async () => {
    const permissions = await refusal(token({ permissions: { administration: "read" } }));
    const repositories = await refusal(token({ repositories: ["nothing"] }));

    expect(permissions.status).toBe(422);
    expect(permissions.message).toContain("not granted to this installation");
    expect(repositories.status).toBe(422);
  });

  test("reads a public repository without being installed on it, and writes nothing there", async () => {
    const octokit = await asInstallation(double, "ada/widgets");
    const open = { owner: "eve", repo: "open" };

    const { data } = await octokit.rest.repos.get(open);
    const written = await refusal(octokit.rest.issues.create({ ...open, title: "Hello" }));

    expect(data.visibility).toBe("public");
    expect(written.status).toBe(403);
    expect((await refusal(asApp(double).rest.apps.getRepoInstallation(open))).status).toBe(404);
  });

  test("is worthless once it is revoked", async () => {
    const octokit = withToken(double, (await token({})).token);

    await octokit.rest.apps.revokeInstallationAccessToken();

    expect((await refusal(octokit.rest.repos.get(widgets))).status).toBe(401);
  });

  test("nobody and a stranger's token are turned away", async () => {
    const nobody = await fetch(`${double.url}/repos/ada/widgets`);

    expect(nobody.status).toBe(401);
    expect(await nobody.json()).toMatchObject({ message: "Requires authentication", status: "401" });
    expect(await refusal(withToken(double, "ghs_x").rest.repos.get(widgets))).toEqual({
      status: 401,
      message: "Bad credentials",
    });
  });
});

test.each([
  ["ada", "admin", "admin"],
  ["mia", "write", "maintain"],
  ["wil", "write", "write"],
  ["tom", "read", "triage"],
  ["rea", "read", "read"],
  ["eve", "none", "none"],
])("%s has permission %s by role %s", async (username, permission, role_name) => {
  const octokit = await asInstallation(double, "ada/widgets");

  const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...widgets, username });

  expect(data).toMatchObject({ permission, role_name });
});

test.each(["nobody-at-all", "drafthorse[bot]"])("%s has no permission level", async (username) => {
  const octokit = await asInstallation(double, "ada/widgets");

  const refused = await refusal(octokit.rest.repos.getCollaboratorPermissionLevel({ ...widgets, username }));

  expect(refused.status).toBe(404);
});
