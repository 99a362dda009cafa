import JSON5 from "json5";
import { parse } from "yaml";
import { z } from "zod";
import { isTooDeep } from "./is-too-deep.ts";

/** What a repository wrote for others about how it is set up: command lines, the file, and whether all of it can run here. */
export type WrittenSteps = { from: string; lines: string[]; whole: boolean };

/** No such file is longer, in characters; one that is is not read. */
const longest = 64 * 1024;

const copilot = ".github/workflows/copilot-setup-steps.yml";
const containers = [".devcontainer/devcontainer.json", ".devcontainer.json"];
const cursor = ".cursor/environment.json";

/** Every path that is looked at for such steps, in the order in which they are asked. */
export const stepFiles = [copilot, ...containers, cursor];

/**
 * The steps of the first file that has any. Those of GitHub's coding agent, of development containers and of Cursor's
 * agents are each in their makers' documentation.
 */
export function writtenSteps(look: (path: string) => string | undefined): WrittenSteps | undefined {
  for (const from of stepFiles) {
    const text = look(from) ?? "";
    const steps = text === "" || text.length > longest ? undefined : readers(from, text);
    if (steps && steps.lines.length > 0) return { from, ...steps };
  }
  return undefined;
}

type Steps = Omit<WrittenSteps, "from">;

function readers(from: string, text: string): Steps | undefined {
  try {
    if (from === copilot) return isTooDeep(text) ? undefined : ofWorkflow(parse(text, { maxAliasCount: 0 }));
    const value: unknown = JSON5.parse(text);
    return from === cursor ? ofCursor(value) : ofContainer(value);
  } catch {
    // Whatever is no such file guesses nothing: nobody asked the repository for it.
    return undefined;
  }
}

const Step = z.object({
  run: z.string().optional(),
  uses: z.string().optional(),
  if: z.unknown().optional(),
  env: z.unknown().optional(),
  shell: z.string().optional(),
  "working-directory": z.string().optional(),
});
type Step = z.infer<typeof Step>;

const Workflow = z.object({ jobs: z.object({ "copilot-setup-steps": z.object({ steps: z.array(Step) }) }) });

/** Actions that only bring a tool, which here is the machine's own, or keep something for the next run. */
const tools =
  /^(?:actions\/(?:checkout|cache|setup-[\w-]+)|pnpm\/action-setup|oven-sh\/setup-bun|astral-sh\/setup-uv|denoland\/setup-deno|dtolnay\/rust-toolchain|ruby\/setup-ruby|shivammathur\/setup-php)@/;

function ofWorkflow(value: unknown): Steps | undefined {
  const workflow = Workflow.safeParse(value);
  if (!workflow.success) return undefined;
  const { steps } = workflow.data.jobs["copilot-setup-steps"];
  const all = steps.filter(({ uses }) => uses === undefined || !tools.test(uses)).map(linesOf);
  return { lines: all.flatMap((lines) => lines ?? []), whole: all.every((lines) => lines !== undefined) };
}

/** The lines of a step that means the same here as there; nothing of any other. */
function linesOf(step: Step): string[] | undefined {
  const { run, shell = "bash", "working-directory": directory } = step;
  const isPlain = step.if === undefined && step.env === undefined && /^(?:ba)?sh$/.test(shell);
  if (run === undefined || !isPlain) return undefined;
  const lines = plainLines(run);
  if (directory === undefined || !lines) return lines;
  const isInside = /^(?:\.\/)?[\w-][\w./-]*$/.test(directory) && !directory.split("/").includes("..");
  return isInside ? [`(cd ${directory} && ${lines.join(" && ")})`] : undefined;
}

/** Programs that install and build, and need no more than registries and the checkout. */
const programs =
  /^(?:npm|pnpm|yarn|bun|corepack|pip3?|python3?|uv|poetry|pdm|pipenv|cargo|go|make|bundle|composer|mvn|\.\/mvnw|gradle|\.\/gradlew|dotnet|mix|cp|mkdir|touch|echo)(?: |$)/;

/** What only another machine has: rights of root, secrets, other systems' packages, browsers from a host of their own. */
const elsewhere =
  /\$\{\{|\bsudo\b|\bapt(?:-get)?\b|\bbrew\b|\bdocker\b|\bplaywright install\b|\bGITHUB_|[`\\<>]|\$\(/;

/** Each line as a command of its own, where the text is nothing but such commands. */
function plainLines(text: string): string[] | undefined {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const parts = lines.flatMap((line) => line.split(" && "));
  const isPlain = (part: string) => programs.test(part) && !elsewhere.test(part) && !/[;|&]/.test(part);
  return parts.length > 0 && parts.every(isPlain) ? lines : undefined;
}

const Command = z.union([z.string(), z.array(z.string())]);
const Container = z.object({ postCreateCommand: z.union([Command, z.record(z.string(), Command)]) });

/** A string is a shell's; a list is one program with its words; an object is several, in any order. */
function ofContainer(value: unknown): Steps | undefined {
  const container = Container.safeParse(value);
  if (!container.success) return undefined;
  const { postCreateCommand: given } = container.data;
  const commands = typeof given === "string" || Array.isArray(given) ? [given] : Object.values(given);
  const all = commands.map((command) => plainLines([command].flat().join(" ")));
  return { lines: all.flatMap((lines) => lines ?? []), whole: all.every((lines) => lines !== undefined) };
}

function ofCursor(value: unknown): Steps | undefined {
  const environment = z.object({ install: z.string() }).safeParse(value);
  const lines = environment.success ? plainLines(environment.data.install) : undefined;
  return lines && { lines, whole: true };
}
