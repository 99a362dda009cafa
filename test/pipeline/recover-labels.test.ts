import { beforeEach, describe, expect, test } from "@jest/globals";
import { recoverLabels } from "../../src/pipeline/recover-labels.ts";
import type { LabelledIssues } from "../../src/ports/github.ts";
import { Office } from "./office.ts";

const at = {} as { office: Office; listed: number; looked: string[]; labelled: LabelledIssues["labelled"] };

beforeEach(() => {
  Object.assign(at, { office: new Office(), listed: 0, looked: [], labelled: async () => [] });
});

function recovery(count: number): () => Promise<void> {
  const repositories = Array.from({ length: count }, (_, index) => ({
    ...{
      id: index + 1,
      installationId: 7,
      owner: "ada",
      name: `widgets-${index + 1}`,
      defaultBranch: "main",
    },
  }));
  return recoverLabels({
    ...at.office.ports,
    labelledIssues: {
      repositories: async () => {
        at.listed += 1;
        return repositories;
      },
      labelled: async (repository, label) => {
        at.looked.push(repository.name);
        return at.labelled(repository, label);
      },
      labelling: async () => ({ by: "ada", byId: 1, at: "2026-11-20T10:00:00Z", event: 5 }),
    },
  });
}

describe("labels that nobody told us of", () => {
  test("a pass looks at fifty repositories, the next at those behind them, and all are listed once a round", async () => {
    const pass = recovery(120);

    for (const looked of [50, 100, 120, 170]) {
      await pass();
      expect(at.looked).toHaveLength(looked);
    }

    expect(new Set(at.looked.slice(0, 120)).size).toBe(120);
    expect(at.listed).toBe(2);
  });

  test("a repository that cannot be looked at keeps none from being looked at", async () => {
    at.labelled = async ({ name }) => {
      if (name === "widgets-1") throw new Error("GitHub is silent");
      return [];
    };

    await recovery(3)();

    expect(at.looked).toEqual(["widgets-1", "widgets-2", "widgets-3"]);
  });
});
