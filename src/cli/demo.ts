import { rm } from "node:fs/promises";
import { openDirectoryArtefacts } from "../adapters/artefacts/directory-artefacts.ts";
import { Evidence } from "../domain/evidence/evidence.ts";
import { defaultPolicy } from "../domain/rules/policy.ts";
import { taskKey } from "../domain/task/task-id.ts";
import { verdictSayings } from "../views/tones.ts";
import type { DemoStory } from "./demo/demo-story.ts";
import { openRoad, type Road } from "./demo/open-road.ts";
import { type DemoExample, demoStories } from "./demo/stories.ts";
import { colours, say } from "./say.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** What `drafthorse demo` may be told. */
type DemoOptions = { once?: boolean; example?: DemoExample };

/** Shows the whole road: a real repository, real git, a real agent process, on a GitHub that lives in this process. */
export async function demo({ once = false, example = "node" }: DemoOptions): Promise<void> {
  const directory = await temporaryDirectory("demo");
  const story = demoStories[example];
  const road = await openRoad(directory, story);
  try {
    await tellStory(road, story);
    if (!once) await untilInterrupted(road);
    say(`\n${whatNext}`);
  } finally {
    await road.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** What somebody who has seen the demo does. */
const whatNext = `Next:
  drafthorse run BRIEF.md --repo DIRECTORY --agent claude   a brief of your own, in a repository of your own
  drafthorse start                                          register the App on GitHub`;

async function tellStory(road: Road, { issue }: DemoStory): Promise<void> {
  const { github, repository } = road;
  const ada = github.github.as("ada");
  say(colours.bold("\nAda opens an issue and labels it agent-task"));
  const opened = await ada.opensIssue(repository, issue);
  say(`  ${opened.url}`);
  await road.attempt(() => ada.labels(opened, defaultPolicy.label));
  await showProof(road, { issueNumber: opened.number, attempt: 1 });

  say(colours.bold("\nAda reviews the draft and comments /retry make it shorter"));
  const pull = openedPull(road);
  await road.attempt(() => ada.comments({ repository, number: pull.number }, "/retry make it shorter"));
  await showProof(road, { issueNumber: opened.number, attempt: 2 });
}

async function showProof(road: Road, { issueNumber, attempt }: { issueNumber: number; attempt: number }) {
  const { github, repository } = road;
  const pull = openedPull(road);
  const key = taskKey({ repositoryId: github.github.repository(repository).id, issueNumber, round: 1 });
  const bytes = await openDirectoryArtefacts(road.dataDir).read(`${key}/evidence-${attempt}.json`);
  if (!bytes) throw new Error("the attempt ended without evidence");
  const { validation, baseline, verdict, tree, checks } = Evidence.parse(
    JSON.parse(Buffer.from(bytes).toString("utf8")),
  );
  const published = await github.github.treeOf(repository, pull.head);
  const kind = pull.draft ? "Draft pull request" : "Pull request";
  say(`  ${kind}: ${colours.cyan(`${github.url}/${repository}/pull/${pull.number}`)}`);
  say(`  Validation \`${validation?.command}\` before: exit code ${baseline?.exit.exitCode}`);
  say(`  Validation \`${validation?.command}\` after:  exit code ${validation?.exit.exitCode}`);
  for (const { name, status, line } of checks)
    if (name === "shown" || name === "proof of test" || name === "criteria")
      say(`  Check ${name} (${status}): ${line}`);
  say(`  Verdict: ${colours.bold(verdictSayings[verdict].words)}`);
  say(`  Tree that was validated: ${tree}`);
  say(`  Tree that is published:  ${published}`);
  if (tree !== published) throw new Error("the published tree is not the validated one");
}

function openedPull({ github, repository }: Road): { number: number; draft: boolean; head: string } {
  const [found] = github.github.pullRequests(repository);
  if (!found?.pull) throw new Error("no pull request was opened");
  return { number: found.number, draft: found.pull.draft, head: found.pull.headSha };
}

async function untilInterrupted({ github, repository, dashboard }: Road): Promise<void> {
  say("\nUntil you press Ctrl-C these stay up:");
  say(`  Dashboard: ${colours.cyan(dashboard)}`);
  say(`  The repository on the double: ${colours.cyan(`${github.url}/${repository}`)}`);
  await new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
}
