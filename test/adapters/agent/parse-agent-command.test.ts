import { describe, expect, test } from "@jest/globals";
import { parseAgentCommand } from "../../../src/adapters/agent/parse-agent-command.ts";

describe("parseAgentCommand", () => {
  test.each([
    ["gemini --acp", { kind: "acp", argv: ["gemini", "--acp"] }],
    ["  opencode\tacp  ", { kind: "acp", argv: ["opencode", "acp"] }],
    [
      `'/opt/my agent/run' --name "a b" c\\ d`,
      { kind: "acp", argv: ["/opt/my agent/run", "--name", "a b", "c d"] },
    ],
    [
      `a "it's" 'say "hi"' "back\\\\slash \\"q\\" \\n"`,
      { kind: "acp", argv: ["a", "it's", 'say "hi"', 'back\\slash "q" \\n'] },
    ],
    [`a ''`, { kind: "acp", argv: ["a", ""] }],
    [`a --x='1 2'3`, { kind: "acp", argv: ["a", "--x=1 23"] }],
    ["a $HOME *", { kind: "acp", argv: ["a", "$HOME", "*"] }],
    ["exec: ./fix.sh && echo $done", { kind: "exec", line: "./fix.sh && echo $done" }],
  ])("reads %s", (text, expected) => {
    expect(parseAgentCommand(text)).toEqual(expected);
  });

  test.each([
    ["", /names no command/],
    ["  ", /names no command/],
    ["exec:", /names no command/],
    ["agent 'open", /a quote that is not closed/],
    ['agent "open', /a quote that is not closed/],
    ["agent \\", /a quote that is not closed/],
  ])("refuses %j", (text, message) => {
    expect(() => parseAgentCommand(text)).toThrow(message);
  });
});
