import { z } from "zod";

/** A step of a workflow, as far as it tells what is run. */
export const WorkflowStep = z.object({
  run: z.string().optional(),
  uses: z.string().optional(),
  if: z.unknown().optional(),
  env: z.unknown().optional(),
  shell: z.string().optional(),
  "working-directory": z.string().optional(),
});
export type WorkflowStep = z.infer<typeof WorkflowStep>;

/** What of a step runs here: its lines, and what it asked of Corepack, which is done otherwise; or why nothing of it does. */
export type JudgedStep = { lines: string[]; corepack: string[] } | { step: string; why: string };

/** No step is told at more length, in characters. */
const longest = 120;

/** Actions that only bring a tool, which here is the machine's own, or keep something for the next run. */
const tools =
  /^(?:actions\/(?:checkout|cache|setup-[\w-]+)|pnpm\/action-setup|oven-sh\/setup-bun|astral-sh\/setup-uv|denoland\/setup-deno|dtolnay\/rust-toolchain|ruby\/setup-ruby|shivammathur\/setup-php)@/;

/** Judges a step of a workflow: what means the same here as there runs. */
export function judgeStep(step: WorkflowStep): JudgedStep {
  const { run, uses, shell = "bash", "working-directory": directory } = step;
  if (uses !== undefined)
    return tools.test(uses)
      ? { lines: [], corepack: [] }
      : { step: shownStep(`uses: ${uses}`), why: "an action runs on GitHub's machines alone" };
  if (run === undefined) return { step: "(empty)", why: "it has no command" };
  const no = (why: string) => ({ step: shownStep(run), why });
  if (step.if !== undefined) return no("it has a condition of GitHub Actions");
  if (step.env !== undefined) return no("it has variables of its own");
  if (!/^(?:ba)?sh$/.test(shell)) return no("it wants another shell");
  const judged = judgeCommands(run);
  if (directory === undefined || "why" in judged) return judged;
  const isInside = /^(?:\.\/)?[\w-][\w./-]*$/.test(directory) && !directory.split("/").includes("..");
  if (!isInside) return no("its folder cannot be told");
  const { lines, corepack } = judged;
  return { lines: lines.length > 0 ? [`(cd ${directory} && ${lines.join(" && ")})`] : [], corepack };
}

/** Programs that install and build, and need no more than registries and the checkout. */
const programs =
  /^(?:npm|pnpm|yarn|bun|corepack|pip3?|python3?|uv|poetry|pdm|pipenv|cargo|go|make|bundle|composer|mvn|\.\/mvnw|gradle|\.\/gradlew|dotnet|mix|cp|mkdir|touch|echo)(?: |$)/;

/** What only another machine has, and what is more than a list of commands. */
const reasons: [RegExp, string][] = [
  [/\$\{\{/, "it has an expression of GitHub Actions"],
  [/\bGITHUB_/, "it speaks to GitHub Actions"],
  [/\b(?:sudo|apt|apt-get|brew)\b/, "it wants rights over the machine"],
  [/\bdocker\b/, "it wants Docker"],
  [/\bplaywright install\b/, "it fetches browsers from hosts of their own"],
  [/[;|&`\\<>]|\$\(/, "it is more than plain commands"],
];

/** Judges a text of commands, one a line: each line as a command of its own, where all of them are plain. */
export function judgeCommands(text: string): JudgedStep {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(" && "));
  const parts = lines.flat();
  const why = parts.map(whyUnsafe).find((reason) => reason !== undefined);
  if (why !== undefined || parts.length === 0)
    return { step: shownStep(text), why: why ?? "it has no command" };
  const isOfCorepack = (part: string) => part.startsWith("corepack ");
  return {
    lines: lines
      .map((line) => line.filter((part) => !isOfCorepack(part)).join(" && "))
      .filter((line) => line !== ""),
    corepack: parts.filter(isOfCorepack),
  };
}

function whyUnsafe(part: string): string | undefined {
  const reason = reasons.find(([sign]) => sign.test(part))?.[1];
  if (reason !== undefined || programs.test(part)) return reason;
  return "it calls a program that may do more than install and build";
}

function shownStep(text: string): string {
  const line = text.trim().replaceAll(/\s*\r?\n\s*/g, "; ");
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
