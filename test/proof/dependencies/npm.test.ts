import { describe, expect, test } from "@jest/globals";
import { changeOf, type Files, said } from "./change-of.ts";

type Packages = Record<string, object>;
const manifest = (fields: object) => JSON.stringify({ name: "shop", ...fields }, null, 2);
const lock = (packages: Packages, root: object) =>
  JSON.stringify({ lockfileVersion: 3, packages: { "": root, ...packages } }, null, 2);
const packageAt = (version: string, more: object = {}) => ({
  version,
  resolved: `https://registry.npmjs.org/x/-/x-${version}.tgz`,
  integrity: `sha512-${version}==`,
  ...more,
});

/** The files of a project that wants these packages and has them locked. */
function project(wants: Record<string, string>, packages: Packages): { manifest: string; lock: string } {
  const inFolders = Object.fromEntries(
    Object.entries(packages).map(([name, one]) => [
      `node_modules/${name}`,
      "resolved" in one ? { ...one, resolved: String(one.resolved).replaceAll("/x/", `/${name}/`) } : one,
    ]),
  );
  return { manifest: manifest({ dependencies: wants }), lock: lock(inFolders, { dependencies: wants }) };
}

function bump(from: ReturnType<typeof project>, to: ReturnType<typeof project>): Files {
  return { "package.json": [from.manifest, to.manifest], "package-lock.json": [from.lock, to.lock] };
}

const old = project({ "left-pad": "^1.2.0" }, { "left-pad": packageAt("1.2.0") });

