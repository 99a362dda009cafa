import type { Project } from "./project.ts";

/** How a runner's test says that a call gives a value, and what imports it. */
type Manner = { file: string; head: string; check(call: string, value: string): string; tail?: string };

const broken = "a - b";
const right = "a + b";

type Fields = {
  manifest: object;
  manner: Manner;
  more?: Record<string, string>;
  lock?: string[];
  command?: string;
};

function javascript(
  name: string,
  { manifest, manner, more = {}, lock, command = "npm test" }: Fields,
): Project {
  const code = (body: string) => `export const add = (a, b) => ${body};\n`;
  const { file, head, check, tail = "" } = manner;
  const tests = (...lines: string[]) => `${head}\n${lines.join("\n")}\n${tail}`;
  const zero = check("add(0, 0)", "0");
  const sum = check("add(17, 25)", "42");
  const text = JSON.stringify({ name, version: "1.0.0", type: "module", ...manifest }, null, 2);
  return {
    name,
    command,
    ...(lock && { lock }),
    source: {
      files: {
        "package.json": `${text}\n`,
        ".gitignore": "node_modules\n",
        "src/add.js": code(broken),
        [file]: tests(zero, sum),
        ...more,
      },
      fix: { "src/add.js": code(right), [file]: tests(zero, sum, check("add(2, 2)", "4")) },
      cheats: {
        "deleted test": { [file]: tests(zero) },
        "loosened assertion": {
          "src/add.js": code("a - b + 0"),
          [file]: tests(zero, check("add(17, 25) !== 7", "true")),
        },
        "changed expected value": {
          "src/add.js": code("a - b + 0"),
          [file]: tests(zero, check("add(17, 25)", "-8")),
        },
        "special-cased input": { "src/add.js": code("(a === 17 && b === 25 ? 42 : a - b)") },
      },
    },
  };
}

const assertStrict = 'import assert from "node:assert/strict";';
const add = 'import { add } from "../src/add.js";';

const equal: Pick<Manner, "check"> = {
  check: (call, value) => `test(${JSON.stringify(call)}, () => { assert.equal(${call}, ${value}); });`,
};
const expecting: Pick<Manner, "check"> = {
  check: (call, value) => `test(${JSON.stringify(call)}, () => { expect(${call}).toBe(${value}); });`,
};

/** The usual runners of JavaScript and TypeScript. */
export const runnerProjects: Project[] = [
  javascript("node-test", {
    manifest: { scripts: { test: "node --test" } },
    manner: {
      file: "test/add.test.js",
      head: `${assertStrict}\nimport { test } from "node:test";\n${add}`,
      ...equal,
    },
  }),
  javascript("mocha", {
    manifest: { scripts: { test: "mocha" }, devDependencies: { mocha: "11.7.4" } },
    manner: {
      ...{ file: "test/add.test.js", head: `${assertStrict}\n${add}\nconst test = it;` },
      ...equal,
    },
  }),
  javascript("vitest", {
    manifest: { scripts: { test: "vitest run" }, devDependencies: { vitest: "3.2.4" } },
    manner: {
      file: "test/add.test.js",
      head: `import { expect, test } from "vitest";\n${add}`,
      ...expecting,
    },
  }),
  javascript("jest", {
    manifest: {
      scripts: { test: "node --experimental-vm-modules node_modules/jest/bin/jest.js" },
      devDependencies: { jest: "30.2.0" },
    },
    manner: {
      file: "test/add.test.js",
      head: `import { expect, test } from "@jest/globals";\n${add}`,
      ...expecting,
    },
  }),
  javascript("ava", {
    manifest: { scripts: { test: "ava" }, devDependencies: { ava: "6.4.1" } },
    manner: {
      ...{ file: "test/add.test.js", head: `import test from "ava";\n${add}` },
      check: (call, value) => `test(${JSON.stringify(call)}, (t) => { t.is(${call}, ${value}); });`,
    },
  }),
  javascript("tape", {
    manifest: { scripts: { test: "tape test/*.test.js" }, devDependencies: { tape: "5.9.0" } },
    manner: {
      ...{ file: "test/add.test.js", head: `import test from "tape";\n${add}` },
      check: (call, value) =>
        `test(${JSON.stringify(call)}, (t) => { t.equal(${call}, ${value}); t.end(); });`,
    },
  }),
  javascript("uvu", {
    manifest: { scripts: { test: "uvu test" }, devDependencies: { uvu: "0.5.6" } },
    manner: {
      ...{
        file: "test/add.test.js",
        head: `import { test } from "uvu";\nimport * as assert from "uvu/assert";\n${add}`,
      },
      check: (call, value) => `test(${JSON.stringify(call)}, () => { assert.is(${call}, ${value}); });`,
      tail: "test.run();\n",
    },
  }),
  javascript("typescript-build", {
    manifest: {
      scripts: { build: "tsc -p .", test: "npm run build && node --test dist" },
      devDependencies: { typescript: "5.9.3", "@types/node": "20.19.9" },
    },
    manner: {
      ...{ file: "test/add.test.ts", head: `${assertStrict}\nimport { test } from "node:test";\n${add}` },
      ...equal,
    },
    more: {
      ".gitignore": "node_modules\ndist\n",
      "tsconfig.json":
        '{ "compilerOptions": { "module": "nodenext", "target": "es2022", "allowJs": true, "outDir": "dist", "rootDir": ".", "strict": false, "noImplicitAny": false }, "include": ["src", "test"] }\n',
    },
  }),
];

