import type { Where } from "./moments.ts";

/** A request of the service at which a person pushes; the path is below the repository, or from the root. */
export type Race = { point: string } & Where;

/** A task with what a person pushes in its first attempt, and in its correction. */
export type RacedTask = { name: string; first?: Race; second?: Race };

type Point = Omit<Where, "when" | "nth"> & { point: string; most: number };

const repository = "/repos/acme/shop";
const checkRuns = { method: "POST", path: "/graphql/createCheckRun", most: 1 };

/** Where the first attempt is when a person makes the branch, or pushes to it; `most`: how often such a request is made. */
const attemptPoints: Point[] = [
  { point: "the tree", method: "POST", path: `${repository}/git/trees`, most: 1 },
  { point: "the branch", method: "POST", path: `${repository}/git/refs`, most: 1 },
  { point: "the pull request", method: "POST", path: `${repository}/pulls`, most: 1 },
  { point: "the check runs", ...checkRuns },
  { point: "the end", method: "POST", path: "/graphql", most: 4 },
];

/** The same for the correction. */
const correctionPoints: Point[] = [
  { point: "the feedback", method: "POST", path: "/graphql", most: 3 },
  { point: "the new commit", method: "POST", path: `${repository}/git/commits`, most: 1 },
  { point: "the look at the branch", method: "GET", path: `${repository}/git/ref/**`, most: 1 },
  { point: "the move of the branch", method: "PATCH", path: `${repository}/git/refs/**`, most: 1 },
  { point: "the new check runs", ...checkRuns },
];

/** Races at each point. */
const racesEach = 20;

function racesAt(points: Point[]): Race[] {
  return Array.from({ length: racesEach }, (_, index) =>
    points.map(
      ({ most, ...where }): Race => ({
        ...where,
        when: index % 2 === 0 ? "before" : "after",
        nth: 1 + (Math.floor(index / 2) % most),
      }),
    ),
  ).flat();
}

function nameOf({ point, when, nth }: Race): string {
  return `${when} ${point} (${nth})`;
}

/** Where a pull request is opened all the same, the correction is raced too. */
const firsts = racesAt(attemptPoints);
const seconds = racesAt(correctionPoints);
const isOpened = ({ point, when }: Race): boolean =>
  point !== "the tree" && (point !== "the branch" || when === "after");

/** Twenty pushes at each of ten points, in as few tasks as hold them. */
export function racedTasks(): RacedTask[] {
  const left = [...seconds];
  const both = firsts.map((first) => ({ first, second: isOpened(first) ? left.shift() : undefined }));
  return [...both, ...left.map((second) => ({ first: undefined, second }))].map(({ first, second }) => ({
    name: [first, second].flatMap((race) => (race ? nameOf(race) : [])).join(", then "),
    ...(first && { first }),
    ...(second && { second }),
  }));
}
