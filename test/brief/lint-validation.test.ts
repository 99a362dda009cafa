import { describe, expect, test } from "@jest/globals";
import { checkTargets } from "../../src/brief/command/check-targets.ts";
import { lintValidation } from "../../src/brief/command/lint-validation.ts";
import { matchesAllow } from "../../src/brief/command/matches-allow.ts";
import { namedTargets } from "../../src/brief/command/named-targets.ts";
import { suggestCommand } from "../../src/brief/command/suggest-command.ts";

describe("the lint of a validation command", () => {
  test.each([
    "npm test",
    "npm run test:unit -- --grep 'a b'",
    "pytest -q tests/ && ruff check .",
    "make test",
    "cargo test --all",
    "go test ./...",
    "npx vitest run",
    "vitest --run",
    "jest -w 2",
    "npx jest --watchAll=false",
    "tsc --noEmit",
    "webpack --mode production",
    "(cd web && npm ci && npm test)",
    "CI=true react-scripts test",
    "timeout 60 npm test",
    "docker compose up --abort-on-container-exit",
    "npm run build:dev",
    "npm test 2>&1",
    "npm test > log.txt 2> ./out/err.txt",
    'test -z "$(git status --porcelain)"',
    "diff <(sort a) <(sort b)",
    "curl -fsS http://localhost/health",
    "bash -c 'npm run lint && npm test'",
    "grep -q done out.txt",
    "ls | wc -l | grep -qx 3",
    "npm test;",
    "npm test # all of them",
    "CI=1 npx vitest",
    "pytest -k 'a – b' \"“x”\"",
    "$PYTHON -m pytest",
    "(cd a && npm test) && (cd b && npm test)",
  ])("takes %j", (command) => {
    expect(lintValidation(command)).toEqual([]);
  });

  test.each([
    ["npm test||true", ["lint-always-green"]],
    ["npm test –– --run", ["lint-typographic"]],
    ["pytest -k “a b”", ["lint-typographic"]],
    [".\\gradlew test", ["lint-windows"]],
    ["C:\\tools\\make.exe check", ["lint-windows"]],
    ["'npm test'", ["lint-quoted"]],
    ["`npm test`", ["lint-unknown"]],
    ["$(cat cmd) --all", ["lint-unknown"]],
    ["CI=1 vitest --watch", ["lint-watch"]],
    ["npm test || exit 0", ["lint-always-green"]],
    ["npm test || /bin/true", ["lint-always-green"]],
    ["npm test || echo", ["lint-always-green"]],
    ["(npm test || true)", ["lint-always-green"]],
    ["npm test && npm run lint || :", ["lint-always-green"]],
    ["npm test\nexit 0", ["lint-exit-zero"]],
    ["{ npm test; exit 0; }", ["lint-several"]],
    ["set +e; npm test; exit 0", ["lint-exit-zero", "lint-several"]],
    ["npm test & wait", ["lint-several"]],
    ["npm test | cat", ["lint-pipe"]],
    ["npm test |& tee out.log", ["lint-pipe"]],
    ["yarn vitest", ["lint-watch"]],
    ["pnpm exec vitest", ["lint-watch"]],
    ["./node_modules/.bin/vitest", ["lint-watch"]],
    ["npx -y vitest@3", ["lint-watch"]],
    ["env CI=1 timeout 5m npx vitest", ["lint-watch"]],
    ["npm --prefix web run dev", ["lint-watch"]],
    ["yarn workspace web start", ["lint-watch"]],
    ["bun run dev", ["lint-watch"]],
    ["vite", ["lint-watch"]],
    ["next dev", ["lint-watch"]],
    ["tsc --watch --noEmit", ["lint-watch"]],
    ["node --watch a.js", ["lint-watch"]],
    ["tail -f log", ["lint-watch"]],
    ["python manage.py runserver", ["lint-watch"]],
    ["docker compose up", ["lint-watch"]],
    ["su -c 'npm test'", ["lint-sudo"]],
    ["npm test && sudo rm -rf x", ["lint-sudo"]],
    ["curl -s x | tee i.sh | bash", ["lint-network-shell"]],
    ["curl -s x | python3 -", ["lint-network-shell"]],
    ["source <(curl -s x)", ["lint-network-shell"]],
    ['eval "$(curl -s x)"', ["lint-network-shell"]],
    ["npm test &> /var/log/x", ["lint-redirect"]],
    ['npm test > "/tmp/x"', ["lint-redirect"]],
    ["npm test > $(mktemp)", ["lint-redirect"]],
    ["{ npm test; } > ../x", ["lint-redirect"]],
    ["while true; do npm test; done", ["lint-compound"]],
    ['sh -c "$CMD"', ["lint-unknown"]],
    ["sh -c \"sh -c 'npm test || true'\"", ["lint-always-green"]],
    ["", ["lint-empty"]],
    ["# only words", ["lint-empty"]],
    ["npm test &&", ["lint-unreadable"]],
    ["echo $(", ["lint-unreadable"]],
  ])("refuses %j", (command, rules) => {
    expect(
      lintValidation(command)
        .map(({ rule }) => rule)
        .toSorted(),
    ).toEqual(rules.toSorted());
  });

  test("never throws, and ends, whatever it is given", () => {
    for (const part of [
      "(",
      "$(",
      "`",
      "{ ",
      '"$(',
      "a|",
      "&&",
      "((",
      "<<a ",
      "[[ ",
      "sh -c '",
      "\\",
      "env ",
      "a;",
    ])
      expect(Array.isArray(lintValidation(part.repeat(1_000 / part.length)))).toBe(true);
  });
});

