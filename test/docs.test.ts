import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { checkNames, factsOfCheck } from "../src/domain/evidence/checks.ts";

const root = resolve(import.meta.dirname, "../..");
const decisions = readdirSync(join(root, "docs/adr")).filter((name) => /^\d{4}-.*\.md$/.test(name));

/** What people read: the pages at the top, and those below `docs`. */
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

describe("the documentation", () => {
  test.each(pages)("%s links to what is there", (page) => {
    const text = readFileSync(join(root, page), "utf8").replaceAll(/```[\s\S]*?```/g, "");
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)(?<path>[^)#\s]+)/g)];
    const broken = links
      .map(({ groups }) => groups?.path ?? "")
      .filter((path) => !existsSync(join(root, dirname(page), path)));

    expect(broken).toEqual([]);
  });

  test("each row of the proof is explained, in the order in which it is shown", () => {
    const page = readFileSync(join(root, "docs/measured.md"), "utf8");
    const explained = [...page.matchAll(/^### (?<name>.+)$/gm)].map(({ groups }) => groups?.name);

    const listed = [...page.matchAll(/^\| (?<row>[^|]+?) +\| `(?<worst>[^`]+)` +\| (?<reads>[^|]+?) +\|$/gm)];
    const facts = checkNames.map((name) => [
      name,
      factsOfCheck(name).worst,
      factsOfCheck(name).reads.join(", "),
    ]);

    expect(explained).toEqual([...checkNames]);
    expect(listed.map(({ groups }) => [groups?.row, groups?.worst, groups?.reads])).toEqual(facts);
  });

  test("the list of decisions names each of them once", () => {
    const list = readFileSync(join(root, "docs/adr/README.md"), "utf8");
    const listed = [...list.matchAll(/^\| \[\d+\]\((?<file>[^)]+)\)/gm)].map(({ groups }) => groups?.file);

    expect(listed).toEqual(decisions);
  });
});
