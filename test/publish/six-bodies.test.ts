import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { renderBody } from "../../src/publish/render-body.ts";
import { renderStatus } from "../../src/publish/render-status.ts";
import { sixBodies } from "./six-bodies.ts";

const goldens = resolve(import.meta.dirname, "../../../test/publish/bodies");

/** Written anew by `GOLDEN=write npm run --silent jest -- publish/six-bodies`; whoever does it reads them. */
function expectGolden(name: string, text: string): void {
  const path = resolve(goldens, name);
  if (process.env.GOLDEN === "write") writeFileSync(path, `${text}\n`);
  expect(`${text}\n`).toBe(readFileSync(path, "utf8"));
}

describe.each(Object.entries(sixBodies))("what people see of a change that is %s", (name, source) => {
  test("is the body in its file", () => {
    expectGolden(`${name}.md`, renderBody(source));
  });

  test("and the comment on the issue", () => {
    expectGolden(
      `${name}-status.md`,
      renderStatus(source.task, { label: "agent-task", ahead: 0, briefPart: "" }),
    );
  });

  test("has at most twelve unfolded paragraphs, and none that tells nothing", () => {
    const body = renderBody(source);
    const open = body.replace(/<details>.*?<\/details>/gs, "").replace(/<details>.*/s, "");

    expect(open.split(/\n\n+/).filter(Boolean).length).toBeLessThanOrEqual(12);
    expect(body).not.toMatch(/```text\n\n?```|\bNone\b|not reported|This version/);
    expect(open).not.toContain("not measured");
  });
});
