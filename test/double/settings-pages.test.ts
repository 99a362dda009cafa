import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { asApp, asInstallation, refusal } from "./clients.ts";

let double: CheckedDouble;
const shop = { owner: "ada", repo: "shop" };

beforeAll(async () => {
  double = await startCheckedDouble();
  await double.github.createRepository({
    ...{ owner: "ada", name: "shop", collaborators: { wil: "write" } },
    files: {
      "a.txt": "a",
      "docs/b.md": "b",
      "docs/c/d.md": "d",
      CODEOWNERS: "* @wil\n!x @ada\n/y @nobody\n",
    },
  });
});
afterAll(async () => {
  const violations = await double.violations();
  await double.close();
  expect(violations).toEqual([]);
});

test("the webhook's settings are shown, but for the secret", async () => {
  double.settings.changesWebhook({ contentType: "form", insecureSsl: true });
  const { data } = await asApp(double).rest.apps.getWebhookConfigForApp();

  expect(data).toMatchObject({ content_type: "form", insecure_ssl: "1", secret: "********" });
  double.settings.changesWebhook({ url: "", contentType: "json", insecureSsl: false, secret: "" });
  expect((await asApp(double).rest.apps.getWebhookConfigForApp()).data).toEqual({
    ...{ content_type: "json", insecure_ssl: "0" },
  });
});

test("what the App newly asks for holds on an account only once it was accepted", async () => {
  const permissionsOf = async () =>
    (await asApp(double).rest.apps.getRepoInstallation(shop)).data.permissions;
  double.settings.changesApp({ permissions: { metadata: "read", members: "read", contents: "read" } });

  expect(await permissionsOf()).not.toHaveProperty("members");
  double.settings.acceptsAll();
  expect(await permissionsOf()).toHaveProperty("members", "read");
});

test("a suspended App gets no token", async () => {
  double.settings.suspends("ada/shop");

  const client = await asInstallation(double, "ada/shop");
  expect(await refusal(client.rest.repos.get(shop))).toMatchObject({ status: 403 });
  double.settings.suspends("ada/shop", false);
  expect((await (await asInstallation(double, "ada/shop")).rest.repos.get(shop)).status).toBe(200);
});

test("a folder is listed, and the faults of CODEOWNERS are told", async () => {
  const client = await asInstallation(double, "ada/shop");

  const { data } = await client.rest.repos.getContent({ ...shop, path: "docs" });
  expect(Array.isArray(data) && data.map(({ name, type }) => [name, type])).toEqual([
    ["b.md", "file"],
    ["c", "dir"],
  ]);
  const { data: told } = await client.request("GET /repos/{owner}/{repo}/codeowners/errors", shop);
  expect(told.errors).toMatchObject([
    { line: 2, kind: "Invalid pattern" },
    { line: 3, kind: "Unknown owner", column: 4 },
  ]);
});
