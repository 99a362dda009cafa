import { expect, test } from "@jest/globals";
import { proxyFor, proxySecrets } from "../../src/domain/host/network-proxies.ts";

const proxies = (...direct: string[]) => ({
  http: "http://clear.test:3128",
  https: "http://robot:a%2Fb@secure.test:3128",
  direct,
});

test.each([
  ["https://api.github.com/x", [], "secure.test:3128"],
  ["http://registry.test/x", [], "clear.test:3128"],
  ["https://localhost/x", [], undefined],
  ["http://127.0.0.1:4873/x", [], undefined],
  ["https://[::1]:1/x", [], undefined],
  ["https://npm.corp.test/x", ["corp.test"], undefined],
  ["https://npm.corp.test/x", [".corp.test"], undefined],
  ["https://npm.corp.test/x", ["*.corp.test"], undefined],
  ["https://corp.test/x", ["CORP.test"], undefined],
  ["https://evilcorp.test/x", ["corp.test"], "secure.test:3128"],
  ["https://corp.test.evil.test/x", ["corp.test"], "secure.test:3128"],
  ["https://npm.corp.test:8443/x", ["npm.corp.test:8443"], undefined],
  ["https://npm.corp.test/x", ["npm.corp.test:443"], undefined],
  ["https://npm.corp.test/x", ["npm.corp.test:8443"], "secure.test:3128"],
  ["https://10.0.0.7/x", ["10.0.0.7"], undefined],
  ["https://anything.test/x", ["*"], undefined],
])("%s with NO_PROXY %j goes by %s", (url, direct, expected) => {
  expect(proxyFor(proxies(...direct), url)?.host).toBe(expected);
});

test("without a proxy everything is reached directly", () => {
  expect(proxyFor({ direct: [] }, "https://api.github.com")).toBeUndefined();
});

test("a password is a secret in every form in which it is written", () => {
  expect(proxySecrets(proxies())).toEqual(["a%2Fb", "a/b", Buffer.from("robot:a/b").toString("base64")]);
});
