import { expect, test } from "@jest/globals";
import { proxyProblems, resolveProxies } from "../../src/policy/resolve-proxies.ts";

test("the proxies are those of the environment, the small names before the capital ones", () => {
  expect(
    resolveProxies({
      HTTPS_PROXY: "http://other.test:1",
      https_proxy: "proxy.test:3128",
      HTTP_PROXY: "https://proxy.test",
      NO_PROXY: "a.test, .b.test",
    }),
  ).toEqual({ http: "https://proxy.test/", https: "http://proxy.test:3128/", direct: ["a.test", ".b.test"] });
  expect(resolveProxies({ ALL_PROXY: "http://all.test:1" })).toMatchObject({
    http: "http://all.test:1/",
    https: "http://all.test:1/",
  });
  expect(resolveProxies({})).toEqual({ direct: [] });
});

test.each(["socks5://proxy.test:1080", "http://", "http://robot:50%@proxy.test"])(
  "%s is no proxy that can be used, and its value is not shown",
  (value) => {
    const problems = proxyProblems({ HTTPS_PROXY: value });

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^HTTPS_PROXY names no HTTP proxy\. Set it to/);
    expect(problems[0]).not.toContain("robot:50");
  },
);
