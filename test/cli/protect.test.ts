import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { type ProtectOptions, protect } from "../../src/cli/protect.ts";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";

const shop = "acme/shop";
let double: CheckedDouble;

beforeAll(async () => {
  double = await startCheckedDouble();
  await double.github.createRepository({
    ...{ owner: "acme", name: "shop", files: { "README.md": "# Shop\n" } },
    collaborators: { ada: "admin", wil: "write" },
  });
});

afterAll(async () => {
  await double.close();
});

/** What `drafthorse protect` prints, within this process: a start takes longer than all of it. */
async function run(repository: string, options: ProtectOptions, settings: Record<string, string> = {}) {
  const ours = { APP_ID: "4242", GITHUB_API_URL: double.url, GITHUB_TOKEN: "", ...settings };
  Object.assign(process.env, ours);
  const printed: string[] = [];
  const write = jest
    .spyOn(process.stdout, "write")
    .mockImplementation((text) => printed.push(String(text)) > 0);
  try {
    await protect(repository, options);
  } finally {
    write.mockRestore();
  }
  return printed.join("");
}

describe("drafthorse protect", () => {
  test("prints what it would make, and changes nothing", async () => {
    const stdout = await run(shop, {});

    expect(stdout).toContain("the check drafthorse/approval, which only the App 4242 can send");
    expect(stdout).toContain("gh api --method POST repos/acme/shop/rulesets --input - <<'JSON'");
    expect(double.github.repository(shop).rulesets).toEqual([]);
  });

  test("prints the ruleset of another branch as JSON", async () => {
    const stdout = await run(shop, { branch: "release/1", app: "7", json: true });

    expect(JSON.parse(stdout)).toMatchObject({
      conditions: { ref_name: { include: ["refs/heads/release/1"] } },
      rules: [
        { parameters: { required_approving_review_count: 1, dismiss_stale_reviews_on_push: true } },
        {
          parameters: { required_status_checks: [{ context: "drafthorse/approval", integration_id: 7 }] },
        },
      ],
    });
  });

  test("makes it with an administrator's token, and once more only writes it anew", async () => {
    const GITHUB_TOKEN = double.github.personalToken("ada", shop);

    const first = await run(shop, { apply: true }, { GITHUB_TOKEN });
    const second = await run(shop, { apply: true, json: true }, { GITHUB_TOKEN });

    expect(first).toContain("Made the ruleset `drafthorse`");
    expect(JSON.parse(second)).toMatchObject({ what: "updated" });
    expect(double.github.repository(shop).rulesets).toHaveLength(1);
    expect(await double.violations()).toEqual([]);
  });

  test.each<[string, string, ProtectOptions, Record<string, string>, string]>([
    ["without a token", shop, { apply: true }, {}, "GITHUB_TOKEN is not set."],
    ["with a token of the App", shop, { apply: true }, { GITHUB_TOKEN: "ghs_x" }, "is an App's token."],
    [
      "with a token that is none",
      shop,
      { apply: true },
      { GITHUB_TOKEN: "ghp_x" },
      "does not know GITHUB_TOKEN.",
    ],
    [
      "with a writer's token",
      shop,
      { apply: true },
      { GITHUB_TOKEN: "wil" },
      "may not change the rules of acme/shop.",
    ],
    ["of what is not there", "acme/no", { apply: true }, { GITHUB_TOKEN: "wil" }, "GitHub shows no acme/no"],
    ["of no repository", "acme", {}, {}, "acme is no repository."],
    ["of a path", "acme/../x", {}, {}, "acme/../x is no repository."],
    ["for no App", shop, {}, { APP_ID: "" }, "Which App sends the check is not known."],
    ["for an App by its name", shop, { app: "horse" }, {}, "--app horse is no App's id."],
    ["for half an App", shop, { app: "1.5" }, {}, "--app 1.5 is no App's id."],
    ["at no address", shop, {}, { GITHUB_API_URL: "nowhere" }, "GITHUB_API_URL must be an address"],
    [
      "with no GitHub",
      shop,
      { apply: true },
      { GITHUB_TOKEN: "ghp_x", GITHUB_API_URL: "http://127.0.0.1:1" },
      "GitHub did not answer",
    ],
  ])("%s says what to do, in one sentence", async (_, repository, options, settings, sentence) => {
    const token = double.github.personalToken("wil", shop);
    const theirs = settings.GITHUB_TOKEN === "wil" ? { ...settings, GITHUB_TOKEN: token } : settings;

    const refused = await run(repository, options, theirs).catch((error: Error) => error.message);

    expect(refused).toContain(sentence);
    expect(refused).not.toContain(token);
  });
});
