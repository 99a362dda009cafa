import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Town } from "./town.ts";

/** A key that nobody issued; it is put together here so that this file does not hold one. */
const key = ["ghp", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"].join("_");
const hidden = Buffer.from(`the key is ${key}`).toString("base64");

const turns = [
  {
    when: "# Task: Leak",
    steps: [
      { write: { path: "src/config.js", text: `// settings\nexports.key = "${key}";\n` } },
      { write: { path: "src/blob.js", text: `exports.blob = "${hidden}";\n` } },
      { say: `Done. I used the key ${key} for it.` },
    ],
  },
  {
    when: "# Task: Name",
    steps: [{ write: { path: `keys/${key}.txt`, text: "see the name\n" } }, { say: "Named." }],
  },
  {
    when: "This is a correction",
    steps: [{ write: { path: "src/config.js", text: `exports.key = "${key}";\n` } }, { say: "Configured." }],
  },
  { when: "# Task: Mend", steps: [{ write: { path: "notes.txt", text: "mended\n" } }, { say: "Mended." }] },
];

describe("an agent that commits a key", () => {
  const at: { town?: Town } = {};
  const town = (): Town => {
    if (!at.town) throw new Error("there is no town");
    return at.town;
  };
  beforeAll(async () => {
    at.town = await Town.found(turns, { onDisk: true });
  });
  afterAll(async () => {
    await at.town?.close();
  });

  test("publishes nothing: the one comment says where, and the value is nowhere", async () => {
    const { double } = town();
    const opened = await town().delegate({ title: "Leak" });
    const status = await town().sees(opened, "Withheld");

    expect(status).toMatch(/src\/config\.js, line 2": GitHub token/);
    expect(status).toMatch(/src\/blob\.js, line 1": GitHub token/);
    expect(status).toMatch(/artefact `task-\d+-\d+-1\/change-1(?:-repair-\d)?\.pack`/);
    for (const effect of ["blob.created", "tree.created", "commit.created", "ref.created", "pull.created"])
      expect(double.effects.list(effect)).toEqual([]);
    expect(town().issue(opened).comments).toHaveLength(1);
    expect(status).not.toContain(key);
    expect(JSON.stringify(town().log)).not.toContain(key);
    await town().until(
      () => town().log.some(({ msg }) => msg === "attempt ended"),
      () => "the attempt never ended",
    );
    expect(await keptWith(key, town().dataDir)).toEqual([]);
  });

  test("in the name of a file has the name kept from the comment too", async () => {
    const opened = await town().delegate({ title: "Name" });
    const status = await town().sees(opened, "Withheld");

    expect(status).toContain("the name of an added file holds: GitHub token");
    expect(status).not.toContain(key);
  });

  test("in a correction leaves the pull request as it was, and says so", async () => {
    const { double, repository } = town();
    const opened = await town().delegate({ title: "Mend" });
    await town().sees(opened, "Draft pull request open");
    const pull = town().pull(opened);
    expect(pull.body).toContain("| ✅ secrets | no secret was found in what the change adds |");
    expect(pull.body).toContain("| ✅ hidden text |");
    expect(pull.body).toContain("| ✅ dependencies | no dependency changed |");
    const head = pull.pull.headSha;

    await double.github.as("ada").comments({ repository, number: pull.number }, "/retry with a key");
    const status = await town().sees(opened, "correction was withheld");

    expect(status).toMatch(/src\/config\.js, line 1": GitHub token/);
    expect(town().pull(opened).pull.headSha).toBe(head);
    expect(town().pull(opened).body).toContain("withheld");
    expect(`${status}${town().pull(opened).body}`).not.toContain(key);
  });
});

/** The files below a directory that hold a value; packs hold the agent's files themselves, compressed. */
async function keptWith(value: string, directory: string): Promise<string[]> {
  const found = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.map(async (file) => ({ file, bytes: await readFile(file).catch(() => "") })),
  );
  return texts.filter(({ bytes }) => bytes.includes(value)).map(({ file }) => file);
}
