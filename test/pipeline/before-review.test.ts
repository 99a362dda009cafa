import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Task } from "../../src/domain/task/task.ts";
import { Office } from "./office.ts";

const at: { office: Office } = { office: new Office() };
beforeEach(() => {
  at.office = new Office();
});

describe("a pull request", () => {
  describe("whose base moved while the agent worked", () => {
    const rules = ".github/drafthorse.yml";
    const moving = (): void => {
      at.office.workshop.deed = async () => {
        at.office.github.pushes("bob", "main", "meanwhile");
        return { leaves: "mended" };
      };
    };
    const told = ({ pullRequest }: Task): string => at.office.github.pulls.get(pullRequest ?? 0)?.body ?? "";

    test("is looked at before anybody sees it: what contradicts is named, and what merges is told", async () => {
      moving();
      const { workshop, github } = at.office;
      github.fileTexts.set(rules, "overlap: allow");
      expect(told(await at.office.delegate())).toContain("with which this merges without a conflict.");

      workshop.conflicts = ["src/a.js"];
      const task = await at.office.delegate();
      expect(told(task)).toContain(
        `- \`main\` moved to ${github.refs.get("main")} while the agent worked, and **conflicts** with this in \`src/a.js\`.`,
      );
      expect(task.attempts[0]?.base?.commit).not.toBe(github.refs.get("main"));
    });

    test("is proved again on the new base where the rules ask for that, and stays where that conflicts", async () => {
      moving();
      const { workshop, github } = at.office;
      github.fileTexts.set(rules, "rebase: before-review\noverlap: allow");
      const moved = await at.office.delegate();
      const [attempt] = moved.attempts;

      expect(attempt?.base?.commit).toBe(github.refs.get("main"));
      expect(github.commits.get(attempt?.commit?.commit ?? "")).toMatchObject({
        parents: [github.refs.get("main")],
        tree: attempt?.change?.tree,
      });
      expect(attempt?.change?.pack).toMatch(/rebased-1\.pack$/);

      workshop.conflicts = ["src/a.js"];
      const stayed = await at.office.delegate();
      expect(stayed.attempts[0]?.base?.commit).not.toBe(github.refs.get("main"));
      expect(told(stayed)).toContain("**conflicts** with this");
    });
  });

  test("keeps the repository's template below its own part, with what people write there", async () => {
    const { github, ports } = at.office;
    ports.baseFiles = {
      ...ports.baseFiles,
      find: async (_, __, paths) => new Set(paths),
      read: async (_, __, path) =>
        path === "pull_request_template.md" ? "## Checklist\n\n- [ ] docs\n" : undefined,
    };
    const task = await at.office.delegate();
    const pull = github.pulls.get(task.pullRequest ?? 0);

    expect(pull?.body).toMatch(/<!-- drafthorse:end \S+ -->\n\n## Checklist\n\n- \[ \] docs$/);
    if (pull) pull.body = pull.body.replace("[ ]", "[x]");
    await at.office.retry(task);
    expect(github.pulls.get(task.pullRequest ?? 0)?.body).toMatch(
      /Attempts: 2[\s\S]*## Checklist\n\n- \[x\] docs$/,
    );
  });
});
