import type { TurnHold } from "../../domain/task/hold.ts";
import type { HoldRule } from "../situation.ts";
import { concurrency } from "./concurrency.ts";
import { dailyBudget } from "./daily-budget.ts";
import { dependsOn } from "./depends-on.ts";
import { overlap } from "./overlap.ts";
import { reviewLimit } from "./review-limit.ts";

/** Every hold by which a task waits for its turn, in the order in which they are told: of several the first is shown. */
export const holdRules = {
  "depends-on": dependsOn,
  overlap,
  "review-limit": reviewLimit,
  "daily-budget": dailyBudget,
  concurrency,
} satisfies { [K in TurnHold["kind"]]: HoldRule<K> };
