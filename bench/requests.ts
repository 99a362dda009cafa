import { bars, countRequests, wholeBar } from "../test/e2e/count-requests.ts";

/** What a task asks of GitHub, by the part of the task and the step, over the double; tokens are told apart. */
export async function benchRequests(): Promise<void> {
  const { requests, mints } = await countRequests();
  console.table(requests);
  console.table(
    Object.entries(bars).map(([part, bar]) => {
      const asked = requests.filter((one) => one.part === part).length;
      return { part, requests: asked, bar, within: asked <= bar };
    }),
  );
  const whole = { part: "label to merge", requests: requests.length, bar: wholeBar.wanted };
  console.table([{ ...whole, within: requests.length <= wholeBar.wanted }]);
  console.table(
    [...new Set(mints)].map((token) => ({ token, minted: mints.filter((one) => one === token).length })),
  );
}
