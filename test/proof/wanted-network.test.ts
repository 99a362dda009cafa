import { spawnSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { offlineSwitches } from "../../src/domain/host/offline-switches.ts";
import { wantedNetwork } from "../../src/proof/explain/wanted-network.ts";
import { testDirectory } from "../support/test-directory.ts";

const directory = testDirectory();

function wanted(tail: string, exitCode = 1): boolean {
  return wantedNetwork({ exitCode, log: { sha256: "", bytes: tail.length, head: "", tail } });
}

test.each([
  "npm error code ENOTCACHED\nnpm error request to https://registry.example.test/mocha failed: cache mode is 'only-if-cached'",
  "npm error code EAI_AGAIN\nnpm error request failed, reason: getaddrinfo EAI_AGAIN registry.example.test",
  "[ERR_PNPM_NO_OFFLINE_META] Failed to resolve is-odd@>=1 <2 in package mirror",
  "Internal Error: Network access disabled by the environment; can't reach https://repo.example.test/yarn",
  "ERROR: Could not find a version that satisfies the requirement x\nERROR: No matching distribution found for x",
  "curl: (6) Could not resolve host: example.test",
  "main.go:4:2: example.test/x@v1.0.0: module lookup disabled by GOPROXY=off",
  "attempting to make an HTTP request, but --offline was specified",
])("the end of a log tells of a missing network: %#", (tail) => {
  expect(wanted(tail)).toBe(true);
});

test.each([
  ["a red test", "1 passing\n1 failing\nAssertionError: expected 1 to equal 2", 1],
  ["a green run that tried a resolver", "getaddrinfo EAI_AGAIN example.test\n3 passing", 0],
  ["a test that speaks of the network", "✗ reports when the network is offline", 1],
])("does not: %s", (_, tail, exitCode) => {
  expect(wanted(tail, exitCode)).toBe(false);
});

test("npx with the switches ends by itself and says that it wanted the network", () => {
  const environment = { PATH: process.env.PATH, HOME: directory, ...offlineSwitches("npx") };
  const options = { cwd: directory, env: environment, encoding: "utf8" as const };

  const { status, stderr } = spawnSync("npx", ["--yes", "no-such-package-of-ours"], options);

  expect(wanted(stderr, status ?? 1)).toBe(true);
});
