/** The most check runs that are created in one request: a head gets its validation, its scope and its sign-off. */
export const mostRunsAtOnce = 3;

/** Creates several check runs in one request; the double answers these very words and no others. */
export function creatingRuns(count: number): string {
  const runs = Array.from({ length: count }, (_, at) => `run${at + 1}`);
  const parameters = runs.map((run) => `$${run}: CreateCheckRunInput!`).join(", ");
  const fields = runs.map((run) => `  ${run}: createCheckRun(input: $${run}) { checkRun { id } }`);
  return [`mutation (${parameters}) {`, ...fields, "}"].join("\n");
}

/** Every text by which this App may change something through GraphQL, word by word: one that is not here is not sent. */
export const allowedMutations: ReadonlySet<string> = new Set([creatingRuns(2), creatingRuns(mostRunsAtOnce)]);
