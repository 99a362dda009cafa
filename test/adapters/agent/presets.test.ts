import { describe, expect, test } from "@jest/globals";
import { type Preset, presetOf, presets } from "../../../src/adapters/agent/presets.ts";

describe("the table of presets", () => {
  test.each(Object.entries(presets))(
    "%s names a version, and sends its model elsewhere by variables",
    (name, row) => {
      const preset: Preset = row;

      expect(preset.install).toMatch(
        name === "cursor" ? /^see https:/ : /^npm install -g \S+@\d+\.\d+\.\d+$/,
      );
      const told = Object.values(preset.model?.at("http://127.0.0.1:9") ?? {});
      expect(told.every((value) => value.includes("http://127.0.0.1:9"))).toBe(true);
      expect(told).toHaveLength(preset.model ? 1 : 0);
    },
  );

  test("has no rows but its own", () => {
    expect([presetOf("claude"), presetOf("toString"), presetOf("claude-agent-acp")]).toEqual([
      presets.claude,
      undefined,
      undefined,
    ]);
  });

  test.each([
    [
      "Warning: old model.\n\nexceeded retry limit, last status: 429 Too Many Requests, request id: x\n",
      true,
    ],
    ["exceeded retry limit, last status: 503 Service Unavailable", true],
    ["I mended the text 'exceeded retry limit, last status: 429' in src/retry.js.", false],
    ["exceeded retry limit, last status: 429\nbut then it went on and all is done.", false],
  ])("codex's last words %j are of its quota: %s", (words, isLament) => {
    expect(presets.codex.manners.lament.test(words)).toBe(isLament);
  });
});
