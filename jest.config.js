/** Jest runs what `tsc` wrote, so that the tests see the very files that ship and nothing is compiled twice. */
export default {
  rootDir: "dist/test",
  testMatch: ["**/*.test.js"],
  // Kills have a command of their own, `npm run test:kills`.
  testPathIgnorePatterns:
    process.env.KILLS === "few"
      ? ["e2e/(crash|deaths|lost-answers|orderings|processes|push-races)", "adapters/store/crash"]
      : [],
  testEnvironment: "node",
  // The process of a suite ends with it or is ended for its size; the walk over all globals can recurse without end.
  testEnvironmentOptions: { globalsCleanup: "off" },
  transform: {},
  // What has not ended by then hangs: no test is as slow on any machine, however busy.
  testTimeout: 900_000,
  // Suites that start services wait for much of their time; more workers than this only compete on two cores.
  maxWorkers: 4,
  // A worker never forgets what its suites imported, and the larger a process is the longer it takes to start a git.
  workerIdleMemoryLimit: "250MB",
  errorOnDeprecated: true,
  setupFiles: ["<rootDir>/fixed-seed.js"],
  globalSetup: "<rootDir>/app-key.js",
  globalTeardown: "<rootDir>/nothing-left.js",
  snapshotResolver: "<rootDir>/../../test/snapshot-resolver.cjs",
  testSequencer: "<rootDir>/../../test/longest-first.cjs",
  reporters: ["default", "<rootDir>/counting-reporter.js"],
};
