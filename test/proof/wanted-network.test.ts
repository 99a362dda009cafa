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
  "[ERROR] Plugin x or one of its dependencies could not be resolved: Cannot access central (https://repo.maven.apache.org/maven2) in offline mode and the artifact a:b:jar:3.4.0 has not been downloaded from it before. -> [Help 1]",
  "   > Could not resolve com.example:one:1.0.\n      > No cached version of com.example:one:1.0 available for offline mode.",
  "> No cached version listing for com.example:two:1.+ available for offline mode.",
  'Exception in thread "main" java.net.UnknownHostException: services.gradle.org\n\tat java.base/sun.nio.ch.NioSocketImpl.connect',
  "      > Could not GET 'https://repo.maven.apache.org/maven2/a/b.pom'.\n         > repo.maven.apache.org: Temporary failure in name resolution",
  "Could not reach host index.rubygems.org. Check your network connection and try again.",
  "Could not find gem 'rake (~> 13.0)' in locally installed gems.",
  "  [Composer\\Downloader\\TransportException]\n  Network disabled, request canceled: https://repo.packagist.org/packages.json",
])("the end of a log tells of a missing network: %#", (tail) => {
  expect(wanted(tail)).toBe(true);
});

test.each([
  ["a red test", "1 passing\n1 failing\nAssertionError: expected 1 to equal 2", 1],
  ["a green run that tried a resolver", "getaddrinfo EAI_AGAIN example.test\n3 passing", 0],
  ["a test that speaks of the network", "✗ reports when the network is offline", 1],
  ["a test of an unknown host", "java.net.UnknownHostException: no-such-host.test\n1 failed", 1],
])("does not: %s", (_, tail, exitCode) => {
  expect(wanted(tail, exitCode)).toBe(false);
});

test("npx with the switches ends by itself and says that it wanted the network", () => {
  const environment = { PATH: process.env.PATH, HOME: directory, ...offlineSwitches("npx") };
  const options = { cwd: directory, env: environment, encoding: "utf8" as const };

  const { status, stderr } = spawnSync("npx", ["--yes", "no-such-package-of-ours"], options);

  expect(wanted(stderr, status ?? 1)).toBe(true);
});
