import JSON5 from "json5";
import { parse } from "yaml";
import { z } from "zod";
import type { SkippedStep } from "../domain/task/skipped-step.ts";
import { isTooDeep } from "./is-too-deep.ts";
import { type JudgedStep, judgeCommands, judgeStep, WorkflowStep } from "./judge-step.ts";

/**
 * What a repository wrote for others about how it is set up: the command lines of `from`, what it asks of Corepack, and which
 * steps cannot be run here, those of files before it too.
 */
export type WrittenSteps = { from: string; lines: string[]; corepack: string[]; skipped: SkippedStep[] };

/** No such file is longer, in characters; one that is is not read. */
const longest = 64 * 1024;
/** More steps that are not run are not told. */
const most = 20;

const copilot = ".github/workflows/copilot-setup-steps.yml";
const containers = [".devcontainer/devcontainer.json", ".devcontainer.json"];
const cursor = ".cursor/environment.json";

/** Every path that is looked at for such steps, in the order in which they are asked. */
export const stepFiles = [copilot, ...containers, cursor];

/**
 * The steps of the first file that has any that run here. Those of GitHub's coding agent, of development containers and of
 * Cursor's agents are each in their makers' documentation. Without a line: no file has one, but steps that do not run.
 */
export function writtenSteps(look: (path: string) => string | undefined): WrittenSteps | undefined {
  const skipped: SkippedStep[] = [];
  for (const from of stepFiles) {
    const text = look(from) ?? "";
    const judged = text === "" || text.length > longest ? [] : judgedSteps(from, text);
    const running = judged.flatMap((step) => ("why" in step ? [] : [step]));
    skipped.push(...judged.flatMap((step) => ("why" in step ? [{ from, ...step }] : [])));
    const lines = running.flatMap((step) => step.lines);
    const corepack = running.flatMap((step) => step.corepack);
    if (lines.length > 0) return { from, lines, corepack, skipped: skipped.slice(0, most) };
  }
  const [first] = skipped;
  return first && { from: first.from, lines: [], corepack: [], skipped: skipped.slice(0, most) };
}

function judgedSteps(from: string, text: string): JudgedStep[] {
  try {
    if (from === copilot) return isTooDeep(text) ? [] : ofWorkflow(parse(text, { maxAliasCount: 0 }));
    const value: unknown = JSON5.parse(text);
    return from === cursor ? ofCursor(value) : ofContainer(value);
  } catch {
    // Whatever is no such file guesses nothing: nobody asked the repository for it.
    return [];
  }
}

const Job = z.object({
  steps: z.array(WorkflowStep),
  services: z.unknown().optional(),
  container: z.unknown().optional(),
});
const Workflow = z.object({ jobs: z.object({ "copilot-setup-steps": Job }) });

function ofWorkflow(value: unknown): JudgedStep[] {
  const workflow = Workflow.safeParse(value);
  if (!workflow.success) return [];
  const { steps, ...job } = workflow.data.jobs["copilot-setup-steps"];
  const beside = Object.entries(job).filter(([, given]) => given !== undefined);
  return [
    ...beside.map(([name]) => ({ step: `${name}:`, why: "containers run on GitHub's machines alone" })),
    ...steps.map(judgeStep),
  ];
}

const Command = z.union([z.string(), z.array(z.string())]);
const Container = z.object({ postCreateCommand: z.union([Command, z.record(z.string(), Command)]) });

/** A string is a shell's; a list is one program with its words; an object is several, in any order. */
function ofContainer(value: unknown): JudgedStep[] {
  const container = Container.safeParse(value);
  if (!container.success) return [];
  const { postCreateCommand: given } = container.data;
  const commands = typeof given === "string" || Array.isArray(given) ? [given] : Object.values(given);
  return commands.map((command) => judgeCommands([command].flat().join(" ")));
}

function ofCursor(value: unknown): JudgedStep[] {
  const environment = z.object({ install: z.string() }).safeParse(value);
  return environment.success ? [judgeCommands(environment.data.install)] : [];
}
