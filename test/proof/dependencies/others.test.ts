import { describe, expect, test } from "@jest/globals";
import { changeOf, said } from "./change-of.ts";

describe("pip", () => {
  const change = (before: string, after: string, declared: string[] = []) =>
    changeOf({ "requirements-dev.txt": [before, after] }, { declared });

  test("a pinned version and its hashes", () => {
    const pin = (version: string, hash: string) =>
      `# tools\nrequests[socks]==${version} \\\n    --hash=sha256:${hash}\nflask>=2\n`;

    expect(said(change(pin("2.0.0", "aa"), pin("2.1.0", "bb"), ["Requests@>=2,<3"]))).toEqual([
      "requirements-dev.txt:2 pypi requests: ==2.0.0 → ==2.1.0, direct, declared",
    ]);
    expect(said(change(pin("2.0.0", "aa"), pin("3.0.0", "bb"), ["requests@>=2,<3"]))).toEqual([
      "requirements-dev.txt:2 pypi requests: ==2.0.0 → ==3.0.0, direct, outside the declared >=2,<3",
    ]);
    expect(said(change(pin("2.0.0", "aa"), pin("2.0.0", "bb")))).toEqual([
      "requirements-dev.txt:2 pypi requests: other contents under the same version ==2.0.0",
    ]);
  });

  test.each([
    [
      "git+https://github.com/mallory/evil@main#egg=evil",
      "pypi evil: new source git+https://github.com/mallory/evil@main, undeclared",
    ],
    [
      "-e git+https://github.com/mallory/evil#egg=Evil_Tool",
      "pypi evil-tool: new source git+https://github.com/mallory/evil, undeclared",
    ],
    [
      "evil @ https://evil.invalid/evil.tar.gz ; python_version > '3'",
      "pypi evil: new source https://evil.invalid/evil.tar.gz, undeclared",
    ],
    [
      "--extra-index-url https://u:p@pypi.evil.invalid/simple",
      "pypi: new registry https://pypi.evil.invalid/simple",
    ],
    ["--index-url=https://pypi.evil.invalid/simple", "pypi: new registry https://pypi.evil.invalid/simple"],
    ["-f https://evil.invalid/wheels", "pypi: new registry https://evil.invalid/wheels"],
  ])("%s is a failure", (line, message) => {
    const check = change("flask\n", `flask\n${line}\n`, ["evil", "evil-tool"]);

    expect(said(check)[0]).toBe(`requirements-dev.txt:2 ${message}`);
    expect(check.status).toBe("fail");
  });

  test("the index that pip asks anyway, remarks and other files are no news", () => {
    const check = change("flask\n", "--index-url https://pypi.org/simple\n-r base.txt\n# evil==1\nFlask\n");

    expect(check).toMatchObject({ status: "pass", findings: [] });
  });
});

describe("pyproject and uv", () => {
  const project = (more: string, list = '"httpx>=0.27"') =>
    `[project]\nname = "shop"\ndependencies = [${list}]\n${more}`;
  const change = (after: string, declared: string[] = []) =>
    changeOf({ "pyproject.toml": [project(""), after] }, { declared });

  test.each([
    [
      project("", '"httpx>=0.28"'),
      ["pyproject.toml:3 pypi httpx: >=0.27 → >=0.28, direct, undeclared"],
      "attention",
    ],
    [
      project("[dependency-groups]\ndev = ['pytest>=8']\n"),
      ["pyproject.toml:5 pypi pytest: added >=8, direct, undeclared"],
      "attention",
    ],
    [
      project("[tool.uv.sources]\nhttpx = { git = 'https://github.com/mallory/httpx' }\n"),
      ["pyproject.toml:3 pypi httpx: new source https://github.com/mallory/httpx, undeclared"],
      "fail",
    ],
    [
      project("[[tool.uv.index]]\nurl = 'https://evil.invalid/simple'\n"),
      ["pyproject.toml:5 pypi: new registry https://evil.invalid/simple"],
      "fail",
    ],
    [
      project("[build-system]\nrequires = []\nbuild-backend = 'evil'\nbackend-path = ['tools']\n"),
      ["pyproject.toml:7 pypi: new script at installation: build-backend: evil in tools"],
      "fail",
    ],
    [
      project("[tool.poetry.group.dev.dependencies]\nblack = '^24'\n"),
      ["pyproject.toml:5 pypi black: added ^24, direct, undeclared"],
      "attention",
    ],
  ])("case %#", (after, findings, status) => {
    const check = change(after);

    expect(said(check)).toEqual(findings);
    expect(check.status).toBe(status);
  });

  const lock = (
    version: string,
    { source = 'registry = "https://pypi.org/simple"', hash = version } = {},
  ) => `version = 1

[[package]]
name = "shop"
version = "0.1.0"
source = { virtual = "." }
dependencies = [{ name = "httpx" }]

[[package]]
name = "httpx"
version = "0.27.0"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "certifi" }]

[[package]]
name = "certifi"
version = "${version}"
source = { ${source} }
wheels = [{ url = "https://files.pythonhosted.org/certifi.whl", hash = "sha256:${hash}" }]
`;
  test("uv.lock: a bump of what a declared package needs, and of what nobody declared", () => {
    const files = { "uv.lock": [lock("1.0"), lock("1.1")] } as const;

    expect(said(changeOf({ "uv.lock": [...files["uv.lock"]] }, { declared: ["httpx"] }))).toEqual([
      "uv.lock:16 pypi certifi: 1.0 → 1.1, transitive, needed by a declared one",
    ]);
    expect(said(changeOf({ "uv.lock": [...files["uv.lock"]] }))[0]).toContain("transitive, undeclared");
  });

  test("uv.lock: another source and other contents", () => {
    const git = lock("1.0", { source: 'git = "https://github.com/mallory/certifi?rev=main#0123"' });

    expect(said(changeOf({ "uv.lock": [lock("1.0"), git] }))).toEqual([
      "uv.lock:16 pypi certifi: new source https://github.com/mallory/certifi, undeclared",
    ]);
    expect(said(changeOf({ "uv.lock": [lock("1.0"), lock("1.0", { hash: "ff" })] }))).toEqual([
      "uv.lock:16 pypi certifi: other contents under the same version 1.0",
    ]);
  });
});

