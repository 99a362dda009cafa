import { describe, expect, test } from "@jest/globals";
import { judgeSubmodule } from "../../../src/adapters/git/judge-submodule.ts";

const from = "https://ghe.corp.test/octo/demo.git";
const rules = { from, hosts: ["git.corp.test:443", "forge.test:8443"] };
const judge = (
  fields: { name?: string; path?: string; url?: string },
  by: { from: string | undefined } = { from },
) =>
  judgeSubmodule(
    { name: "lib", path: "lib", url: "https://github.com/o/r.git", ...fields },
    { ...rules, ...by },
  );

describe("a submodule's address", () => {
  test.each([
    ["https://github.com/o/r.git", "https://github.com/o/r.git"],
    ["HTTPS://GitHub.com/o/r", "https://github.com/o/r"],
    ["https://gitlab.com/group/sub/r.git", "https://gitlab.com/group/sub/r.git"],
    ["https://git.corp.test/r.git", "https://git.corp.test/r.git"],
    ["https://forge.test:8443/o/r", "https://forge.test:8443/o/r"],
    ["https://ghe.corp.test/other/r", "https://ghe.corp.test/other/r"],
    ["../lib.git", "https://ghe.corp.test/octo/lib.git"],
    ["../../other/lib", "https://ghe.corp.test/other/lib"],
    ["./lib.git", "https://ghe.corp.test/octo/demo.git/lib.git"],
    ["https://github.com/o/../../r", "https://github.com/r"],
  ])("%j is fetched from %s", (url, expected) => {
    expect(judge({ url })).toEqual({ url: expected });
  });

  test.each([
    ["git@github.com:o/r.git", /not https\. Write `https:\/\/github\.com\/o\/r\.git` in `\.gitmodules`/],
    ["ssh://git@github.com/o/r.git", /not https\. Write `https:\/\/github\.com\/o\/r\.git`/],
    ["git://github.com/o/r.git", /not https/],
    ["http://github.com/o/r.git", /not https/],
    ["http://ghe.corp.test/o/r.git", /not https/],
    ["file:///etc", /not https/],
    ["/srv/git/r.git", /not https/],
    ["C:\\r.git", /none that git should be given/],
    ["ext::sh -c 'touch /tmp/x'", /none that git should be given/],
    ["ext::touch", /not https/],
    ["fd::17/foo", /not https/],
    ["--upload-pack=touch", /none that git should be given/],
    ["-u./payload", /none that git should be given/],
    ["https://github.com/o/r.git\r", /none that git should be given/],
    ["https://github.com/o/r\n.git", /none that git should be given/],
    ["https://github.com/%0ahost=evil.test/r", /none that git should be given/],
    ["https://github.com/o/r%0D", /none that git should be given/],
    ["https://github.com\\@evil.test/r", /none that git should be given/],
    ["https://ada:hunter2@github.com/o/r", /more than a host and a path/],
    ["https://github.com@evil.test/o/r", /more than a host and a path/],
    ["https://github.com/o/r?x=1", /more than a host and a path/],
    ["https://github.com/o/r#x", /more than a host and a path/],
    ["https://evil.test/o/r", /`evil\.test` is not among.*egress\.submodules/],
    ["https://github.com.evil.test/o/r", /not among/],
    ["https://github.com:8443/o/r", /not among/],
    ["https://169.254.169.254/latest", /not among/],
    ["https://[::1]/r", /not among/],
    ["https://localhost/r", /not among/],
    ["../../../evil.test/r", /leads out of ghe\.corp\.test/],
    ["../..", /leads out/],
    ["", /names no address/],
    [`https://github.com/${"a".repeat(3_000)}`, /none that git should be given/],
  ])("%j is refused", (url, why) => {
    expect(judge({ url })).toEqual({ refused: expect.stringMatching(why) });
  });

  test("a password is not quoted", () => {
    expect(JSON.stringify(judge({ url: "https://ada:hunter2@github.com/o/r" }))).not.toContain("hunter2");
  });

  test("a relative address has no meaning on this machine, an absolute one does", () => {
    expect(judge({ url: "../lib.git" }, { from: undefined })).toEqual({
      refused: expect.stringContaining("relative to a repository that lies on this machine"),
    });
    expect(judge({}, { from: undefined })).toHaveProperty("url");
  });

  test("on a server without TLS of its own, only its own address may go without", () => {
    const by = { from: "http://127.0.0.1:8080/octo/demo.git" };

    expect(judge({ url: "http://127.0.0.1:8080/octo/lib.git" }, by)).toHaveProperty("url");
    expect(judge({ url: "http://127.0.0.1:9090/octo/lib.git" }, by)).toHaveProperty("refused");
  });
});

describe("a submodule's name and path", () => {
  test.each([
    { name: "../../hooks" },
    { name: "a/../../b" },
    { name: "..\\hooks" },
    { name: "" },
    { name: "a\r" },
    { path: "../lib" },
    { path: "a/../b" },
    { path: "/etc" },
    { path: "" },
    { path: "lib/" },
    { path: ".git/hooks" },
    { path: "a/.GIT" },
    { path: "-lib" },
    { path: "lib\r" },
    { path: "a\\b" },
  ])("%j is refused", (fields) => {
    expect(judge(fields)).toEqual({ refused: expect.stringContaining("is one that git refuses") });
  });

  test.each([{ name: "vendor/lib..x" }, { path: "vendor/lib one" }, { path: "vendor/ü" }])(
    "%j is taken",
    (fields) => {
      expect(judge(fields)).toHaveProperty("url");
    },
  );
});
