/**
 * Words by which prose says what a field holds. A list is read as alternatives; case makes no difference. The answer to
 * them is a question wherever they stand outside of their own field.
 */

/** The keys of the approval boundary's lines. */
export const boundaryKeys = {
  reviewer: [
    ...["reviewer", "reviewers", "prüfer", "prüferin", "relecteur", "relectrice", "relecteurs", "revisor"],
    ...[
      "revisora",
      "revisores",
      "レビュアー",
      "レビュワー",
      "审查者",
      "審查者",
      "评审人",
      "审阅者",
      "리뷰어",
      "검토자",
    ],
    ...["рецензент", "ревьюер", "проверяющий"],
  ],
  ask: [
    "ask",
    "fragen",
    "demander",
    "preguntar",
    "perguntar",
    "要相談",
    "確認",
    "询问",
    "詢問",
    "문의",
    "спросить",
  ],
  never: ["never", "nie", "niemals", "jamais", "nunca", "禁止", "从不", "從不", "절대", "никогда"],
} as const;

/** What people call classes, in prose and in lists. */
export const classNames: Record<string, string> = {
  ...{ deps: "dependencies", dep: "dependencies", dependency: "dependencies", packages: "dependencies" },
  ...{ package: "dependencies", libraries: "dependencies", library: "dependencies" },
  ...{ workflow: "ci", workflows: "ci", "ci workflow": "ci", "ci workflows": "ci", "ci/cd": "ci" },
  ...{ "the ci": "ci", pipeline: "ci", pipelines: "ci", "github actions": "ci", "ci config": "ci" },
  ...{ migration: "migrations", "database migrations": "migrations", "db migrations": "migrations" },
  ...{ api: "public-api", "public api": "public-api", deletes: "deletions" },
  ...{
    authentication: "auth",
    authorization: "auth",
    login: "auth",
    payments: "billing",
    payment: "billing",
  },
};

/** "Ask before ‹doing› X". */
export const asking = [
  ...["ask before", "ask first before", "ask us before", "ask me before", "check with us before"],
  ...["check with me before", "get approval before", "ask for approval before", "get sign-off before"],
];

/** "Never ‹do› X". */
export const forbidding = [
  "never",
  "do not",
  "don't",
  "must not",
  "should not",
  "you may not",
  "please do not",
];

/** What is done to X; a participle behind "before". */
export const doing = [
  ...[
    "touch",
    "touching",
    "change",
    "changing",
    "modify",
    "modifying",
    "edit",
    "editing",
    "alter",
    "altering",
  ],
  ...["update", "updating", "add", "adding", "introduce", "introducing", "remove", "removing", "upgrade"],
  ...["upgrading", "install", "installing", "bump", "bumping"],
];

/** Words before X that say nothing of it. */
export const fillers = ["any", "the", "a", "an", "new", "other", "more", "further", "existing", "our", "to"];

/** "X reviews" and "reviewed by X". */
export const reviewing = {
  after: [
    "reviews",
    "review",
    "reviewing",
    "should review",
    "will review",
    "must review",
    "can review",
    "has to review",
    "to review",
    "is the reviewer",
    "is reviewer",
  ],
  before: [
    "reviewer is",
    "reviewer",
    "reviewers are",
    "reviewers",
    "reviewed by",
    "review by",
    "reviewer will be",
    "reviewer:",
    "reviewers:",
    "review:",
  ],
};

/** "Run X" and "X passes". */
export const running = {
  before: [
    "run",
    "execute",
    "use",
    "using",
    "verify with",
    "check with",
    "test with",
    "tested with",
    "verified with",
    "verified by",
    "validate with",
    "checked by",
    "by running",
    "please run",
    "run with",
    "run it with",
    "test it with",
    "check it with",
    "verify it with",
    "validate by running",
    "verify by running",
    "then run",
  ],
  after: [
    "passes",
    "pass",
    "succeeds",
    "succeed",
    "is green",
    "are green",
    "stays green",
    "stay green",
    "exits 0",
    "exits with 0",
    "exit 0",
    "is clean",
    "runs clean",
    "still passes",
    "still pass",
    "both pass",
    "all pass",
    "must pass",
    "should pass",
    "must succeed",
  ],
  not: ["not", "don't", "never", "without", "stop"],
};

/** Programs beyond the usual ones with which a command in a code span begins. */
export const programs =
  "npm npx pnpm yarn bun bunx deno node make just task cargo go pytest python python3 uv tox nox poetry ruff mypy bundle rake rspec mvn gradle ./gradlew ./mvnw sbt dotnet swift mix phpunit composer vitest jest mocha tsc eslint biome bazel ctest cmake git sh bash docker".split(
    " ",
  );

/** Sentences that begin so are of a field. */
export const leads = {
  nonGoals: ["out of scope", "not in scope", "non-goals", "non-goal"],
  doneWhen: ["done when", "acceptance criteria", "acceptance", "it is done when"],
};

/** Items that begin so speak of what is not to change. */
export const keeping = ["preserve", "keep", "leave", "do not", "don't", "never", "without", "avoid", "no"];

/** Programs of the shell that change nothing but itself. */
export const stateful = "cd pushd popd export set unset alias source . umask ulimit shopt".split(" ");

/** Commands that install what a project needs; behind `npm install` may stand more words. */
export const installing = [
  ...[
    "npm ci",
    "npm install",
    "npm i",
    "pnpm install",
    "pnpm i",
    "yarn install",
    "bun install",
    "pip install",
  ],
  ...[
    "pip3 install",
    "python -m pip install",
    "poetry install",
    "uv sync",
    "bundle install",
    "composer install",
  ],
];
