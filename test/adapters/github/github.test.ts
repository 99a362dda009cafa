import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { type CheckedDouble, startCheckedDouble } from "../../openapi/recorder.ts";
import { doubleWorld, ticking } from "./double-world.ts";
import { githubContract } from "./github-contract.ts";

let double: CheckedDouble;
let scratch: string;
const world = () => doubleWorld(double, scratch);

beforeAll(async () => {
  double = await startCheckedDouble({ clock: ticking.now });
  scratch = await mkdtemp(join(tmpdir(), "github-"));
});

afterAll(async () => {
  const violations = await double.violations();
  await double.close();
  await rm(scratch, { recursive: true, force: true });
  expect(violations).toEqual([]);
});

describe("the adapter keeps the contract", () => {
  githubContract(world);
});
