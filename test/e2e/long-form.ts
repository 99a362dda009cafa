/** Whether every moment and every ordering is tried, as `npm run test:kills` does; `npm test` takes some of each. */
export const isLongForm = process.env.KILLS === "all";
