import { pathToFileURL } from "node:url";
import { script } from "../../src/cli/demo/demo-story.ts";
import { installModel } from "./install-agents.ts";

/** What is used of the mock's own types, which are not there before it is installed. */
type Message = { role: string; content?: unknown };
type Request = { messages?: Message[]; tools?: { name?: string; function?: { name?: string } }[] };
type Mock = {
  url: string;
  addFixture(fixture: { match: { predicate: () => boolean }; response: (request: Request) => object }): void;
  start(): Promise<unknown>;
  stop(): Promise<unknown>;
};

/** A model that plays the story, whatever agent asks it. */
export type ScriptedModel = {
  url: string;
  /** When it was first handed the task. */
  firstAt(): number | undefined;
  /** Whether the repair came as a prompt of its own, without the task before it. */
  isResumed(): boolean;
  stop(): Promise<void>;
};

type State = { steps: string[]; firstAt?: number; isResumed: boolean };

const noQuota = {
  error: { message: "You exceeded your current quota", type: "rate_limit_error" },
  status: 429,
};

/** How each agent calls the tool that runs a command. */
const shells: Record<string, (command: string) => object> = {
  Bash: (command) => ({ command, description: "Do it" }),
  bash: (command) => ({ command, description: "Do it" }),
  run_shell_command: (command) => ({ command, description: "Do it" }),
  exec_command: (cmd) => ({ cmd }),
  shell_command: (command) => ({ command }),
};

/** A thousand tokens in and half as many out, in the words of every provider. */
const usage = {
  ...{ input_tokens: 1000, output_tokens: 500, prompt_tokens: 1000, completion_tokens: 500 },
  ...{ total_tokens: 1500, promptTokenCount: 1000, candidatesTokenCount: 500, totalTokenCount: 1500 },
};

/** The task is done badly first, and well once the validation's output came back. */
const solutions = {
  first: writing("export const slugify = (title) => title.toLowerCase();\n"),
  repair: writing(solutionOf(script.turns[1])),
};

/** Starts the model on a free port of the loopback; one without quota refuses whatever it is asked. */
export async function startModel({ hasQuota = true } = {}): Promise<ScriptedModel> {
  const { LLMock } = (await import(pathToFileURL(await installModel()).href)) as {
    LLMock: new (options: object) => Mock;
  };
  const mock = new LLMock({ port: 0, logLevel: "silent" });
  const state: State = { steps: [], isResumed: false };
  mock.addFixture({
    match: { predicate: () => true },
    response: (request) => (hasQuota ? answer(request, state) : noQuota),
  });
  await mock.start();
  return {
    url: mock.url,
    firstAt: () => state.firstAt,
    isResumed: () => state.isResumed,
    stop: async () => void (await mock.stop()),
  };
}

/** Agents also ask for titles and the like; only a prompt of ours begins a story, and only a result goes on with it. */
function answer(request: Request, state: State): object {
  const names = (request.tools ?? []).map((tool) => tool.function?.name ?? tool.name ?? "");
  const shell = names.find((name) => shells[name]);
  const last = request.messages?.at(-1);
  const text = JSON.stringify(last?.content ?? "");
  if (!shell || !last || last.role === "system") return { content: "Slugs", usage };
  if (last.role === "user") {
    const isRepair = text.includes("The validation is red");
    if (!isRepair && !text.includes("# Task: ")) return { content: "Nothing more.", usage };
    state.firstAt ??= Date.now();
    state.isResumed = isRepair && !text.includes("# Task: ");
    state.steps = [...(isRepair ? solutions.repair : solutions.first)];
  }
  const command = state.steps.shift();
  if (command === undefined) return { content: "Done. AC-1: test/slugify.test.js.", usage };
  return { toolCalls: [{ name: shell, arguments: JSON.stringify(shells[shell]?.(command)) }], usage };
}

function writing(text: string): string[] {
  return [`cat > src/slugify.js <<'END'\n${text}END`, "node --test || true"];
}

function solutionOf(turn: (typeof script.turns)[number] | undefined): string {
  const step = turn?.steps.find((one) => "write" in one);
  if (!step || !("write" in step) || !step.write) throw new Error("the story has no solution");
  return step.write.text;
}
