/** One thing that weakens the tests; `weight` is what it makes of the check: `told` is said, and changes nothing. */
export type Weakness = {
  weight: "fail" | "attention" | "told";
  path: string;
  line: number | undefined;
  message: string;
};
