import { describe, expect, test } from "@jest/globals";
import { guessSettings } from "../../src/policy/guess-settings.ts";
import { writtenSteps } from "../../src/policy/written-steps.ts";

const copilot = ".github/workflows/copilot-setup-steps.yml";
const container = ".devcontainer/devcontainer.json";
const cursor = ".cursor/environment.json";

function workflow(steps: string): string {
  return `on: workflow_dispatch\njobs:\n  copilot-setup-steps:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
}
const ci = workflow(`      - uses: actions/checkout@v5
      - uses: actions/setup-node@v4
        with: { node-version: "20", cache: npm }
      - name: Install
        run: npm ci
      - run: |
          # types first
          npm run build:types
          npm run build
`);
const steps = (path: string, text: string) => writtenSteps((asked) => (asked === path ? text : undefined));

describe("steps that a repository wrote for others", () => {
  test.each<[string, string, string, string[]]>([
    ["GitHub's coding agent", copilot, ci, ["npm ci", "npm run build:types", "npm run build"]],
    [
      "a step in a folder",
      copilot,
      workflow("      - run: npm ci\n        working-directory: web\n"),
      ["(cd web && npm ci)"],
    ],
    [
      "a container, with comments",
      container,
      '{\n  // for everybody\n  "image": "node:20",\n  "postCreateCommand": "npm ci && npm run build",\n}',
      ["npm ci && npm run build"],
    ],
    [
      "a container's program",
      container,
      '{"postCreateCommand": ["pip", "install", "-e", "."]}',
      ["pip install -e ."],
    ],
    [
      "a container's several",
      container,
      '{"postCreateCommand": {"web": "npm ci", "api": ["uv", "sync"]}}',
      ["npm ci", "uv sync"],
    ],
    ["Cursor's agents", cursor, '{"install": "pnpm install", "terminals": []}', ["pnpm install"]],
  ])("are those of %s", (_, path, text, lines) => {
    expect(steps(path, text)).toEqual({ from: path, lines, corepack: [], skipped: [] });
  });

  const expression = "npm config set token $" + "{{ secrets.TOKEN }}";

  test.each([
    ["rights of root", "sudo apt-get install -y jq", "it wants rights over the machine"],
    ["a secret", expression, "it has an expression of GitHub Actions"],
    ["a path of the runner", 'echo "$PWD/bin" >> $GITHUB_PATH', "it speaks to GitHub Actions"],
    ["a container", "docker compose up -d", "it wants Docker"],
    ["a browser", "npx playwright install", "it fetches browsers from hosts of their own"],
    ["a background job", "npm start & npm run wait", "it is more than plain commands"],
    ["a substitution", "echo $(cat /etc/passwd)", "it is more than plain commands"],
    ["a script", "./script/setup", "it calls a program that may do more than install and build"],
  ])("say what they need that is not here: %s", (_, step, why) => {
    expect(steps(copilot, workflow(`      - run: npm ci\n      - run: ${JSON.stringify(step)}\n`))).toEqual({
      ...{ from: copilot, lines: ["npm ci"], corepack: [] },
      skipped: [{ from: copilot, step, why }],
    });
  });

  test.each([
    [
      "a condition",
      "run: npm run a\n        if: always()",
      "npm run a",
      "it has a condition of GitHub Actions",
    ],
    ["variables", "run: npm run a\n        env: { A: b }", "npm run a", "it has variables of its own"],
    [
      "an action",
      "uses: acme/prepare@v1",
      "uses: acme/prepare@v1",
      "an action runs on GitHub's machines alone",
    ],
    ["another shell", "run: npm run b\n        shell: pwsh", "npm run b", "it wants another shell"],
    [
      "an outer folder",
      "run: npm ci\n        working-directory: ../a",
      "npm ci",
      "its folder cannot be told",
    ],
    ["no command", "name: Nothing", "(empty)", "it has no command"],
    [
      "several lines",
      "run: |\n          npm ci\n          sudo true\n",
      "npm ci; sudo true",
      "it wants rights over the machine",
    ],
  ])("say why a step is not run: %s", (_, text, step, why) => {
    expect(steps(copilot, workflow(`      - ${text}\n`))).toEqual({
      ...{ from: copilot, lines: [], corepack: [] },
      skipped: [{ from: copilot, step, why }],
    });
  });

  test("tell of services, and are those of the next file where none can be run", () => {
    const text = `jobs: { copilot-setup-steps: { services: { db: { image: x } }, steps: [{ uses: a/b@v1 }] } }`;
    const both: Record<string, string> = { [copilot]: text, [cursor]: '{"install": "make deps"}' };
    const found = writtenSteps((path) => both[path]);

    expect(found?.lines).toEqual(["make deps"]);
    expect(found?.skipped.map(({ from, step }) => [from, step])).toEqual([
      [copilot, "services:"],
      [copilot, "uses: a/b@v1"],
    ]);
  });

  test.each([
    ["no YAML", copilot, "jobs: ["],
    ["another job", copilot, "jobs: { build: { steps: [{ run: npm ci }] } }"],
    ["a bomb", copilot, `a: &a [x, x]\nb: &b [*a, *a]\njobs: { copilot-setup-steps: { steps: [*b] } }`],
    ["brackets without end", copilot, "[".repeat(60_000)],
    ["no JSON", container, "{"],
    ["deep JSON", container, "[".repeat(60_000)],
    ["a number", container, '{"postCreateCommand": 7}'],
    ["a long file", cursor, JSON.stringify({ install: `npm ci ${"x".repeat(70_000)}` })],
  ])("are none: %s", (_, path, text) => {
    expect(steps(path, text)).toBeUndefined();
  });
});

describe("the guess of a set-up", () => {
  const lock = { "package.json": '{"dependencies":{"ms":"2"}}', "package-lock.json": "{}" };
  const guess = (texts: Record<string, string>) => guessSettings((path) => texts[path]).setup;
  const pinned = (manager: string) => ({
    "package.json": JSON.stringify({ packageManager: manager, dependencies: { ms: "2" } }),
  });
  const steps = (...lines: string[]) => workflow(lines.map((line) => `      - run: ${line}\n`).join(""));
  const bring = 'npm install --global --prefix "$HOME/.local" --no-audit --no-fund';

  test("is what was written for others, where all of it can run here", () => {
    expect(guess({ ...lock, [copilot]: ci })).toEqual({
      setup: { run: "npm ci && npm run build:types && npm run build" },
      from: [copilot],
    });
  });

  test("is what the manifests tell, where not all of it can", () => {
    const text = workflow("      - run: npm ci\n      - run: sudo make install\n");

    expect(guess({ ...lock, [copilot]: text })?.setup.run).toBe("npm ci");
    expect(guess({ [copilot]: text })).toEqual({ setup: { run: "npm ci" }, from: [copilot] });
  });

  test.each<[string, Record<string, string>, string, string, string[]]>([
    [
      "the manager that is pinned",
      pinned("pnpm@9.15.9"),
      steps("corepack enable", "pnpm install"),
      `${bring} pnpm@9.15.9 && pnpm install`,
      [],
    ],
    [
      "the manager that Corepack is told, in one line",
      pinned("pnpm@9.15.9"),
      steps("corepack enable && corepack prepare yarn@1.22.22 --activate && yarn install"),
      `${bring} pnpm@9.15.9 && ${bring} yarn@1.22.22 && yarn install`,
      [],
    ],
    [
      "the manager whose lockfile there is",
      { "package.json": "{}", "pnpm-lock.yaml": "lockfileVersion: '6.0'\n" },
      steps("corepack enable", "pnpm i"),
      `{ command -v pnpm >/dev/null || ${bring} pnpm@8; } && pnpm i`,
      [],
    ],
    [
      "a manager that an action brings elsewhere",
      { "package.json": "{}" },
      `${steps("pnpm i")}      - uses: pnpm/action-setup@v4\n`,
      `{ command -v pnpm >/dev/null || ${bring} pnpm@9; } && pnpm i`,
      [],
    ],
    [
      "Bun, which Corepack does not know",
      pinned("bun@1.3.0"),
      steps("bun install"),
      `${bring} bun@1.3.0 && bun install`,
      [],
    ],
    ["none where npm does", lock, steps("corepack enable", "npm ci"), "npm ci", ["corepack enable"]],
  ])("brings %s", (_, files, text, run, left) => {
    const found = guessSettings((path) => ({ ...files, [copilot]: text })[path]);

    expect(found.setup?.setup.run).toBe(run);
    expect(found.skipped.map(({ step }) => step)).toEqual(left);
  });

  test.each([
    [{ packageManager: "bun@1.3.0" }, {}, `${bring} bun@1.3.0 && bun install --no-save`],
    [{ dependencies: { ms: "2" } }, { "bun.lock": "" }, /bun@1; } && bun install --frozen-lockfile$/],
    [{ dependencies: { ms: "2" } }, { "bun.lockb": "" }, /bun@1; } && bun install --frozen-lockfile$/],
  ])("brings Bun for %j and %j", (manifest, files, run) => {
    expect(guess({ "package.json": JSON.stringify(manifest), ...files })?.setup.run).toMatch(run);
  });

  test("keeps the variables that its manifests' tools need", () => {
    const poetry = { "pyproject.toml": "[project]\nname = 'x'\n", "poetry.lock": "" };

    expect(guess({ ...poetry, [copilot]: steps("poetry install --with dev") })?.setup).toEqual({
      run: "poetry install --with dev",
      env: { POETRY_VIRTUALENVS_IN_PROJECT: "true" },
    });
  });
});