describe("cargo", () => {
  const lock = (
    version: string,
    { source = "registry+https://github.com/rust-lang/crates.io-index", checksum = version } = {},
  ) =>
    `version = 4\n\n[[package]]\nname = "serde"\nversion = "${version}"\nsource = "${source}"\nchecksum = "${checksum}"\n\n[[package]]\nname = "shop"\nversion = "0.1.0"\ndependencies = [\n "serde",\n]\n`;
  const manifest = (spec: string) => `[package]\nname = "shop"\n\n[dependencies]\nserde = ${spec}\n`;

  test("a bump, declared by what Cargo holds compatible, or not", () => {
    const files = {
      "Cargo.toml": [manifest('"1.0.1"'), manifest('"1.0.2"')],
      "Cargo.lock": [lock("1.0.1"), lock("1.0.2")],
    };
    const change = (declared: string[]) => changeOf(files as never, { declared });

    expect(said(change(["serde@1.0"]))).toEqual([
      "Cargo.toml:5 cargo serde: 1.0.1 → 1.0.2, direct, declared",
    ]);
    expect(said(change([]))).toEqual(["Cargo.toml:5 cargo serde: 1.0.1 → 1.0.2, direct, undeclared"]);
    expect(change(["serde@2"]).status).toBe("attention");
  });

  test("a git repository, other contents, a build script, a registry and a wrapper", () => {
    const check = changeOf({
      "Cargo.toml": [manifest('"1"'), manifest('{ git = "https://github.com/mallory/serde" }')],
      "Cargo.lock": [
        lock("1.0.1"),
        lock("1.0.1", { source: "git+https://github.com/mallory/serde?branch=x#0123" }),
      ],
      "build.rs": [undefined, "fn main() {}"],
      ".cargo/config.toml": [
        undefined,
        '[source.crates-io]\nreplace-with = "evil"\n[build]\nrustc-wrapper = "./x"\n',
      ],
    });

    expect(check.status).toBe("fail");
    expect(said(check)).toEqual([
      "Cargo.toml:5 cargo serde: new source git+https://github.com/mallory/serde, undeclared",
      "build.rs cargo: new script at installation: the file runs at installation because it is there",
      ".cargo/config.toml:2 cargo: new registry evil",
      ".cargo/config.toml:4 cargo: new script at installation: rustc-wrapper: ./x",
      "Cargo.toml:5 cargo serde: 1 → no version, direct, undeclared",
    ]);
    expect(said(changeOf({ "Cargo.lock": [lock("1.0.1"), lock("1.0.1", { checksum: "ff" })] }))).toEqual([
      "Cargo.lock:4 cargo serde: other contents under the same version 1.0.1",
    ]);
  });
});

