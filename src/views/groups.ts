import { isEnded, type TaskState, taskStates } from "../domain/task/state.ts";
import type { Tone } from "./tones.ts";

/** Tasks that wait for the same thing, as the overview shows them and its filter names them. */
export type Group = {
  /** What stands in the address. */
  name: string;
  title: string;
  states: readonly TaskState[];
  tone: Tone;
  /** Whether a person has to do something. */
  isForPeople: boolean;
  /** What is said where there is none. */
  empty: string;
};

/** In the order in which they are shown: what waits for a person comes first. */
export const groups: readonly Group[] = [
  {
    name: "review",
    title: "To review",
    states: ["proposed"],
    tone: "good",
    isForPeople: true,
    empty: "No pull request waits for a review.",
  },
  {
    name: "refused",
    title: "Briefs to complete",
    states: ["incomplete"],
    tone: "attention",
    isForPeople: true,
    empty: "No brief waits to be completed.",
  },
  {
    name: "held",
    title: "Held",
    states: ["held"],
    tone: "attention",
    isForPeople: true,
    empty: "Nothing is held.",
  },
  {
    name: "running",
    title: "Running",
    states: ["running", "correcting"],
    tone: "busy",
    isForPeople: false,
    empty: "No agent is at work.",
  },
  {
    name: "queued",
    title: "Queued",
    states: ["queued"],
    tone: "waiting",
    isForPeople: false,
    empty: "Nothing is queued.",
  },
  {
    name: "ended",
    title: "Ended last",
    states: taskStates.filter(isEnded),
    tone: "quiet",
    isForPeople: false,
    empty: "Nothing has ended yet.",
  },
];