describe("npm", () => {
  const up = project({ "left-pad": "^1.3.0" }, { "left-pad": packageAt("1.3.0") });
  test.each([
    ["declared", ["left-pad"], "pass", "declared"],
    ["declared in its range", ["left-pad@^1"], "pass", "declared"],
    ["declared in another range", ["left-pad@^2"], "attention", "outside the declared ^2"],
    ["a silent bump", [], "attention", "undeclared"],
  ])("%s", (_, declared, status, word) => {
    const check = changeOf(bump(old, up), { declared });

    expect(said(check)).toEqual([`package.json:4 npm left-pad: 1.2.0 → 1.3.0, direct, ${word}`]);
    expect(check.status).toBe(status);
  });

  test.each([
    [
      "the tarball of another package",
      { resolved: "https://registry.npmjs.org/evil/-/evil-1.2.0.tgz" },
      "fail",
      /new source npm:evil/,
    ],
    ["no hash any more", { integrity: undefined }, "attention", /left-pad 1\.2\.0 has lost its hash/],
  ])("a locked version with %s", (_, fields, status, said) => {
    const after = project({ "left-pad": "^1.2.0" }, { "left-pad": { ...packageAt("1.2.0"), ...fields } });

    const check = changeOf(bump(old, after));

    expect(check.status).toBe(status);
    expect(check.findings).toContainEqual(
      expect.objectContaining({ path: "package-lock.json", message: expect.stringMatching(said) }),
    );
  });

  test.each([
    [".npmrc", "script-shell=./sh.sh\n", "fail", 1],
    [".npmrc", "# ours\nnode-options=--require ./shim.cjs\n", "fail", 2],
    [".cargo/config.toml", '[target.x86_64-unknown-linux-gnu]\nrunner = "true"\n', "fail", 2],
    [".cargo/config.toml", '[alias]\ntest = ["build"]\n', "fail", 2],
    ["patches/left-pad+1.2.0.patch", "--- a/index.js\n+++ b/index.js\n", "attention", undefined],
  ])("%s that decides what runs: %j", (path, text, status, line) => {
    const check = changeOf({ [path]: [undefined, text] });

    expect(check.status).toBe(status);
    expect(check.findings).toContainEqual(expect.objectContaining({ path, ...(line && { line }) }));
  });

  test("a declared package brings its own along, a stranger's does not come with it", () => {
    const after = project(
      { "left-pad": "^1.2.0", tape: "^5.0.0" },
      {
        "left-pad": packageAt("1.2.0"),
        tape: packageAt("5.1.0", { dependencies: { once: "*" } }),
        once: packageAt("1.4.0", { dependencies: { wrappy: "*" } }),
        wrappy: packageAt("1.0.2"),
        stray: packageAt("6.6.6"),
      },
    );
    const check = changeOf(bump(old, after), { declared: ["tape@^5"] });

    expect(said(check)).toEqual([
      "package-lock.json:36 npm stray: added 6.6.6, transitive, undeclared",
      "package.json:5 npm tape: added 5.1.0, direct, declared",
      "package-lock.json:23 npm once: added 1.4.0, transitive, needed by a declared one",
      "package-lock.json:31 npm wrappy: added 1.0.2, transitive, needed by a declared one",
    ]);
    expect(check).toMatchObject({ status: "attention", line: "4 added; 1 not declared" });
  });

  test("a script that runs at installation is a failure, unless its package is declared", () => {
    const after = project(
      { "left-pad": "^1.2.0", esbuild: "^1.0.0" },
      { "left-pad": packageAt("1.2.0"), esbuild: packageAt("1.0.0", { hasInstallScript: true }) },
    );

    expect(said(changeOf(bump(old, after)))).toContain(
      "package-lock.json:15 npm esbuild: new install script, undeclared",
    );
    expect(changeOf(bump(old, after)).status).toBe("fail");
    expect(changeOf(bump(old, after), { declared: ["esbuild"] }).status).toBe("pass");
  });

  test("a script of the repository's own is a failure", () => {
    const check = changeOf({
      "package.json": [
        manifest({ scripts: { test: "jest" } }),
        manifest({ scripts: { test: "jest", postinstall: "node x.js" } }),
      ],
    });

    expect(said(check)).toEqual(["package.json:5 npm: new script at installation: postinstall: node x.js"]);
    expect(check.status).toBe("fail");
  });

  test("a package from a git repository is a failure, whatever its name", () => {
    const after = project(
      { "left-pad": "github:mallory/left-pad" },
      {
        "left-pad": packageAt("1.2.1", {
          resolved: "git+ssh://git@github.com/mallory/left-pad.git#0123456789abcdef",
        }),
      },
    );
    const check = changeOf(bump(old, after), { declared: ["left-pad"] });

    expect(said(check)).toEqual([
      "package.json:4 npm left-pad: new source git+ssh://github.com/mallory/left-pad.git, undeclared",
      "package.json:4 npm left-pad: 1.2.0 → 1.2.1, direct, declared",
    ]);
    expect(check.status).toBe("fail");
  });

  test.each([
    [
      "another registry",
      { resolved: "https://npm.evil.invalid/left-pad/-/left-pad-1.2.0.tgz" },
      "new source registry npm.evil.invalid, undeclared",
    ],
    ["other contents", { integrity: "sha512-other==" }, "other contents under the same version 1.2.0"],
    ["an alias", { name: "evil" }, "new source npm:evil, undeclared"],
  ])("%s under the same version is a failure, seen in the lockfile alone", (_, fields, message) => {
    const after = project({ "left-pad": "^1.2.0" }, { "left-pad": packageAt("1.2.0", fields) });
    const check = changeOf({ "package-lock.json": [old.lock, after.lock] });

    expect(said(check)).toEqual([`package-lock.json:9 npm left-pad: ${message}`]);
    expect(check.status).toBe("fail");
  });

  test("a lockfile that changes alone, and a manifest that it does not follow", () => {
    expect(said(changeOf({ "package-lock.json": [old.lock, up.lock] }))).toEqual([
      "package-lock.json:9 npm left-pad: 1.2.0 → 1.3.0, direct, undeclared",
      "package-lock.json the lockfile changed without its manifest",
    ]);
    const files: Files = { "apps/web/package.json": [old.manifest, up.manifest] };
    expect(said(changeOf(files, { has: ["package-lock.json"] }))).toEqual([
      "apps/web/package.json:4 npm left-pad: ^1.2.0 → ^1.3.0, direct, undeclared",
      "apps/web/package.json dependencies changed, and the lockfile did not follow",
    ]);
    expect(said(changeOf(files))).toHaveLength(1);
  });

  test("version 1 of the lockfile is read too", () => {
    const first = (version: string) =>
      JSON.stringify(
        {
          lockfileVersion: 1,
          dependencies: { a: { version: "1.0.0", requires: { b: "*" }, dependencies: { b: { version } } } },
        },
        null,
        1,
      );

    expect(said(changeOf({ "npm-shrinkwrap.json": [first("1.0.0"), first("1.1.0")] }))[0]).toBe(
      "npm-shrinkwrap.json:10 npm b: 1.0.0 → 1.1.0, transitive, undeclared",
    );
  });

  test("many transitive packages are counted", () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`p${index}`, packageAt("1.0.0")]),
    );
    const after = project({ "left-pad": "^1.2.0" }, { "left-pad": packageAt("1.2.0"), ...many });

    expect(said(changeOf({ "package-lock.json": [old.lock, after.lock] }))).toEqual([
      "package-lock.json the lockfile changed without its manifest",
      " 60 transitive packages: 60 added, 0 removed, 0 changed; 60 of them not needed by a declared one",
    ]);
  });

  test("what forces a version counts as asked for", () => {
    const check = changeOf({
      "package.json": [
        manifest({}),
        manifest({ overrides: { a: { "b@1": "2.0.0" } }, pnpm: { onlyBuiltDependencies: ["c"] } }),
      ],
    });

    expect(said(check)).toEqual([
      "package.json:10 npm: new script at installation: the scripts of c",
      "package.json:5 npm b: added 2.0.0, direct, undeclared",
    ]);
  });

  test("a registry in the settings is a failure", () => {
    const check = changeOf({
      ".npmrc": ["", "save-exact=true\n@acme:registry=https://u:p@npm.evil.invalid/\n"],
    });

    expect(said(check)).toEqual([".npmrc:2 npm: new registry https://npm.evil.invalid/"]);
    expect(check.status).toBe("fail");
  });
});

