import { commandWeaknesses } from "./command-weaknesses.ts";
import type { Weakness } from "./weakness.ts";

/** Both sides of one file that tells a continuous integration, or make, what to run. */
export type PipelineFile = { path: string; before: string; after: string };

const pipelines =
  /^(\.github\/workflows\/[^/]+\.ya?ml|\.github\/actions\/.*\.ya?ml|\.gitlab-ci\.yml|\.travis\.yml|\.circleci\/config\.yml|azure-pipelines[^/]*\.yml|bitbucket-pipelines\.yml|\.?appveyor\.yml|\.drone\.yml|\.buildkite\/[^/]+\.yml|Jenkinsfile|(.*\/)?((GNUm|[mM])akefile|[jJ]ustfile|Rakefile|Taskfile\.ya?ml)|\.ci\/[^/]+|\.husky\/[^/_]+|(.*\/)?(tests?|check|ci|verify|validate)[\w-]*\.sh)$/;

/** Lines that let a step, a job or a line of a matrix fail, or switch it off. */
const lenient: [RegExp, string][] = [
  [
    /^-?\s*["']?(continue-on-error|allow_failure|ignore_failure|soft_fail|continueOnError)["']?:\s*["']?true/,
    "may fail",
  ],
  [/^allow_failures:/, "may fail"],
  [/^-?\s*if:\s*["']?(\$\{\{\s*)?(false|0)\b/, "is switched off"],
  [/^-?\s*when:\s*(never|manual)\b/, "is switched off"],
  [/^-?\s*set \+e\b/, "cannot fail any more"],
  [/^\.IGNORE\s*:|^MAKEFLAGS\s*[:+]?=\s*.*-\w*i/, "cannot fail any more"],
  [/^exit 0$/, "ends as a success"],
];

/** A line that lets a script end at the first failure. */
const strict = /^(-\s*)?set -\w*e/;

const runsTests =
  /\b(tests?|npm t|jest|vitest|mocha|pytest|tox|nox|unittest|rspec|phpunit|ctest|nextest|check|verify|lint|tsc|typecheck|coverage|borp|tap|ava|playwright|cypress)\b|\b(ci|test)[\w-]*\.ya?ml@/;

/** Whether a path holds the steps of a pipeline. */
export function isPipelinePath(path: string): boolean {
  return pipelines.test(path);
}

/** Finds steps of a pipeline that may fail now, are switched off, or are gone. */
export function comparePipelines(files: PipelineFile[]): Weakness[] {
  const found = files.flatMap(relaxed);
  const before = files.flatMap(({ path, before }) => testLines(before).map(({ text }) => ({ path, text })));
  const after = files.flatMap(({ after }) => testLines(after).map(({ text }) => text));
  if (after.length >= before.length) return found;
  const left = new Set(after);
  const gone = before
    .filter(({ text }) => !left.has(text))
    .slice(0, Math.max(1, before.length - after.length));
  return [
    ...found,
    ...gone.map(({ path, text }) =>
      attention(path, undefined, `a step that checks is gone: ${text.slice(0, 80)}`),
    ),
  ];
}

function relaxed({ path, before, after }: PipelineFile): Weakness[] {
  const was = pipelineLines(before);
  const findings: Weakness[] = [];
  for (const [pattern, what] of lenient) {
    const matching = pipelineLines(after).filter(({ text }) => pattern.test(text));
    const more = matching.length - was.filter(({ text }) => pattern.test(text)).length;
    const first = matching.at(-1);
    if (more > 0 && first)
      findings.push(
        attention(path, first.number, `what is checked here ${what}: ${first.text.slice(0, 60)}`),
      );
  }
  findings.push(...noLongerStrict({ path, before, after }), ...takesOver({ path, before, after }));
  const known = new Set(was.map(({ text }) => text));
  for (const { text, number } of pipelineLines(after))
    if (!known.has(text) && runsTests.test(text))
      for (const weakness of commandWeaknesses(counterpart(text, was), text))
        findings.push(attention(path, number, `a command ${weakness}: ${text.slice(0, 80)}`));
  return findings;
}

function noLongerStrict({ path, before, after }: PipelineFile): Weakness[] {
  const count = (text: string): number => pipelineLines(text).filter((line) => strict.test(line.text)).length;
  if (after === "" || count(after) >= count(before)) return [];
  return [attention(path, undefined, "what is checked here goes on after a failure: `set -e` is gone")];
}

/** Of the three names that make knows it reads the first that there is, and `Makefile` last. */
function takesOver({ path, before }: PipelineFile): Weakness[] {
  const isFirst = before === "" && /(^|\/)(GNUm|m)akefile$/.test(path);
  return isFirst ? [attention(path, 1, "make reads this file instead of a `Makefile`")] : [];
}

/** The line before the change that begins like a line after it. */
function counterpart(text: string, lines: { text: string }[]): string {
  const start = text.split(" ").slice(0, 3).join(" ");
  return lines.find((line) => line.text.startsWith(start))?.text ?? "";
}

function testLines(text: string): { text: string }[] {
  return pipelineLines(text).filter(
    (line) =>
      /^(-\s|run:|script:|uses:|sh |make |npm |npx |yarn |pnpm |go |cargo |python|pytest|tox|node |\.\/|bundle |mvn |\.\/gradlew)/.test(
        line.text,
      ) &&
      !/^-?\s*(name|id|with|on|needs|node-version|group|key|path|os|branches|exclude|include|if|env|uses: actions)\b/.test(
        line.text,
      ) &&
      runsTests.test(line.text),
  );
}

function pipelineLines(text: string): { text: string; number: number }[] {
  return text.split("\n").flatMap((line, index) => {
    const shown = line
      .slice(0, 1_000)
      .replace(/(^|\s)#.*$/, "")
      .trim();
    return shown ? [{ text: shown, number: index + 1 }] : [];
  });
}

function attention(path: string, line: number | undefined, message: string): Weakness {
  return { weight: "attention", path, line, message };
}
