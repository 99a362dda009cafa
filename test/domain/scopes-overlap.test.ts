import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { globFinder } from "../../src/domain/paths/find-glob.ts";
import { scopesOverlap } from "../../src/domain/paths/scopes-overlap.ts";

/** How many pairs of scopes are held against brute force; `SCOPE_PAIRS=100000` is the long form, by hand. */
const pairs = Number(process.env.SCOPE_PAIRS ?? 300);

/** At most this share of the pairs that do not overlap may be taken to do so. */
const mostFalse = 0.05;

test.each([
  [[], ["src/a.ts"], true],
  [["docs/**"], [], true],
  [["src/a.ts"], ["src/b.ts"], false],
  [["src/a.ts", "docs/x.md"], ["docs/**"], true],
  [["src/upload/**"], ["src/api/**"], false],
  [["src/upload"], ["src/upload/retry.ts"], true],
  [["**/*.css"], ["src/app.ts"], false],
  [["src/**/*.ts"], ["**/*.css"], false],
  [["src/**.ts"], ["src/deep/down/a.ts"], true],
  [["packages/next.js"], ["packages/**/*.ts"], true],
  [["src/odd.ts/x.css"], ["src/odd.ts"], true],
  [["app/[id]/page.tsx"], ["app/[id]/page.tsx"], true],
  [["app/[id]/page.tsx"], ["app/i/page.tsx"], true],
  [["app/(shop)/**"], ["app/(shop)/cart.ts"], true],
  [["app/{id}/page.ts"], ["app/{id}/page.ts"], true],
  [["src/{1..3}.ts"], ["src/2.ts"], true],
  [["src/v[0-9]+.ts"], ["src/v12.ts"], true],
  [["src/{a,b}+.ts"], ["src/ab.ts"], true],
  [["src/{a,{b,c}}.ts"], ["src/c.ts"], true],
  [["src/{a,b"], ["src/{a,b"], true],
  [['src/"a*".ts'], ["src/ab.ts"], true],
  [["src/[[:alpha:]].ts"], ["src/a.ts"], true],
  [["./src/a.ts"], ["src/a.ts"], true],
  [["src/caf\u00e9.ts"], ["src/cafe\u0301.ts"], true],
  [["Src/**"], ["src/**"], false],
  [["a*b"], ["b*a"], false],
  [["*a"], ["b*"], true],
])("%j and %j overlap: %s", (one, other, overlap) => {
  expect([scopesOverlap(one, other), scopesOverlap(other, one)]).toEqual([overlap, overlap]);
});

const stems = ["a", "b", "ab", "[a]", "(a)", "b.d"];
const names = [...stems, ...["a", "b", "ab"].flatMap((stem) => [`${stem}.ts`, `${stem}.md`])];

/** Every path of up to three names, in which a folder may also have the ending of a file. */
const paths = names.flatMap((first) => [
  first,
  ...names.flatMap((second) => [
    `${first}/${second}`,
    ...names.map((third) => `${first}/${second}/${third}`),
  ]),
]);
const usual = paths.filter((path) => !/\.(?:ts|md)\//.test(path));

const folder = fc.constantFrom(
  "a",
  "b",
  "ab",
  "*",
  "**",
  "a*",
  "*b",
  "?",
  "{a,b}",
  "[ab]",
  "[a]",
  "(a)",
  "b.d",
);
const last = fc.constantFrom(
  ...["a", "b", "*", "**", "a*", "*b", "??", "*.ts", "*.md", "a.ts", "b.md", "a*.ts", "*b.md", "?.ts"],
  ...["{a,b}.ts", "[ab].md", "{a.ts,b.md}", "**.ts", "*.{ts,md}", "a?.*", "b.d", "[a]", "{a,b}+.ts", "[ab]+"],
);
const glob = fc
  .tuple(fc.array(fc.oneof({ weight: 12, arbitrary: folder }, fc.constant("a.ts")), { maxLength: 2 }), last)
  .map(([folders, name]) => [...folders, name].join("/"));
const scope = fc.array(glob, { minLength: 1, maxLength: 2 });

/** Whether some path of the small world belongs to both. A folder has a file's ending only where one of the two globs says so. */
function shareAPath(one: string[], other: string[]): boolean {
  return one.some((a) => other.some((b) => meanOnePath(a, b)));
}

function meanOnePath(one: string, other: string): boolean {
  const world = `${one} ${other}`.includes(".ts/") ? paths : usual;
  const theirs = meantBy(other, world);
  return meantBy(one, world).some((bits, index) => (bits & (theirs[index] ?? 0)) !== 0);
}

const known = new Map<string, Uint32Array>();

/** The paths of a world that a glob means, a bit for each: 100,000 pairs are compared in minutes. */
function meantBy(glob: string, world: string[]): Uint32Array {
  const key = `${world.length} ${glob}`;
  const found = known.get(key);
  if (found) return found;
  const means = globFinder([glob]);
  const bits = new Uint32Array(Math.ceil(world.length / 32));
  for (const [index, path] of world.entries())
    if (means(path) !== undefined) bits[index >> 5] = (bits[index >> 5] ?? 0) | (1 << (index & 31));
  known.set(key, bits);
  return bits;
}

describe("held against brute force", () => {
  const counts = { overlapping: 0, apart: 0, missed: 0, falsely: 0 };

  test("no overlap is missed", () => {
    fc.assert(
      fc.property(scope, scope, (one, other) => {
        const [said, is] = [scopesOverlap(one, other), shareAPath(one, other)];
        counts[is ? "overlapping" : "apart"] += 1;
        if (is && !said) counts.missed += 1;
        if (!is && said) counts.falsely += 1;

        expect(is && !said).toBe(false);
      }),
      { numRuns: pairs },
    );
  });

  test("few pairs are taken to overlap that do not", () => {
    if (process.env.SCOPE_PAIRS) process.stdout.write(`${JSON.stringify(counts)}\n`);

    expect(counts.overlapping + counts.apart).toBe(pairs);
    expect(counts.falsely / pairs).toBeLessThanOrEqual(mostFalse);
  });
});

test("a glob with many wildcards is compared in the end", () => {
  const heavy = [`${"a/**/".repeat(40)}b`, `${"{a,b}/".repeat(30)}c`, "*a".repeat(90)];

  expect(scopesOverlap(heavy, [`${"a/**/".repeat(40)}c/d`])).toBe(true);
});
