import { expect, test } from "@jest/globals";
import { parseBrief } from "../../src/brief/parse-brief.ts";

/** What was taken or proposed of a text. */
function foundIn(text: string) {
  const parsed = parseBrief(text);
  return "brief" in parsed ? parsed.brief : parsed.partial;
}

const rest = "### Goal\n\n`slugify` loses the digits.\n\n### Done when\n\n- [ ] Digits stay\n\n";

test.each<[string, string]>([
  ["a verb of another language", "### Cómo probar\n\nEjecutar `npm test`"],
  ["a verb behind it", "### 検証方法\n\n`npm test` を実行する"],
  ["a German word for it", "### Testen\n\n`npm test`"],
  ["a Chinese word for it", "### 测试方法\n\n`npm test`"],
  ["a question", "### How do we know it works?\n\nnpm test"],
  ["a language that is not known", "### Polecenie walidacji\n\n`npm test`"],
  ["the same in a fence", "### Polecenie walidacji\n\n```\nnpm test\n```"],
])("a command under %s is found", (_, section) => {
  expect(foundIn(`${rest}${section}\n`).validation).toBe("npm test");
});

test("two commands are asked for as two", () => {
  const parsed = parseBrief(`${rest}## Verification\n\n1. Run \`npm test\`\n2. Run \`npm run lint\`\n`);

  const said = "problems" in parsed ? parsed.problems.map(({ message }) => message).join("\n") : "";
  expect(said).toContain("`npm test; npm run lint`");
});

test.each<[string, string]>([
  ["a warning", "### How to test\n\nDo not run `npm test` for this."],
  ["the log of a bug", "### Logs\n\n```\nnpm test\n1 failing\n```"],
  ["code that proves nothing", "### Uruchomienie\n\n`npm start`"],
])("%s is no command", (_, section) => {
  expect(foundIn(`${rest}${section}\n`).validation).toBeUndefined();
});

test.each([
  "Constraints / Non-Goals",
  "🚫 Non-goals & Constraints",
  "Nicht Teil dieser Aufgabe",
  "Not in this ticket",
  "What should not change?",
])("%j names the non-goals", (heading) => {
  expect(foundIn(`${rest}## ${heading}\n\n- No new options\n`).nonGoals).toEqual(["No new options"]);
});

test.each(["Goal / Non-goals", "Acceptance criteria / Tests", "Goal / Nonsense"])(
  "%j names two fields, or half of one, and is left to the author",
  (heading) => {
    const found = foundIn(`## ${heading}\n\n- Digits stay in the slug\n`);

    expect([found.nonGoals, found.validation, found.doneWhen]).toEqual([undefined, undefined, undefined]);
  },
);
