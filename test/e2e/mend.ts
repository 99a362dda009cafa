import { script } from "../../src/cli/demo/demo-story.ts";

const [correction, fix] = script.turns;

/** The demo's correction. */
export const shorter = correction;

/** The demo's fix without the test that it adds: what a story about something else begins with. */
export const mend = fix && {
  ...fix,
  steps: fix.steps.filter((step) => !("write" in step && step.write?.path.startsWith("test/"))),
};
