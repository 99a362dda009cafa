import { describe, expect, test } from "@jest/globals";
import { nameOfLine } from "../../../src/adapters/agent/name-of-line.ts";
import { openAgents } from "../../../src/adapters/agent/open-agents.ts";
import { splitWords } from "../../../src/adapters/agent/split-words.ts";
import { systemClock } from "../../../src/adapters/host/system-clock.ts";
import { plainSandbox } from "../../support/plain-sandbox.ts";
import { recordingLog } from "../../support/recording-log.ts";

function find(commands: Record<string, string>, agents: string[] = []): Promise<void> {
  const known = Object.fromEntries(
    Object.entries(commands).map(([name, command]) => {
      return [name, { command, environment: {}, network: "none" as const }];
    }),
  );
  const place = { sandbox: plainSandbox(), clock: systemClock, readable: [], log: recordingLog() };
  return openAgents({ known, usual: Object.keys(commands) }, place).find(agents);
}

describe("an agent that is looked for before the work", () => {
  test.each([
    ["a program", { mine: "sh" }],
    ["a line that begins with a program", { mine: "exec:sh agent.sh" }],
    ["a line that only a shell can read", { mine: "exec:for i in 1 2; do no-such-program; done" }],
    ["a line that begins with a variable", { mine: "exec:MODE=fast no-such-program" }],
    ["the second of two", { lost: "no-such-agent", mine: "sh" }],
  ])("is there: %s", async (_, commands) => {
    await expect(find(commands)).resolves.toBeUndefined();
  });

  test.each<[string, Record<string, string>, string[], RegExp]>([
    ["a program", { mine: "no-such-agent --acp" }, [], /"no-such-agent" was not found: install it/],
    ["a line's program", { mine: "exec:no-such-agent run" }, [], /"no-such-agent" was not found/],
    ["a preset", { opencode: "opencode" }, [], /was not found\. Install it: npm install -g opencode-ai/],
    ["one that is named", { lost: "no-such-agent", mine: "sh" }, ["lost"], /"no-such-agent"/],
    ["a name that nobody knows", { mine: "sh" }, ["other"], /other: the operator has no agent of this name/],
    ["each of two", { one: "no-such-a", two: "no-such-b" }, [], /one: .*no-such-a.*two: .*no-such-b/],
  ])("is not there: %s", async (_, commands, agents, words) => {
    await expect(find(commands, agents)).rejects.toMatchObject({
      kind: "agent-unavailable",
      message: expect.stringMatching(words),
    });
  });
});

test.each([
  ["git apply ../fix.patch", "git apply"],
  ["node scripts/agent.js --fast", "agent.js"],
  ["/opt/tools/my-agent", "my-agent"],
  ["python3 -m agent", "python3"],
  ["sh -c 'sed -i s/a/b/ index.js'", "sh"],
  ["bash ./tools/agent", "agent"],
  ["aider --yes", "aider"],
])("the line `%s` is called %s", (line, name) => {
  expect(nameOfLine(splitWords(line))).toBe(name);
});
