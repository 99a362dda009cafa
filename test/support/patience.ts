/** What has not come by then never will, in milliseconds: far longer than a machine with ten others at work takes. */
export const patienceMs = 600_000;
