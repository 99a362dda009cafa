import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { reviewEvents } from "../../../src/domain/review/review-event.ts";
import type { Permission } from "../../../src/domain/task/permission.ts";
import type { ApprovalFacts } from "../../../src/review/approval/approval-facts.ts";
import { isJudgedAgainBy, judgeApproval } from "../../../src/review/approval/judge-approval.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../../../docs/approval.md"), "utf8");
const head = "b".repeat(40);
const older = "a".repeat(40);

/** The people of the page, who may what. */
const permissions = new Map<string, Permission>([
  ["ada", "admin"],
  ["wil", "write"],
  ["wes", "write"],
  ["tom", "read"],
  ["rea", "read"],
  ["eve", "none"],
  ["drafthorse[bot]", "write"],
]);
const teams = new Map<string, string[] | undefined>([
  ["acme/core", ["wil", "rea"]],
  ["acme/hidden", undefined],
]);
const verdicts = {
  approves: "approved",
  objects: "changes-requested",
  comments: "commented",
  dismissed: "dismissed",
} as const;

type Row = { owner: string; signOff: string; reviews: string; asks: string; green: string };

/** The rows of the page's table: labelled there for people, held here against the code. */
const rows: Row[] = page
  .split("## Every case")[1]
  ?.split("\n")
  .filter((line) => /\| (?:yes|no) +\|$/.test(line))
  .map((line) => {
    const [owner = "", signOff = "", reviews = "", asks = "", green = ""] = line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim());
    return { owner, signOff, reviews, asks, green };
  }) as Row[];

function listed(cell: string): string[] {
  return cell === "none" || cell === "nobody" ? [] : cell.split(", ");
}

function factsOf({ owner, signOff, reviews, asks }: Row): ApprovalFacts {
  const named = asks === "not measured" ? [] : listed(asks).map((one) => one.split(": "));
  return {
    head,
    signOff: signOff as ApprovalFacts["signOff"],
    ...{ owners: listed(owner), teams, actor: "ada", permissions },
    reviews: listed(reviews).map((one) => {
      const [by = "", verdict = "", on = ""] = one.split(" ");
      return {
        by,
        verdict: verdicts[verdict as keyof typeof verdicts],
        commit: on === "older" ? older : head,
      };
    }),
    asks: asks === "not measured" ? undefined : named.map(([name = ""]) => name),
    approvals: named.flatMap(([name = "", word]) => {
      const [by = "", on] = word?.split(" ") ?? [];
      return word ? [{ name, by, head: on === "older" ? older : head }] : [];
    }),
  };
}

describe("the table of docs/approval.md", () => {
  test("has a row for each case", () => {
    expect(rows.length).toBeGreaterThanOrEqual(50);
    expect(rows.filter(({ green }) => green === "yes").length).toBeGreaterThan(15);
    expect(rows.flatMap((row) => factsOf(row).reviews).filter(({ verdict }) => !verdict)).toEqual([]);
  });

  test.each(rows)("owner $owner, signOff $signOff, $reviews; asks $asks: $green", (row) => {
    expect(judgeApproval(factsOf(row)).met).toBe(row.green === "yes");
  });
});

const plain = factsOf({ owner: "wil", signOff: "owner", reviews: "none", asks: "none", green: "no" });

test("a review that does not count is named with the reason", () => {
  const reviews = ["ada", "rea", "drafthorse[bot]"].map((by) => ({
    by,
    verdict: "approved" as const,
    commit: head,
  }));
  const old = { by: "wil", verdict: "approved" as const, commit: older };

  expect(judgeApproval({ ...plain, reviews: [...reviews, old] }).review.uncounted).toEqual([
    { by: "ada", reason: "not an owner" },
    { by: "rea", reason: "no write access" },
    { by: "drafthorse[bot]", reason: "no person" },
    { by: "wil", reason: "older commit" },
  ]);
});

test("a team that nobody can read is named, unless any writer counts anyway", () => {
  const owners = ["acme/hidden", "acme/core"];

  expect(judgeApproval({ ...plain, owners }).signers.unread).toEqual(["acme/hidden"]);
  expect(judgeApproval({ ...plain, owners, signOff: "writer" }).signers.unread).toEqual([]);
});

test("every event that there is changes something that a rule reads", () => {
  expect(reviewEvents.filter((event) => !isJudgedAgainBy(event))).toEqual([]);
});
