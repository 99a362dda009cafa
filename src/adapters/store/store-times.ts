/** Every bound, pause and lease of the store, in milliseconds, and the number of tries. */
export type StoreTimes = {
  commandMs: number;
  lockLeaseMs: number;
  lockWaitMs: number;
  changeWaitMs: number;
  jobTries: number;
  retryBaseMs: number;
  retryCapMs: number;
  jobLockMs: number;
  stalledCheckMs: number;
  housekeepingMs: number;
};

/** What is used unless a caller says otherwise. */
export const storeTimes: StoreTimes = {
  // The webhook is answered 503 within 3 s (SPEC section 4); this leaves a second for the rest of the answer.
  commandMs: 2_000,
  // Shorter than the wait below, so that nobody is refused because of a holder that was killed.
  lockLeaseMs: 8_000,
  // What the port promises.
  lockWaitMs: 10_000,
  // For those of this process that change the same task; each takes a few milliseconds.
  changeWaitMs: 10_000,
  // With the pauses below a job is tried over some 13 minutes: longer than the fail-over of a database.
  jobTries: 10,
  retryBaseMs: 2_000,
  retryCapMs: 5 * 60_000,
  // A worker that was killed is noticed after at most lock and check together, 7.5 s.
  jobLockMs: 5_000,
  stalledCheckMs: 2_500,
  // The embedded database stands still for it, by some tens of milliseconds.
  housekeepingMs: 10 * 60_000,
};
