const { default: Sequencer } = require("@jest/test-sequencer");

/** Where the suites are that start whole services: nobody should wait for the end of one of them alone. */
const long = /[\\/](?:e2e|adapters)[\\/]/;

/** Begins with the long suites where Jest does not know from a run before which ones they are. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.every(({ duration }) => duration !== undefined)) return sorted;
    return [...sorted].sort((a, b) => Number(long.test(b.path)) - Number(long.test(a.path)));
  }
};
