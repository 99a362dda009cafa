import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { incomplete, Scene, turns } from "./scene.ts";
import { Town } from "./town.ts";

let town: Town;

beforeAll(async () => {
  town = await Town.found(turns);
  // An account that was deleted after it acted.
  const path = "/repos/*/*/collaborators/ghost/permission";
  town.double.faults.failRequests({ method: "GET", path, status: 404, times: 1_000 });
});
afterAll(() => town.close());

/** A person says something below an issue or a pull request; what we react to it. */
async function says(scene: Scene, what: { by: string; text: string; on?: number }): Promise<string[]> {
  const at = { ...scene.at, number: what.on ?? scene.at.number };
  const id = await scene.as(what.by).comments(at, what.text);
  await scene.handled();
  const comment = town.double.github.issue(at).comments.find((one) => one.id === id);
  return comment?.reactions.map(({ content }) => content) ?? [];
}

function ours(scene: Scene): string[] {
  return scene.issue.comments
    .filter(({ author }) => author.login === "drafthorse[bot]")
    .map(({ body }) => body);
}

const actors = [
  ["admin", "ada"],
  ["maintain", "mai"],
  ["write", "wil"],
];
const strangers = [
  ["triage", "tom"],
  ["read", "eve"],
  ["none", "nobody"],
  ["unknown", "ghost"],
];

describe("on an issue", () => {
  test.each(actors)("%s may label and command", async (_, by = "") => {
    const scene = await Scene.open(town, { body: incomplete("A") });

    await scene.labels(by);
    await scene.handled();

    expect(scene.statuses()).toEqual([expect.stringContaining("The brief is incomplete")]);
    expect(await says(scene, { by, text: "/status" })).toEqual(["eyes"]);
    expect(await says(scene, { by, text: "/approve dependencies" })).toEqual(["confused"]);
    expect(await says(scene, { by, text: "/approve ci" })).toEqual(["confused"]);
    expect(ours(scene)).toHaveLength(2);
    expect(ours(scene).at(1)).toMatch(
      /nothing to approve now: this task is "incomplete"\. Nothing was approved/,
    );
    expect(await says(scene, { by, text: "/cancel" })).toEqual(["eyes"]);
    expect(ours(scene).at(0)).toContain("Cancelled");
    expect(scene.reactions()).toEqual([]);
  });

  test.each([...strangers.map((one) => [...one, "confused"]), ["a bot", "evil[bot]"]])(
    "%s may neither label nor command",
    async (_, by = "", ...reaction) => {
      const scene = await Scene.open(town, { body: incomplete("A") });

      await scene.labels(by);
      await scene.handled();

      expect(ours(scene)).toEqual([]);
      expect(scene.reactions()).toEqual(reaction);
      await scene.labelsAgain("ada");
      await scene.handled();
      const [before] = ours(scene);
      for (const text of ["/status", "/approve dependencies", "/cancel", "/retry"])
        expect(await says(scene, { by, text })).toEqual(reaction);
      const isPerson = reaction.length > 0;
      const line = `> \`@${by}\` may not ask for this: it takes write access.\n\n`;
      expect(ours(scene).map((body) => body.includes(line))).toEqual([isPerson]);
      expect(ours(scene).map((body) => body.replace(line, ""))).toEqual([before]);
      expect(before).toContain("The brief is incomplete");
    },
  );
});

test("a bot whose App the rules name may label and command; any other still may not", async () => {
  const { github } = town.double;
  const by = "helper[bot]";
  const scene = await Scene.open(town, { body: incomplete("A") });
  github.as(by);
  const files = { ".github/drafthorse.yml": `bots: [${github.appId("helper")}]\n` };
  const push = { branch: "main", files, message: "Let the helper ask" };
  await scene.as("ada").pushes(scene.at.repository, push);

  await scene.labels(by);
  await scene.handled();

  expect(scene.statuses()).toEqual([expect.stringContaining("The brief is incomplete")]);
  expect(await says(scene, { by: "evil[bot]", text: "/cancel" })).toEqual([]);
  expect(await says(scene, { by, text: "/cancel" })).toEqual(["eyes"]);
  expect(ours(scene).at(0)).toContain("Cancelled");
});

describe("on a pull request", () => {
  test.each(actors)("%s may ask for the correction", async (_, by = "") => {
    const scene = await Scene.open(town, { title: "Propose" });
    await scene.labels(by);
    await scene.sees("Draft pull request open");

    expect(await says(scene, { by, text: "/retry", on: scene.pullNumber() })).toEqual(["eyes"]);
    await scene.sees("The one correction is used");
  });

  test("nobody else may", async () => {
    const scene = await Scene.open(town, { title: "Propose" });
    await scene.labels();
    await scene.sees("Draft pull request open");
    const before = ours(scene);
    const on = scene.pullNumber();

    for (const [, by = ""] of strangers)
      for (const text of ["/retry", "/cancel", "/status", "/approve dependencies"])
        expect(await says(scene, { by, text, on })).toEqual(["confused"]);
    expect(await says(scene, { by: "evil[bot]", text: "/retry", on })).toEqual([]);

    const line = "> `@tom`, `@eve`, `@nobody` may not ask for this: it takes write access.\n\n";
    expect(ours(scene).join()).toContain(line);
    expect(ours(scene).map((body) => body.replace(line, ""))).toEqual(before);
    expect(before.join()).toContain("buys one correction");
  });
});
