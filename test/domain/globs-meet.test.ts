import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { globFinder } from "../../src/domain/paths/find-glob.ts";
import { globsMeet } from "../../src/domain/paths/globs-meet.ts";

test.each([
  ["src/**", "vendor/lib", false],
  ["src/**", "src/vendor/lib", true],
  ["src/vendor/lib/a.c", "src/vendor/lib", true],
  ["vendor/three.js", "vendor/three.js/**", true],
  ["vendor/three.js/src/a.js", "vendor/three.js/**", true],
  ["src/v1.2", "**/*.psd", true],
  ["src/**/*.ts", "src/vendor/lib", true],
  ["src/*.ts", "src/vendor/lib", false],
  ["src", "src/vendor/lib", true],
  ["**", "lib", true],
  ["**/*.md", "lib", true],
  ["src/**", "**/*.psd", true],
  ["src/**/*.ts", "**/*.psd", false],
  ["src/a.ts", "**/*.psd", false],
  ["src/{a,b}.ts", "**/*.psd", false],
  ["src/{a,lib/x}/**", "src/lib", true],
  ["assets/*.png", "**/*.psd", false],
  ["assets/*.png", "assets/logo*", true],
  ["assets/a*.png", "assets/b*", false],
  ["app/[id]/x.ts", "app/[id]", true],
  ["Src/**", "src/lib", false],
])("%s and %s can mean the same path: %s", (one, other, meet) => {
  expect([globsMeet(one, other), globsMeet(other, one)]).toEqual([meet, meet]);
});

test("two globs that both mean a path are never told apart", () => {
  const segment = fc.constantFrom("a", "b", "ab", "*", "a*", "*b", "?", "{a,b}", "**", "[ab]");
  const glob = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join("/"));
  const path = fc
    .array(fc.constantFrom("a", "b", "ab"), { minLength: 1, maxLength: 4 })
    .map((names) => names.join("/"));
  fc.assert(
    fc.property(glob, glob, path, (one, other, both) => {
      const means = (each: string): boolean => globFinder([each])(both) !== undefined;
      fc.pre(means(one) && means(other));

      expect(globsMeet(one, other)).toBe(true);
    }),
  );
});

test.each([`${"a/**/".repeat(40)}b`, `${"{a,b}/".repeat(30)}c`, `${"*a".repeat(90)}`])(
  "%j is compared in the end",
  (glob) => {
    expect(globsMeet(glob, `${"a/**/".repeat(40)}c/d`)).toEqual(expect.any(Boolean));
  },
);
