/** Whether every race over the fakes and every size of file is tried, as `npm run test:kills` does; else some of each. */
export const isLongForm = process.env.KILLS === "all";