describe("pnpm", () => {
  const pnpm = (version: string, more = "") => `lockfileVersion: '9.0'

importers:
  .:
    dependencies:
      left-pad:
        specifier: ^1.2.0
        version: ${version}

packages:
  left-pad@${version}:
    resolution: {integrity: sha512-${version}==}
${more}
snapshots:
  left-pad@${version}: {}
`;
  test("a silent bump in version 9", () => {
    expect(said(changeOf({ "pnpm-lock.yaml": [pnpm("1.2.0"), pnpm("1.3.0")] }))).toEqual([
      "pnpm-lock.yaml:11 npm left-pad: 1.2.0 → 1.3.0, direct, undeclared",
      "pnpm-lock.yaml the lockfile changed without its manifest",
    ]);
  });

  test("an archive from elsewhere", () => {
    const evil =
      "  evil@https://codeload.github.com/mallory/evil/tar.gz/0123456:\n    resolution: {tarball: https://codeload.github.com/mallory/evil/tar.gz/0123456}\n    version: 6.6.6\n";
    const check = changeOf({ "pnpm-lock.yaml": [pnpm("1.2.0"), pnpm("1.2.0", evil)] });

    expect(said(check)[0]).toBe(
      "pnpm-lock.yaml:13 npm evil: new source https://codeload.github.com/mallory/evil/tar.gz/0123456, undeclared",
    );
    expect(check.status).toBe("fail");
  });

  test("a patch of what the registry has", () => {
    const patched = `${pnpm("1.2.0")}\npatchedDependencies:\n  left-pad@1.2.0:\n    hash: 0123456789abcdef\n    path: x.patch\n`;

    expect(said(changeOf({ "pnpm-lock.yaml": [pnpm("1.2.0"), patched] }))).toEqual([
      "pnpm-lock.yaml:11 npm left-pad: new source patch 0123456789ab, undeclared",
    ]);
  });

  test("a build script in version 6", () => {
    const six = (build: string) =>
      `lockfileVersion: '6.0'\n\ndependencies:\n  esbuild:\n    specifier: ^1.0.0\n    version: 1.0.0\n\npackages:\n\n  /esbuild@1.0.0:\n    resolution: {integrity: sha512-a==}\n${build}`;
    const check = changeOf({ "pnpm-lock.yaml": [six(""), six("    requiresBuild: true\n")] });

    expect(said(check)).toEqual(["pnpm-lock.yaml:10 npm esbuild: new install script, undeclared"]);
  });
});

describe("yarn", () => {
  const first = (
    version: string,
    resolved = `https://registry.yarnpkg.com/left-pad/-/left-pad-${version}.tgz#abc`,
  ) =>
    `# yarn lockfile v1\n\n\nleft-pad@^1.2.0:\n  version "${version}"\n  resolved "${resolved}"\n  integrity sha512-${version}==\n`;
  test("of the first version", () => {
    expect(
      said(changeOf({ "yarn.lock": [first("1.2.0"), first("1.3.0")] }, { declared: ["left-pad@^1"] })),
    ).toEqual(["yarn.lock:4 npm left-pad: 1.2.0 → 1.3.0, direct, declared"]);
    const elsewhere = first("1.2.0", "https://github.com/mallory/left-pad.git#0123456");
    expect(said(changeOf({ "yarn.lock": [first("1.2.0"), elsewhere] }))).toEqual([
      "yarn.lock:4 npm left-pad: new source https://github.com/mallory/left-pad.git, undeclared",
    ]);
  });

  const berry = (reference: string, checksum: string) => `__metadata:
  version: 8
  cacheKey: 10c0

"left-pad@npm:^1.2.0":
  version: 1.2.0
  resolution: "left-pad@${reference}"
  checksum: 10c0/${checksum}
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    left-pad: "npm:^1.2.0"
  languageName: unknown
  linkType: soft
`;
  test("of the later ones", () => {
    const now = berry("npm:1.2.0", "aa");

    expect(said(changeOf({ "yarn.lock": [now, berry("npm:1.2.0", "bb")] }))).toEqual([
      "yarn.lock:5 npm left-pad: other contents under the same version 1.2.0",
    ]);
    expect(
      said(changeOf({ "yarn.lock": [now, berry("https://github.com/mallory/x.git#commit=0123", "cc")] })),
    ).toContain("yarn.lock:5 npm left-pad: new source https://github.com/mallory/x.git, undeclared");
  });

  test("that runs a file of the repository's own", () => {
    expect(said(changeOf({ ".yarnrc.yml": ["", "yarnPath: .yarn/evil.cjs\n"] }))).toEqual([
      ".yarnrc.yml:1 npm: new script at installation: yarnPath: .yarn/evil.cjs",
    ]);
  });
});
