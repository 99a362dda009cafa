import { seededNumbers } from "../support/seeded-numbers.ts";
import type { LogLine } from "../support/service-process.ts";
import { type Delegated, type Lane, repositoryOf, untilHalfWay } from "./lane.ts";
import { halfWay, halfWayAgain } from "./story.ts";

/** Where a process is killed, and what the ledger must have had as its last durable step by then. */
export type Moment = {
  name: string;
  /** Resolves to what waits for the moment; called before the attempt is asked for. */
  watch(lane: Lane, task: Delegated): () => Promise<void>;
  /** The durable steps that the ledger may have had last; none means any. */
  last: string[];
  goal?: string;
  words?: string;
};

/** A request of the App: its method, and its path below the repository. */
export type Where = { method?: string; path: string; when: "before" | "after"; nth?: number };

/** The moment at which the n-th such request has arrived: before it has an effect, or after it and before its answer. */
export function request(name: string, where: Where, last: string[]): Moment {
  return {
    name: `${where.when} ${name}`,
    last,
    watch: ({ double }, { repository }) => {
      const { method, when, nth = 1 } = where;
      const path = where.path.replace("REPO", repository);
      const hold = () => double.faults.holdRequests({ method, path, when });
      const gates = [hold()];
      return async () => {
        while (gates.length < nth) {
          const gate = gates.at(-1);
          await gate?.hit;
          gates.push(hold());
          gate?.release();
        }
        await gates.at(-1)?.hit;
      };
    },
  };
}

/** The moment at which the service has said something of the task. */
export function said(name: string, accept: (line: LogLine) => boolean, last: string[]): Moment {
  return {
    name,
    last,
    watch: (lane, { repositoryId }) => {
      const service = lane.service();
      return async () =>
        void (await service.line((line) => repositoryOf(line) === repositoryId && accept(line)));
    },
  };
}

const api = "/repos/REPO";
const comments = `${api}/issues/1/comments`;
const status = { method: "PATCH", path: `${api}/issues/comments/*` };

/** One story at a time asks, so that it is this one's. */
const snapshot = { method: "POST", path: "/graphql" };
const refs = { method: "GET", path: "/REPO.git/info/refs" };
const pack = { method: "POST", path: "/REPO.git/git-upload-pack" };
const checkRuns = { method: "POST", path: "/graphql/createCheckRun" };
const review = { method: "POST", path: `${api}/pulls/2/requested_reviewers` };

function begun(step: string): (line: LogLine) => boolean {
  return (line) => line.msg === "step begun" && line.step === step;
}

