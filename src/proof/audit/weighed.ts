/**
 * One statement of the evidence: whether it holds, or that nobody looked (`undefined`), and what to do about it. `isSaid`:
 * nobody can look, and only the one who measured says so.
 */
export type Weighed = {
  what: string;
  holds: boolean | undefined;
  isSaid?: true;
  line: string;
  repair: string;
};

/** What is done about a statement that does not hold. */
export const forged =
  "Do not trust this file: take it from the check run, or from the server that measured it.";