describe("go", () => {
  const mod = (text: string, more = "") =>
    `module example.com/shop\n\ngo 1.23\n\nrequire (\n\tgolang.org/x/text ${text}\n\tgolang.org/x/tools v0.1.0 // indirect\n)\n${more}`;
  const sum = (text: string, hash = "aa=") =>
    `golang.org/x/text ${text} h1:${hash}\ngolang.org/x/text ${text}/go.mod h1:bb=\n`;

  test("a bump, and what it brings along", () => {
    const files = {
      "go.mod": [mod("v0.3.0"), mod("v0.4.0").replace("tools v0.1.0", "tools v0.2.0")],
      "go.sum": [sum("v0.3.0"), sum("v0.4.0")],
    };

    expect(said(changeOf(files as never, { declared: ["golang.org/x/text@^0.4.0"] }))).toEqual([
      "go.mod:6 go golang.org/x/text: v0.3.0 → v0.4.0, direct, declared",
      "go.mod:7 go golang.org/x/tools: v0.1.0 → v0.2.0, transitive, needed by a declared one",
    ]);
    expect(changeOf(files as never).status).toBe("attention");
  });

  test("a replacement and other contents", () => {
    const replaced = changeOf({
      "go.mod": [
        mod("v0.3.0"),
        mod(
          "v0.3.0",
          "replace golang.org/x/text => github.com/mallory/text v0.3.1\nretract v1.0.0\nexclude a v1.0.0\n",
        ),
      ],
    });

    expect(said(replaced)[0]).toBe(
      "go.mod:6 go golang.org/x/text: new source replaced by github.com/mallory/text, undeclared",
    );
    expect(replaced.status).toBe("fail");
    expect(said(changeOf({ "go.sum": [sum("v0.3.0"), sum("v0.3.0", "cc=")] }))).toEqual([
      "go.sum:1 go golang.org/x/text: other contents under the same version v0.3.0",
    ]);
  });
});

describe("what is hostile, long or of another kind", () => {
  const deep = (open: string, close: string) => open.repeat(50_000) + close.repeat(50_000);
  test.each([
    ["package.json", "{"],
    ["package.json", deep("[", "]")],
    [
      "package-lock.json",
      '{"packages": {"__proto__": {"version": "1"}, "node_modules/__proto__": {"version": "1"}}}',
    ],
    ["package-lock.json", '{"packages": {"node_modules/constructor": null, "node_modules/": 7}}'],
    [
      "package-lock.json",
      `{"dependencies": ${'{"a": {"dependencies": '.repeat(2_000)}{}${"}}".repeat(2_000)}}`,
    ],
    [
      "pnpm-lock.yaml",
      `a: &a [x]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [*${at ? `b${at - 1}` : "a"}, *${at ? `b${at - 1}` : "a"}]`).join("\n")}\n`,
    ],
    ["pnpm-lock.yaml", deep("[", "]")],
    ["yarn.lock", `${"a".repeat(100_000)}@`],
    ["yarn.lock", "__metadata:\n  version: 8\n\u0000"],
    ["pyproject.toml", `a = ${deep("[", "]")}`],
    ["Cargo.lock", "[[package]]\nname = 3\n"],
    ["uv.lock", "package = 7\n"],
    ["go.mod", "require (\n".repeat(10_000)],
    ["requirements.txt", "a".repeat(1_000_000)],
    ["requirements.txt", `${"a[".repeat(100_000)}\n`],
  ])("%s of case %# is read or said to be unread", (path, text) => {
    expect(changeOf({ [path]: ["", text] }).status).not.toBe("fail");
    expect(() => said(changeOf({ [path]: [text, text] }))).not.toThrow();
  });

  test.each([
    [{ "yarn.lock": ["", null] }, "yarn.lock changed, not read: too long, or not in its format"],
    [{ "package.json": ["{}", "{"] }, "package.json changed, not read: too long, or not in its format"],
    [{ Gemfile: ["", "gem 'x'"] }, "Gemfile changed, not read: this version does not know the format"],
    [{ "yarn.lock": ["", undefined] }, "yarn.lock the lockfile was deleted"],
    [
      { "yarn.lock": [undefined, "# yarn lockfile v1\n"] },
      "yarn.lock a new lockfile of 0 packages, with nothing to compare it to",
    ],
  ])("%j asks for attention", (files, message) => {
    const check = changeOf(files as never);

    expect(said(check)).toEqual([message]);
    expect(check.status).toBe("attention");
  });

  test("other files are none of this check's", () => {
    expect(changeOf({ "src/a.js": ["", "x"], "node_modules/a/package.json": [undefined, "{}"] })).toEqual({
      name: "dependencies",
      status: "pass",
      line: "no dependency changed",
      findings: [],
    });
  });
});