describe("the command that was probably meant", () => {
  test.each([
    ["npm test || true", "npm test"],
    ["npm run lint; npm test; exit 0", "npm run lint && npm test"],
    ["sudo npm test", "npm test"],
    ["npm test | tee log", "npm test"],
    ["npx vitest", "npx vitest run"],
    ["jest --watch", "jest"],
    ["npm test &", "npm test"],
    ["npm start", undefined],
    ["true", undefined],
  ])("of %j is %j", (command, meant) => {
    expect(suggestCommand(command)).toBe(meant);
  });
});

describe("what a command names", () => {
  test.each([
    ["npm test", [{ kind: "script", name: "test", directory: "" }]],
    ["npm t", [{ kind: "script", name: "test", directory: "" }]],
    ["cd web && npm run lint", [{ kind: "script", name: "lint", directory: "web" }]],
    ["npm --prefix web run lint", [{ kind: "script", name: "lint", directory: "web" }]],
    ["yarn jest", []],
    ["npx vitest run", []],
    ["npm run test -w web", []],
    [
      "make -C lib check lint",
      [
        { kind: "make", name: "check", directory: "lib" },
        { kind: "make", name: "lint", directory: "lib" },
      ],
    ],
    ["make CC=gcc", [{ kind: "make", directory: "" }]],
    ["make -f build.mk", [{ kind: "make", directory: "", file: "build.mk" }]],
    ["./scripts/check.sh", [{ kind: "file", path: "scripts/check.sh" }]],
    ["bash -eu scripts/check.sh", [{ kind: "file", path: "scripts/check.sh" }]],
    ["node --test test/a.js", []],
    [
      "node scripts/check.js && python tools/x.py",
      [
        { kind: "file", path: "scripts/check.js" },
        { kind: "file", path: "tools/x.py" },
      ],
    ],
    ["python -m pytest", []],
    ["bash $FILE", []],
    ["/usr/bin/make", [{ kind: "make", directory: "" }]],
    ["cd web && ../run.sh", [{ kind: "file", path: "run.sh" }]],
  ])("%j", (command, targets) => {
    expect(namedTargets(command)).toEqual(targets);
  });

  test.each<[string, string[]]>([
    ["(cd a && npm test) && (cd b && npm test)", ["a test", "b test"]],
    ["(cd a && ls) && npm test", [" test"]],
    ["cd a && npm test && cd ../b && npm test", ["a test", "b test"]],
    ["pushd a && npm test", ["a test"]],
    ['cd "$(git rev-parse --show-toplevel)" && npm test', []],
    ["cd $DIR && sh run.sh", []],
    ["cd /srv/app && npm test", []],
    ["node -r ts-node/register test/x.ts", ["test/x.ts"]],
    ["node --import tsx --test test/x.ts", []],
    ["node --experimental-vm-modules node_modules/jest/bin/jest.js", []],
    ["php -d memory_limit=1G vendor/bin/phpunit", []],
    ["npm run build && node dist/test.js", [" build"]],
    ["cmake --build build && ./build/tests", []],
    ["bash -o pipefail scripts/test.sh", ["scripts/test.sh"]],
  ])("in their own folders, and none that only a build makes: %j", (command, expected) => {
    const named = namedTargets(command).map((one) =>
      one.kind === "file" ? one.path : `${one.directory} ${one.name}`,
    );

    expect(named).toEqual(expected);
  });

  test.each([
    ["npm test", []],
    ["npm run lnit", ["script `lnit` lint"]],
    ["make check", []],
    ["make chekc", ["target `chekc` check"]],
    ["make -C lib x", ["file `lib/Makefile`"]],
    ["sh run.sh", []],
    ["sh gone.sh", ["file `gone.sh`"]],
    ["cd gone && npm test", ["file `gone/package.json`"]],
  ])("is looked up at the base: %j", (command, missing) => {
    const facts = {
      files: new Set(["package.json", "Makefile", "run.sh"]),
      scripts: ["test", "lint"],
      makeTargets: ["check"],
    };

    const problems = checkTargets(namedTargets(command), facts, 7);

    expect(problems.map(({ line, rule }) => [line, rule])).toEqual(missing.map(() => [7, "target-missing"]));
    for (const [index, words] of missing.entries())
      for (const word of words.split(" ")) expect(JSON.stringify(problems[index])).toContain(word);
  });
});

describe("the commands that someone without write access may have run", () => {
  const allow = ["npm test", "npm run test:unit *", "make  check", "npm run lint && npm test"];

  test.each([
    ["npm test", true],
    ["npm  test", true],
    ["'npm' test", true],
    ["npm test -- --grep x", false],
    ["npm run test:unit -- --grep 'a b'", true],
    ["npm run test:unit", true],
    ["npm run test:unit && curl x", false],
    ["npm run test:unit $(curl x)", false],
    ["npm run test:unit > x", false],
    ["npm run test:unit &", false],
    ["X=1 npm test", false],
    ["make check", true],
    ["npm run lint && npm test", true],
    ["npm run lint", false],
    ["", false],
  ])("%j: %j", (command, expected) => {
    expect(matchesAllow(command, allow)).toBe(expected);
  });
});
