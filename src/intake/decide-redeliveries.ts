import type { DeliveryTry } from "../ports/github.ts";

/** What is to be done about the deliveries that the inbox lacks. */
export type Redeliveries = { again: DeliveryTry[]; givenUp: DeliveryTry[] };

/** GitHub is asked for one event so often; what fails still is one that we refuse each time, such as a body that is too large. */
const mostTries = 6;

/** So many are asked for in one pass, the oldest first: each arrives at once, and GitHub counts each as a request. */
const mostAtOnce = 100;

/** What was answered with 2xx so many milliseconds ago may be on its way through another process. */
const underWayMs = 60_000;

/**
 * The newest try of each event that the inbox lacks. Those that GitHub takes for delivered are among them: whatever stands
 * before us may have answered in our place.
 */
export function decideRedeliveries(
  tries: DeliveryTry[],
  { known, now }: { known: ReadonlySet<string>; now: Date },
): Redeliveries {
  const lacking = tries.filter(({ delivery }) => !known.has(delivery));
  const byAge = [...lacking].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const newest = new Map(byAge.map((one) => [one.delivery, one]));
  const settled = [...newest.values()].filter((one) => !isBeingTaken(one, now));
  const triesOf = ({ delivery }: DeliveryTry) => lacking.filter((one) => one.delivery === delivery).length;
  return {
    again: settled.filter((one) => triesOf(one) < mostTries).slice(0, mostAtOnce),
    givenUp: settled.filter((one) => triesOf(one) >= mostTries),
  };
}

function isBeingTaken({ status, at }: DeliveryTry, now: Date): boolean {
  return status >= 200 && status < 300 && now.getTime() - Date.parse(at) < underWayMs;
}