/** One attempt from the label to the draft pull request, in the order in which it happens. */
export const attemptMoments: Moment[] = [
  request("the asker is looked up", { method: "GET", path: `${api}/collaborators/**`, when: "after" }, [
    "nothing",
  ]),
  request("the fetch that the brief is judged by", { ...refs, when: "before" }, ["nothing"]),
  request("the pack that the brief is judged by", { ...pack, when: "after", nth: 2 }, ["nothing"]),
  request("the issue is looked at once more", { ...snapshot, when: "after" }, ["nothing"]),
  request("the status comment", { method: "POST", path: comments, when: "before" }, ["accepted"]),
  request("the status comment", { method: "POST", path: comments, when: "after" }, ["accepted"]),
  request("the reaction to the label", { method: "POST", path: `${api}/issues/1/reactions`, when: "after" }, [
    "accepted",
  ]),
  // The ledger says that it may start, and the queue knows nothing of it.
  said("its turn has come", ({ msg }) => msg === "task released", ["accepted"]),
  // What it begins from is read before anybody claims it.
  request("the start is judged", { ...snapshot, when: "before", nth: 2 }, ["accepted"]),
  request("the status says running", { ...status, when: "before" }, ["queued"]),
  request("the status says running", { ...status, when: "after" }, ["queued"]),
  request("the fetch", { ...refs, when: "before", nth: 2 }, ["started"]),
  // The base is there already: what the attempt's own fetch asks for is the list of branches.
  request("the branches of the fetch", { ...pack, when: "after", nth: 3 }, ["started"]),
  said("the base is tried", begun("tried"), ["checked out"]),
  // In this story the base is red, and that is shown.
  request("the status shows the base", { ...status, when: "before", nth: 2 }, ["tried"]),
  request("the status shows the base", { ...status, when: "after", nth: 2 }, ["tried"]),
  {
    name: "the agent is half-way",
    last: ["tried"],
    goal: `Stop ${halfWay}.`,
    watch: (lane, task) => () => untilHalfWay(lane, task, 1),
  },
  said("the trim has begun", begun("trimmed"), ["agent done"]),
  said("the rebase has begun", begun("rebased"), ["agent done"]),
  said("the proof has begun", begun("proved"), ["agent done"]),
  request("the tree is written", { method: "POST", path: `${api}/git/trees`, when: "before" }, ["proved"]),
  request("the commit is written", { method: "POST", path: `${api}/git/commits`, when: "after" }, ["proved"]),
  request("the branch is made", { method: "POST", path: `${api}/git/refs`, when: "before" }, ["proved"]),
  request("the branch is made", { method: "POST", path: `${api}/git/refs`, when: "after" }, ["proved"]),
  // The statement is signed here, without a request to anybody.
  said("the commit is to be signed for", begun("attested"), ["committed"]),
  said("the merge is to be tried", begun("merge tried"), ["attested"]),
  request("the fetch of the base as it is by then", { ...refs, when: "after", nth: 3 }, ["attested"]),
  request("other pull requests are looked for", { ...snapshot, when: "after", nth: 3 }, ["attested"]),
  request("the pull request is opened", { method: "POST", path: `${api}/pulls`, when: "before" }, [
    "attested",
  ]),
  request("the pull request is opened", { method: "POST", path: `${api}/pulls`, when: "after" }, [
    "attested",
  ]),
  request("the review is asked for", { ...review, when: "before" }, ["PR opened"]),
  request("the review is asked for", { ...review, when: "after" }, ["PR opened"]),
  request("the check runs", { ...checkRuns, when: "before" }, ["PR opened"]),
  request("the check runs", { ...checkRuns, when: "after" }, ["PR opened"]),
  said("the report is done", ({ msg, step }) => msg === "step done" && step === "reported", ["reported"]),
  request("the pull request is read to be judged", { ...snapshot, when: "before", nth: 4 }, [
    ...["PR opened", "reported", "published"],
  ]),
  request("the status says proposed", { ...status, when: "before", nth: 3 }, ["published"]),
  request("the status says proposed", { ...status, when: "after", nth: 3 }, ["published"]),
  said("the attempt has ended", ({ msg }) => msg === "attempt ended", ["published"]),
];

/** An attempt asks GitHub at least this often. */
const leastRequests = 16;

/** Moments that nobody chose: the n-th request of the App on the repository, whatever it is. */
export function randomMoments(seed: number, count: number): Moment[] {
  const random = seededNumbers(seed);
  return Array.from({ length: count }, (_, index) => {
    const nth = 1 + Math.floor(random() * leastRequests);
    const when = random() < 0.5 ? "before" : "after";
    return request(`request ${nth} (random ${index + 1})`, { path: `${api}/**`, when, nth }, []);
  });
}

const body = { method: "PATCH", path: `${api}/pulls/2` };
const ref = { method: "PATCH", path: `${api}/git/refs/**` };

/** What follows the draft pull request: changed lines are broken one by one, and what nobody noticed is asked. */
export const questionMoments: Moment[] = [
  said("the first line is to be broken", begun("asked 1"), ["published"]),
  said("the first answer is kept", ({ msg, step }) => msg === "step done" && step === "asked 1", ["asked"]),
  request("the questions are shown in the body", { ...body, when: "before" }, ["questions kept"]),
  request("the questions are shown in the body", { ...body, when: "after" }, ["questions kept"]),
];

/** The correction, from the comment to the body that shows both attempts. */
export const correctionMoments: Moment[] = [
  request(
    "the correction is acknowledged",
    { method: "POST", path: `${api}/issues/comments/*/reactions`, when: "before" },
    // What was asked is in the inbox until it is accepted.
    ["nothing"],
  ),
  request("the first rewriting of the body", { ...body, when: "after" }, ["accepted"]),
  request("the status says correcting", { ...status, when: "after" }, ["accepted"]),
  {
    name: "the agent is half-way through the correction",
    last: ["checked out"],
    words: halfWayAgain,
    watch: (lane, task) => () => untilHalfWay(lane, task, 2),
  },
  request("the branch is moved", { ...ref, when: "before" }, ["proved"]),
  request("the branch is moved", { ...ref, when: "after" }, ["proved"]),
  request("the check runs of the correction", { ...checkRuns, when: "after" }, ["PR opened"]),
  request("the body shows both attempts", { ...body, when: "before", nth: 2 }, ["published"]),
  request("the body shows both attempts", { ...body, when: "after", nth: 2 }, ["published"]),
];
