import { expect, test } from "@jest/globals";
import { type FoundDuplicates, judgeDuplicates } from "../../src/intake/judge-duplicates.ts";

const eves = { number: 7, by: "eve" };
const bobs = { number: 8, by: "bob" };

function found(fields: Partial<FoundDuplicates> = {}): FoundDuplicates {
  return { rule: "refuse", duplicates: [eves], delivery: "second", rounds: [], ...fields };
}

test.each<[string, Partial<FoundDuplicates>]>([
  ["that nobody was told of", {}],
  ["where the round before was told of nothing", { rounds: [{ askedIn: "first" }] }],
  ["and the same delivery comes once more", { rounds: [{ askedIn: "second", duplicates: [eves] }] }],
  ["of which one is new", { duplicates: [eves, bobs], rounds: [{ askedIn: "first", duplicates: [eves] }] }],
  [
    "of the same number in another repository",
    { rounds: [{ askedIn: "first", duplicates: [{ ...eves, repository: "acme/other" }] }] },
  ],
  [
    "that was told of, where no label asks",
    { delivery: undefined, rounds: [{ askedIn: "first", duplicates: [eves] }] },
  ],
])("an open pull request %s holds the task", (_, fields) => {
  const known = found(fields);

  expect(judgeDuplicates(known)).toEqual({ kind: "duplicate", duplicates: known.duplicates });
});

test.each<[string, Partial<FoundDuplicates>]>([
  ["none is open", { duplicates: [] }],
  ["the rules only warn", { rule: "warn" }],
  [
    "the label comes again after our comment named it",
    { rounds: [{ askedIn: "first", duplicates: [eves] }] },
  ],
  [
    "our comments named each of them",
    {
      duplicates: [eves, bobs],
      rounds: [
        { askedIn: "first", duplicates: [eves] },
        { askedIn: "other", duplicates: [bobs] },
      ],
    },
  ],
])("nothing is held where %s", (_, fields) => {
  expect(judgeDuplicates(found(fields))).toBeUndefined();
});
