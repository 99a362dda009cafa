/** What can happen to a pull request that its sign-off may depend on. */
export const reviewEvents = [
  "opened",
  "reopened",
  "pushed",
  "base changed",
  "reviewed",
  "review dismissed",
  "class approved",
  "measured",
  "asked again",
] as const;
export type ReviewEvent = (typeof reviewEvents)[number];
