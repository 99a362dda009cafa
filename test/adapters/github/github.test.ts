import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { failureNote } from "../../../src/domain/task/failure.ts";
import { withToken } from "../../double/clients.ts";
import { isLongForm } from "../../e2e/long-form.ts";
import { type CheckedDouble, startCheckedDouble } from "../../openapi/recorder.ts";
import { doubleWorld, ticking } from "./double-world.ts";
import { githubContract } from "./github-contract.ts";
import type { Edit } from "./github-world.ts";

let double: CheckedDouble;
let scratch: string;
/** Each request, as `METHOD path`. */
const asked: string[] = [];
const world = () => doubleWorld(double, scratch);

/** How many objects of git were sent to a repository, one request each. */
function objects({ owner, name }: { owner: string; name: string }): { blobs: number; trees: number } {
  const sent = (kind: string): number =>
    asked.filter((one) => one === `POST /repos/${owner}/${name}/git/${kind}`).length;
  return { blobs: sent("blobs"), trees: sent("trees") };
}

/** What a change can be made of, in more requests than one: what is inline in a tree, blobs, modes and deletions. */
function everyKind(): Edit {
  const numbered = (count: number, path: (index: number) => string, content: Edit[string]): Edit =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [path(index), content]));
  return {
    ...numbered(100, (index) => `text/${index % 7}/${index}.txt`, "one\n"),
    ...numbered(50, (index) => `crlf/${index}.txt`, "one\r\ntwo\r\n"),
    ...numbered(50, (index) => `bin/${index}.bin`, Buffer.from([0, 0x80, 0xff, 0x0a])),
    ...numbered(40, (index) => `tools/${index}.sh`, { mode: "100755", content: "#!/bin/sh\n" }),
    ...numbered(30, (index) => `links/${index}`, { mode: "120000", content: "../src/index.js" }),
    ...numbered(20, (index) => `latin1/${index}.txt`, Buffer.from([0x47, 0x72, 0xf6, 0xdf, 0x65])),
    ...numbered(7, (index) => `empty/${index}`, ""),
    "large.bin": Buffer.alloc(5 * 1024 * 1024, "0123456789abcde\n\0"),
    "large.txt": "0123456789abcde\n".repeat(327_680),
    "src/deep/only.txt": null,
    "src/index.js": null,
    "lib/index.js": "export const one = 1;\n",
  };
}

beforeAll(async () => {
  double = await startCheckedDouble({
    clock: ticking.now,
    observe: ({ method, url }) => asked.push(`${method} ${url.pathname}`),
  });
  scratch = await mkdtemp(join(tmpdir(), "github-"));
});

afterAll(async () => {
  const violations = await double.violations();
  await double.close();
  await rm(scratch, { recursive: true, force: true });
  expect(violations).toEqual([]);
});

describe("the adapter keeps the contract", () => {
  githubContract(world);
});

describe("a tree arrives as it was measured", () => {
  const many = (count: number): Edit =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`many/${index % 7}/${index}.txt`, `${index}\n`]),
    );
  /** What takes long over real git: `npm run test:kills` has it. */
  const atSize: [string, Edit][] = [
    [
      "with a file of 20 MB beside its link",
      {
        "huge.bin": Buffer.alloc(20_000_000, "0123456789abcde\n\0"),
        "huge.txt": "0123456789abcde\n".repeat(1_250_000),
        huge: { mode: "120000", content: "huge.bin" },
      },
    ],
    ["with 5,000 files at once", many(5_000)],
  ];
  const edits: [string, Edit][] = [
    ...(isLongForm ? atSize : []),
    [
      "with a file of each kind",
      {
        "README.md": "# Gadgets\n",
        "tool.sh": { mode: "100755", content: "#!/bin/sh\n" },
        link: { mode: "120000", content: "src/index.js" },
        "latin1.txt": Buffer.from([0x47, 0x72, 0xf6, 0xdf, 0x65]),
        "nul.bin": Buffer.from("a\0b"),
        "bom.txt": "\ufeffone\r\ntwo",
        "empty.txt": "",
        "large.txt": "0123456789abcde\n".repeat(20_000),
        "größe/✓ „x“.txt": "ok",
      },
    ],
    ["without the last file of a directory", { "src/deep/only.txt": null }],
    ["with a directory where a file was", { "README.md": null, "README.md/a/b.txt": "b\n" }],
    ["with a file where a directory was", { "src/deep/only.txt": null, "src/index.js": null, src: "file\n" }],
    ["with a file moved", { "src/index.js": null, "lib/index.js": "export const one = 1;\n" }],
    [
      "with a file made executable",
      { "src/index.js": { mode: "100755", content: "export const one = 1;\n" } },
    ],
    ["with files of every kind at once, 300 of them", everyKind()],
    ["in more than one request", many(601)],
  ];

  test.each(edits)("%s", async (_, edit) => {
    const { ports, repository, change, base } = await world();
    const parent = (await base()).commit;
    const made = await change(edit);

    const published = await ports.branches.commit(repository, { ...made, parent, message: "Change" });

    const { directory } = double.github.repository(`${repository.owner}/${repository.name}`);
    const run = promisify(execFile);
    const { stdout } = await run("git", ["-C", directory, "cat-file", "commit", published.commit]);
    await run("git", ["-C", directory, "fsck", "--connectivity-only", published.commit]);
    expect(published).toMatchObject({ tree: made.change.tree, verified: true });
    // Text travels within the trees, however many files there are.
    if (Object.keys(edit).every((path) => path.startsWith("many/")))
      expect(objects(repository)).toEqual({ blobs: 0, trees: Math.ceil(made.change.files.length / 500) });
    expect(stdout).toContain(`tree ${made.change.tree}\nparent ${parent}\n`);
  });
});