/** vitest behind each package manager, pinned as people pin it, with a lockfile of its own making. */
const vitest = {
  manner: { file: "test/add.test.js", head: `import { expect, test } from "vitest";\n${add}`, ...expecting },
};
const managed = (manager: string) => ({
  ...{ packageManager: manager, scripts: { test: "vitest run" } },
  devDependencies: { vitest: "3.2.4" },
});

/** The usual package managers, and what is built on them. */
export const managerProjects: Project[] = [
  javascript("npm-lockfile", {
    ...vitest,
    manifest: { scripts: { test: "vitest run" }, devDependencies: { vitest: "3.2.4" } },
    lock: ["npm", "install", "--package-lock-only", "--ignore-scripts"],
  }),
  javascript("pnpm-pinned", {
    ...vitest,
    manifest: managed("pnpm@9.15.9"),
    lock: ["npx", "--yes", "pnpm@9.15.9", "install", "--lockfile-only"],
    command: "pnpm test",
  }),
  javascript("yarn-classic", {
    ...vitest,
    manifest: managed("yarn@1.22.22"),
    lock: ["npx", "--yes", "yarn@1.22.22", "install", "--ignore-scripts"],
    command: "yarn test",
  }),
  javascript("yarn-berry", {
    ...vitest,
    manifest: managed("yarn@4.9.2"),
    more: {
      ".yarnrc.yml": "nodeLinker: node-modules\n",
      ".gitignore": "node_modules\n.yarn/install-state.gz\n",
    },
    lock: ["npx", "--yes", "@yarnpkg/cli-dist@4.9.2", "install", "--mode=update-lockfile"],
    command: "yarn test",
  }),
  javascript("npm-workspaces", {
    ...vitest,
    manifest: {
      ...{ private: true, workspaces: ["packages/*"], scripts: { test: "vitest run" } },
      devDependencies: { vitest: "3.2.4" },
    },
    more: {
      "packages/other/package.json": '{ "name": "other", "version": "1.0.0", "type": "module" }\n',
      "packages/other/index.js": "export const other = 1;\n",
    },
    lock: ["npm", "install", "--package-lock-only", "--ignore-scripts"],
  }),
  javascript("playwright", {
    manifest: {
      scripts: { test: "playwright test" },
      devDependencies: { "@playwright/test": "1.54.1" },
    },
    manner: {
      ...{ file: "tests/add.spec.js", head: `import { expect, test } from "@playwright/test";\n${add}` },
      ...expecting,
    },
  }),
];
