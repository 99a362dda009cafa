/** Whether every moment and every ordering is tried, as `npm run test:kills` does; else some of each. */
export const isLongForm = process.env.KILLS === "all";
