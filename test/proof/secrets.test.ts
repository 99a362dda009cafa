import { gzipSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import { openSecrets } from "../../src/adapters/secrets/open-secrets.ts";
import type { ChangedFile } from "../../src/domain/evidence/change.ts";
import { checkSecrets, withheldBecause } from "../../src/proof/checks/text/check-secrets.ts";
import { lookForLeaks } from "../../src/proof/checks/text/look-for-leaks.ts";
import { fakeId } from "../fakes/fake-github.ts";
import { aTask } from "../fixtures/tasks.ts";

const key = `ghp_${"aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"}`;
const line = `const key = "${key}";\n`;

type Sides = { path: string; before?: string; after?: string; bytes?: boolean };

/** What a change of these files is found to leak. */
async function check(files: Sides[]) {
  const blobs = new Map<string, string>();
  const side = (text: string | undefined) => {
    if (text === undefined) return null;
    const id = fakeId();
    blobs.set(id, text);
    return { mode: "100644", id, bytes: text.length };
  };
  const objects = {
    blob: async (_: unknown, id: string) => Buffer.from(blobs.get(id) ?? "", "latin1"),
  };
  const { repository } = aTask();
  const at = { repository, change: {} as never, key: "key" };
  const search = lookForLeaks(at, { secrets: openSecrets([]), objects });
  for (const { path, before, after, bytes } of files) {
    const file: ChangedFile = { path, before: side(before), after: side(after) };
    await search.look({ file, before: bytes ? undefined : before, after: bytes ? undefined : after });
  }
  return checkSecrets(search.found());
}

test.each<[string, Sides[], object]>([
  ["a line that is added", [{ path: "a.js", before: "\n", after: `\n\n${line}` }], { path: "a.js", line: 3 }],
  ["a new file", [{ path: ".env", after: line }], { path: ".env", line: 1 }],
  [
    "a string of a program, between its neighbours",
    [{ path: "a.out", after: `ab\0${key}\0cd\0`, bytes: true }],
    { path: "a.out" },
  ],
  [
    "a file in UTF-16",
    [{ path: "a.txt", after: Buffer.from(line, "utf16le").toString("latin1"), bytes: true }],
    { path: "a.txt" },
  ],
  [
    "a compressed file",
    [{ path: "a.gz", after: gzipSync(line).toString("latin1"), bytes: true }],
    { path: "a.gz" },
  ],
  ["a file that is no text", [{ path: "a.bin", after: `\0\x01${line}`, bytes: true }], { path: "a.bin" }],
  [
    "a second key beside an old one",
    [{ path: "a", before: line.replace("aB3", "bB3"), after: `${line.replace("aB3", "bB3")}${line}` }],
    { path: "a", line: 2 },
  ],
])("%s is held back", async (_, files, finding) => {
  expect(await check(files)).toMatchObject({
    status: "fail",
    findings: [{ ...finding, message: "GitHub token" }],
  });
});

test.each<[string, Sides[]]>([
  ["was there before", [{ path: "a.js", before: line, after: `// moved\n${line}` }]],
  [
    "moved to another file",
    [
      { path: "a.js", before: line },
      { path: "b.js", after: line },
    ],
  ],
  ["is taken out", [{ path: "a.js", before: line, after: "\n" }]],
])("what %s is no hit", async (_, files) => {
  expect(await check(files)).toMatchObject({ status: "pass", findings: [] });
});

test("neither a value nor a name that holds one is ever shown", async () => {
  const result = await check([
    { path: `keys/${key}.txt`, after: "nothing" },
    { path: "b", after: line },
  ]);

  expect(result.status).toBe("fail");
  expect(withheldBecause([result])).toEqual([
    "Secret: the name of an added file holds: GitHub token.",
    'Secret in "b, line 1": GitHub token.',
  ]);
  expect(JSON.stringify(result)).not.toContain(key.slice(4, 20));
});
