import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { readShell, type Simple, simpleCommands } from "../src/brief/command/read-shell.ts";
import { helpTexts } from "../src/cli/help-texts.ts";
import { parseOperatorFile } from "../src/policy/parse-operator-file.ts";
import { testDirectory } from "./support/test-directory.ts";
import { warmDrafthorse } from "./support/warm-drafthorse.ts";

const directory = testDirectory();
const root = resolve(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** What people follow: the pages at the top and those of `docs`, but not what was decided or changed once. */
const pages = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md"],
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

const scripts = Object.keys(
  (JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts,
);

/** The options of each command, as a shell is told them. */
const options = new Map<string, string[]>();
beforeAll(async () => {
  const { out } = await warmDrafthorse(directory, "completion", "bash");
  for (const { groups } of out.matchAll(/^ +(?<name>[a-z-]+)\) words="(?<words>--[^"]*)" ;;$/gm))
    options.set(groups?.name ?? "", groups?.words?.split(" ") ?? []);
});

describe("what is to be typed", () => {
  test.each(pages)("works as %s says it", (page) => {
    const lines = [
      ...fenced(page, "sh"),
      ...spans(page).filter((span) => /^(npx |npm |node scripts)/.test(span)),
    ];

    expect(lines.flatMap(problemsOf)).toEqual([]);
  });

  test("works as the help says it", () => {
    const calls = Object.values(helpTexts).flatMap(({ examples }) => examples.map(([call]) => call));

    expect(calls.flatMap(problemsOf)).toEqual([]);
  });

  test.each([
    ["npx drafthorse chekc BRIEF.md", "there is no command chekc"],
    ["npx drafthorse check BRIEF.md --rep .", "check has no option --rep"],
    ["npm run tests", "there is no script tests"],
    ["node scripts/gone.js", "there is no scripts/gone.js"],
    ["npx drafthorse check 'BRIEF.md", "no shell reads it"],
  ])("%s would be found", (line, problem) => {
    expect(problemsOf(line)).toEqual([`${line}: ${problem}`]);
  });
});

test.each(pages)("the YAML in %s can be used", (page) => {
  // A workflow is somebody else's; anything else is the operator's file.
  const unusable = fenced(page, "yaml").filter(
    (text) => !("on" in (parse(text) as object)) && "problems" in parseOperatorFile(text, page),
  );

  expect(unusable).toEqual([]);
});

test.each(pages)("the files of this repository that %s names are there", (page) => {
  // A brief and a report of what was found are about other repositories.
  const elsewhere = /^(test\/slugify\.test\.js:14|docs\/slugs\.md|test\/flush\.test\.js)$/;
  const gone = spans(page)
    .filter((span) => /^(src|test|docs|scripts|deploy|schemas|bench)\/[\w./-]+$/.test(span))
    .filter((path) => !elsewhere.test(path) && !existsSync(join(root, path)));

  expect(gone).toEqual([]);
});

/** What is wrong with the calls of a line, or of several. */
function problemsOf(line: string): string[] {
  const tree = readShell(line);
  if (tree.broken !== undefined) return [`${line}: no shell reads it`];
  return simpleCommands(tree.script)
    .flatMap(problemsOfCall)
    .map((problem) => `${line}: ${problem}`);
}

function problemsOfCall({ argv }: Simple): string[] {
  const [program = "", first = "", ...rest] = argv[0] === "npx" ? argv.slice(1) : argv;
  if (program === "drafthorse") return problemsOfOurs(first, rest);
  if (program === "npm" && first === "run") return problemsOfScript(rest);
  if (program === "node" && !existsSync(join(root, first))) return [`there is no ${first}`];
  return [];
}

function problemsOfOurs(command: string, args: string[]): string[] {
  // A placeholder stands for any of them.
  if (command.startsWith("-") || command === "COMMAND") return [];
  const known = options.get(command);
  if (!known) return [`there is no command ${command}`];
  return args
    .filter((arg) => arg.startsWith("--") && !known.includes(arg.replace(/=.*/, "")))
    .map((arg) => `${command} has no option ${arg}`);
}

function problemsOfScript(args: string[]): string[] {
  const name = args.find((arg) => !arg.startsWith("-")) ?? "";
  return scripts.includes(name) ? [] : [`there is no script ${name}`];
}

/** The blocks of code of a page in one language. A block inside another is that one's. */
function fenced(page: string, language: string): string[] {
  return [...read(page).matchAll(/^(?<fence>`{3,})(?<language>\w+)\n(?<text>[\s\S]*?)^\k<fence>$/gm)]
    .filter(({ groups }) => groups?.language === language)
    .map(({ groups }) => groups?.text ?? "");
}

/** What stands in backticks in the text of a page. */
function spans(page: string): string[] {
  const text = read(page).replaceAll(/^(?<fence>`{3,})[\s\S]*?^\k<fence>$/gm, "");
  return [...text.matchAll(/(?<!`)`(?<span>[^`\n]+)`(?!`)/g)].map(({ groups }) => groups?.span ?? "");
}
