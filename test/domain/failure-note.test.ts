import { expect, test } from "@jest/globals";
import { Failure, failureNote, failures } from "../../src/domain/task/failure.ts";

const full = (fields: object) =>
  Object.assign(new Error("ENOSPC: no space left on device, write"), {
    code: "ENOSPC",
    syscall: "write",
    ...fields,
  });

test.each([
  [
    "a file without room",
    full({ path: "/data/attempts/a" }),
    "The worker's disk has no room left: /data/attempts/a is on a file system without room.",
  ],
  [
    "an open file without room",
    full({}),
    "The worker's disk has no room left: ENOSPC: no space left on device, write.",
  ],
  [
    "a quota that is met, below a failure of another kind",
    new Failure("setup", "The set-up could not be kept.", {
      cause: full({ code: "EDQUOT", path: "/data/setups" }),
    }),
    "The worker's disk has no room left: /data/setups is beyond this user's quota.",
  ],
])("%s is tried again, and is the operator's", (_, thrown, cause) => {
  const note = failureNote(thrown);

  expect(note).toEqual({ kind: "storage", cause });
  expect(failures[note.kind]).toMatchObject({ whose: "operator", again: true });
});

test("any other error is what it says", () => {
  const missing = Object.assign(new Error("ENOENT: no such file"), { code: "ENOENT", path: "/data/a" });

  expect(failureNote(missing)).toEqual({ kind: "bug", cause: "ENOENT: no such file" });
  expect(failureNote(new Failure("git", "no such ref"))).toEqual({ kind: "git", cause: "no such ref" });
});
