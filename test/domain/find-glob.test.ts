import { describe, expect, test } from "@jest/globals";
import { globFinder, isTame } from "../../src/domain/paths/find-glob.ts";
import { defaultClassPaths } from "../../src/domain/rules/classes.ts";
import { alwaysProtected } from "../../src/domain/rules/policy.ts";

describe("what a glob means", () => {
  test.each<[string, string[], string[]]>([
    ["src/foo", ["src/foo", "src/foo/a", "src/foo/a/b.ts"], ["src/foobar", "src", "a/src/foo"]],
    ["src/foo/", ["src/foo/a", "src/foo"], ["src/food"]],
    ["src/**", ["src/a", "src/.a/.b", "src/new\nline", "src/ü/😀"], ["Src/a", "srca"]],
    ["docs/caf\u00e9/**", ["docs/cafe\u0301/a", "docs/caf\u00e9/a"], ["docs/cafe/a"]],
    ["docs/cafe\u0301.md", ["docs/caf\u00e9.md"], ["docs/cafe.md"]],
    ["src/*.ts", ["src/a.ts", "src/.ts"], ["src/a/b.ts", "src/a.TS"]],
    ["**/*.md", ["a.md", "x/y.md"], ["a.mdx"]],
    ["app/(shop)/page.tsx", ["app/(shop)/page.tsx"], ["app/shop/page.tsx"]],
    ["app/(shop)/**", ["app/(shop)/a"], ["app/shop/a"]],
    ["app/[id]/**", ["app/[id]/a", "app/i/a"], ["app/x/a"]],
    ["app/[...all]/page.tsx", ["app/[...all]/page.tsx"], []],
    ["a|b", ["a|b"], ["a", "b"]],
    ["@(a|b)/c", ["@(a|b)/c"], ["a/c"]],
    ["+(a)", ["+(a)"], ["aa"]],
    ["src/{a,b}/*", ["src/a/x", "src/b/x"], ["src/c/x"]],
    ["README.md", ["README.md"], ["readme.md", "README.md~"]],
    ["café.txt", ["café.txt"], ["caf\ufffd.txt"]],
    ["$(id)", ["$(id)"], []],
    ["--output=x", ["--output=x"], []],
  ])("%j", (glob, means, meansNot) => {
    const find = globFinder([glob]);

    expect(means.filter((path) => find(path) === undefined)).toEqual([]);
    expect(meansNot.filter((path) => find(path) !== undefined)).toEqual([]);
  });

  test("without case where that is asked for, and the first of several is named", () => {
    const find = globFinder(["docs/**", "**/CLAUDE.md"], { nocase: true });

    expect([find("a/claude.MD"), find("DOCS/claude.md"), find("x")]).toEqual([
      "**/CLAUDE.md",
      "docs/**",
      undefined,
    ]);
  });
});

describe("a glob that could take its time", () => {
  test.each([
    "**/a/**/b/**/c",
    "*a*a*b",
    "*/*/*/*/*",
    "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
    "{{{{{{{a,b},b},b},b},b},b},b}",
    `${"{a,".repeat(60)}b${"}".repeat(60)}`,
    "{**/x/**,*}/**/y/**/z",
  ])("%j means only itself", (glob) => {
    const find = globFinder([glob]);

    expect([isTame(glob), find(glob), find("a/b/c")]).toEqual([false, glob, undefined]);
  });

  test.each([
    ...[
      "**",
      "**/*",
      "src/**/*.test.{ts,tsx}",
      "packages/*/src/**",
      "**/*_*.py",
      "src/**/__tests__/**",
      "a{b",
      "x/***/y",
    ],
    ...Object.values(defaultClassPaths).flat(),
    ...alwaysProtected,
  ])("%j is none", (glob) => {
    expect(isTame(glob)).toBe(true);
  });

  test("the worst of the others is done with a hostile path soon", () => {
    const globs = [
      "**/a/**/b",
      "*a*/*a*/b",
      "**/*a*/**/*b*/c",
      "**/*a*/*a*/b",
      "{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}/b",
    ];
    const paths = [
      `${"a/".repeat(499)}c`,
      `${`${"a".repeat(249)}/`.repeat(3)}c`,
      "a".repeat(1_000),
      "a".repeat(4_000),
    ];
    const find = globFinder(globs);

    expect(paths.map(find)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