test("a comment of ours is found behind a hundred others", async () => {
  const { ports, repository, opensIssue, comments, commentsOn } = await world();
  const number = await opensIssue("ada", { title: "Talk", body: "" });
  for (let index = 0; index < 120; index += 1) await comments("ada", number, `Word ${index}`);
  const say = () =>
    ports.issues.say({ repository, number }, { marker: "<!-- m -->", body: "Hi. <!-- m -->" });

  const ids = [await say(), await say()];

  expect(ids[0]).toBe(ids[1]);
  expect(await commentsOn(number)).toHaveLength(121);
});

test("deliveries are read page by page up to a time, and delivered again by their number", async () => {
  const { github, opensIssue, comments } = await world();
  const number = await opensIssue("ada", { title: "Talk", body: "" });
  await double.github.settled();
  ticking.offset += 2_000;
  const from = new Date(ticking.now());
  for (let index = 0; index < 105; index += 1) await comments("ada", number, `Word ${index}`);
  await double.github.settled();
  const { webhookDeliveries } = github;

  const all = await webhookDeliveries.since(from);
  ticking.offset += 2_000;
  const later = new Date(ticking.now());
  await webhookDeliveries.redeliver(all[0]?.id ?? 0);
  await double.github.settled();
  const again = await webhookDeliveries.since(later);

  expect(all.filter(({ event }) => event === "issue_comment")).toHaveLength(105);
  expect(again.map(({ delivery }) => delivery)).toEqual([all[0]?.delivery]);
  expect(again[0]?.id).not.toBe(all[0]?.id);
});

test("the App knows its name and its bot's", async () => {
  const { github } = await world();

  expect(await github.app()).toEqual({ slug: "drafthorse", botLogin: "drafthorse[bot]" });
});

test("a token for fetching reads one repository and writes nothing", async () => {
  const { github, repository, opensIssue } = await world();
  const other = await world();
  const number = await opensIssue("ada", { title: "Two", body: "" });
  const client = withToken(double, await github.fetchToken(repository));
  const of = (name: string) => ({ owner: "ada", repo: name });
  const status = (request: Promise<unknown>) => request.then(() => 200).catch((error) => error.status);

  const read = status(client.rest.repos.getBranch({ ...of(repository.name), branch: "main" }));
  const written = status(
    client.rest.issues.createComment({ ...of(repository.name), issue_number: number, body: "x" }),
  );
  const foreign = status(client.rest.repos.getBranch({ ...of(other.repository.name), branch: "main" }));

  expect(await Promise.all([read, written, foreign])).toEqual([200, 403, 404]);
});

test("what GitHub refuses is named with method, path and reason", async () => {
  const { ports, repository } = await world();

  const point = ports.branches.point(repository, { branch: "agent/1-x", commit: "d".repeat(40), from: null });

  expect(await point.catch(failureNote)).toEqual({
    kind: "github",
    cause: expect.stringMatching(`^GitHub answered 422 to POST /repos/ada/${repository.name}/git/refs: `),
  });
});

test("issues with the label are found wherever the App is installed, with who labelled them last", async () => {
  const { github, repository, opensIssue, name } = await world();
  const plain = await opensIssue("ada", { title: "Plain", body: "" });
  const wanted = await opensIssue("ada", { title: "Wanted", body: "text" });
  const closed = await opensIssue("ada", { title: "Closed", body: "" });
  const at = (number: number) => ({ repository: name, number });
  const ada = double.github.as("ada");
  for (const number of [wanted, closed]) await ada.labels(at(number), "agent-task");
  await ada.unlabels(at(wanted), "agent-task");
  ticking.offset += 60_000;
  await ada.labels(at(wanted), "Agent-Task");
  await ada.closes(at(closed));
  const { labelledIssues } = github;

  const places = await labelledIssues.repositories();
  const found = await labelledIssues.labelled(repository, "agent-task");
  const labelling = await labelledIssues.labelling({ repository, number: wanted }, "agent-task");

  expect(places).toContainEqual(repository);
  expect(found).toEqual([{ number: wanted, title: "Wanted", body: "text", author: "ada" }]);
  expect(labelling).toMatchObject({ by: "ada" });
  expect(ticking.now() - Date.parse(labelling?.at ?? "")).toBeLessThan(60_000);
  expect(await labelledIssues.labelling({ repository, number: plain }, "agent-task")).toBeUndefined();
});

test("a label is made once, whatever its case", async () => {
  const { github, repository } = await world();
  const label = { name: "agent-task", color: "8a5a1c", description: "Hands the issue over" };

  expect(await github.labels.ensure(repository, label)).toBe("made");
  expect(await github.labels.ensure(repository, { ...label, name: "Agent-Task" })).toBe("there");
});
