import { type DemoStory, files, issue, script } from "./demo-story.ts";
import { pythonStory } from "./python-story.ts";

/** By the name that `--example` takes. */
export const demoStories = {
  node: { repository: "slugger", files, issue, script },
  python: pythonStory,
} satisfies Record<string, DemoStory>;
export type DemoExample = keyof typeof demoStories;

/** The names alone. */
export const demoExamples = Object.keys(demoStories) as DemoExample[];
