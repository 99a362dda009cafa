/** Every bound, pause and lease of the store, in milliseconds, and the number of tries. */
export type StoreTimes = {
  commandMs: number;
  lockLeaseMs: number;
  lockWaitMs: number;
  jobTries: number;
  retryBaseMs: number;
  retryCapMs: number;
  jobLockMs: number;
  stalledCheckMs: number;
};

/** What is used unless a caller says otherwise. */
export const storeTimes: StoreTimes = {
  // The webhook is answered 503 within 3 s (SPEC section 4); this leaves half a second for the rest of the answer.
  commandMs: 2_000,
  // Half of the 30 s that the port allows: a holder that missed two of its renewals is dead or stuck.
  lockLeaseMs: 15_000,
  // What the port promises.
  lockWaitMs: 10_000,
  // With the pauses below a job is tried over some four minutes: longer than the restart of a database.
  jobTries: 8,
  retryBaseMs: 2_000,
  // A database that was away for hours is noticed again within five minutes.
  retryCapMs: 5 * 60_000,
  // A worker that was killed is noticed after at most lock and check together, 7.5 s.
  jobLockMs: 5_000,
  stalledCheckMs: 2_500,
};
