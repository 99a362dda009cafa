import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readLocalConfig } from "../../src/config.ts";
import { testDirectory } from "../support/test-directory.ts";

const directory = testDirectory();
const written = (text: string): string => {
  const file = join(directory, "operator.yml");
  writeFileSync(file, text);
  return file;
};

test("the operator's file is read, and an agent that is one word has its name", () => {
  const file = written("agents: { codex: { command: codex-acp } }\nceilings: { usd: 3 }\n");

  expect(readLocalConfig({ AGENT: "claude-agent-acp", DRAFTHORSE_CONFIG: file }).operator).toEqual({
    agents: { "claude-agent-acp": { command: "claude-agent-acp" }, codex: { command: "codex-acp" } },
    ceilings: { usd: 3 },
  });
  expect(readLocalConfig({ AGENT: "exec: true" }).operator).toEqual({ agents: {} });
});

test("a file that is broken or not there is refused with its repair", () => {
  const broken = written("ceilings:\n  usd: much\n");

  expect(() => readLocalConfig({ AGENT: "x", DRAFTHORSE_CONFIG: broken })).toThrow(
    /operator\.yml:2: `ceilings\.usd`/,
  );
  expect(() => readLocalConfig({ AGENT: "x", DRAFTHORSE_CONFIG: "/nowhere" })).toThrow(
    /cannot be read\. Name a file/,
  );
});
