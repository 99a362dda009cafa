import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { refusal, withToken } from "./clients.ts";

const callback = "http://127.0.0.1:3000/sign-in/github";
const verifier = randomBytes(32).toString("base64url");
const challenge = createHash("sha256").update(verifier).digest("base64url");
let double: CheckedDouble;
let now = Date.parse("2026-11-28T12:00:00Z");

beforeAll(async () => {
  double = await startCheckedDouble({ clock: () => now });
  double.github.registersCallback(callback);
  await double.github.createRepository({ owner: "acme", name: "shop", collaborators: { ada: "read" } });
  await double.github.createRepository({ owner: "acme", name: "vault", collaborators: { eve: "admin" } });
});

afterAll(() => double.close());

function authorize(asked: Record<string, string> = {}): Promise<Response> {
  const url = new URL(`${double.url}/login/oauth/authorize`);
  const common = { client_id: double.app.clientId, redirect_uri: callback, state: "s", as: "ada" };
  const all = { ...common, code_challenge: challenge, code_challenge_method: "S256", ...asked };
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  return fetch(url, { redirect: "manual" });
}

async function code(): Promise<string> {
  const { headers } = await authorize();
  return new URL(headers.get("location") ?? "").searchParams.get("code") ?? "";
}

async function exchange(asked: Record<string, string>): Promise<Record<string, string>> {
  const { clientId: client_id, clientSecret: client_secret } = double.app;
  const response = await fetch(`${double.url}/login/oauth/access_token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      client_id,
      client_secret,
      redirect_uri: callback,
      code_verifier: verifier,
      ...asked,
    }),
  });
  return (await response.json()) as Record<string, string>;
}

describe("people sign in to the App", () => {
  test("a code is good once, for one address and for whoever has the verifier", async () => {
    const tokens = await exchange({ code: await code() });
    const used = await code();
    await exchange({ code: used });

    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 28_800 });
    const bad = { error: "bad_verification_code" };
    expect(await exchange({ code: used })).toMatchObject(bad);
    expect(await exchange({ code: await code(), code_verifier: "another" })).toMatchObject(bad);
    expect(await exchange({ code: await code(), redirect_uri: "http://evil.example/" })).toMatchObject(bad);
    expect(await exchange({ code: await code(), client_secret: "guess" })).toMatchObject({
      error: "incorrect_client_credentials",
    });
  });

  test("nobody is sent to an address that is not the App's", async () => {
    expect((await authorize({ redirect_uri: "http://evil.example/" })).status).toBe(400);
    expect((await authorize({ redirect_uri: "http://127.0.0.1:30001/sign-in/github" })).status).toBe(400);
    expect((await authorize({ client_id: "another" })).status).toBe(404);
  });

  test("whoever does not say who they are is asked", async () => {
    const response = await authorize({ as: "" });

    expect(response.status).toBe(200);
    expect(await response.text()).toContain("Continue as <strong>ada</strong>");
  });

  test("a token shows what the person may read, until it expires or is taken back", async () => {
    const { access_token = "", refresh_token = "" } = await exchange({ code: await code() });
    const ada = withToken(double, access_token);

    const { data: user } = await ada.rest.users.getAuthenticated();
    const { data } = await ada.rest.apps.listInstallationsForAuthenticatedUser();
    const [installation] = data.installations;
    const listed = await ada.rest.apps.listInstallationReposForAuthenticatedUser({
      installation_id: installation?.id ?? 0,
    });
    expect(user.login).toBe("ada");
    expect(listed.data.repositories.map(({ full_name }) => full_name)).toEqual(["acme/shop"]);
    expect((await refusal(ada.rest.repos.get({ owner: "acme", repo: "vault" }))).status).toBe(404);

    now += 9 * 3_600_000;
    expect((await refusal(ada.rest.users.getAuthenticated())).status).toBe(401);
    const renewed = await exchange({ grant_type: "refresh_token", refresh_token });
    const again = withToken(double, renewed.access_token ?? "");
    expect((await again.rest.users.getAuthenticated()).data.login).toBe("ada");
    expect(await exchange({ grant_type: "refresh_token", refresh_token })).toMatchObject({
      error: "bad_refresh_token",
    });

    double.github.revokesApp("ada");
    expect((await refusal(again.rest.users.getAuthenticated())).status).toBe(401);
  });

  test("every answer is as GitHub describes it", async () => {
    expect(await double.violations()).toEqual([]);
  });
});
