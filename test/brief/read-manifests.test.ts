import { describe, expect, test } from "@jest/globals";
import { makeTargetsOf, scriptsOf } from "../../src/brief/command/read-manifests.ts";
import { cpuSeconds } from "../support/cpu-seconds.ts";

describe("the scripts of a manifest", () => {
  test.each([
    ['{"scripts":{"test":"x","lint":"y"}}', ["test", "lint"]],
    ["{}", []],
    ["[]", undefined],
    ["{", undefined],
    ['{"scripts":"none"}', undefined],
  ])("of %j are %j", (text, names) => {
    expect(scriptsOf(text)).toEqual(names);
  });
});

describe("the targets of a Makefile", () => {
  test.each([
    ["test: build\n\tnpm test\nbuild:\n\ttrue\n", ["test", "build"]],
    ["A := 1\nB = x:y\nall check: dep\n\techo a:b\n", ["all", "check"]],
    [".PHONY: test\ntest::\n\ttrue\n", [".PHONY", "test"]],
    ["# test: no\n", []],
    ["include other.mk\ntest:\n", undefined],
    ["-include other.mk\ntest:\n", undefined],
    ["%.o: %.c\n\tcc\n", undefined],
    ["$(NAMES): x\n", undefined],
  ])("of %j are %j", (text, names) => {
    expect(makeTargetsOf(text)).toEqual(names);
  });

  test("are found in linear time", () => {
    const before = cpuSeconds();
    for (const token of ["a ", "a:", "%a", "a\n", ": ", "$(eval"]) makeTargetsOf(token.repeat(500_000));
    expect(cpuSeconds() - before).toBeLessThan(10);
  });
});
