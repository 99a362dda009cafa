/** The part of Jest's result that the closing line counts. */
type Counts = { numPassedTests: number; numFailedTests: number; numRuntimeErrorTestSuites: number };

/** Ends a run with one plain line, `N passed, N failed`, that any CI can read. */
export default class CountingReporter {
  onRunComplete(_contexts: unknown, counts: Counts): void {
    const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
    console.log(`\n${counts.numPassedTests} passed, ${failed} failed`);
  }
}
