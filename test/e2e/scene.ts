import { issue as story } from "../../src/cli/demo/demo-story.ts";
import type { Gate } from "../../src/double/gate.ts";
import type { Issue } from "../../src/double/model.ts";
import type { Opened, Person } from "../../src/double/person.ts";
import type { Town } from "./town.ts";

/** The complete brief of one version; the scripted agent repeats the version that it was told. */
export function version(name: string): string {
  return story.body
    .replace(/### Goal\n\n.*\n/, `### Goal\n\nBuild VERSION-${name} of it, and no other.\n`)
    .replace("\nnpm test\n", "\nnode --version\n");
}

/** The same without its validation command. */
export function incomplete(name: string): string {
  return version(name).replace(/### Validation command.*?```\n\n/s, "");
}

const versions = ["A", "B", "C"];

/** Agents that say what they were told; those of proposals also leave a change. */
export const turns = versions.flatMap((name) => {
  const say = { say: `I was told ${name}.` };
  const write = { write: { path: "src/new.js", text: `export const version = "${name}";\n` } };
  return [
    { when: `# Task: Propose[\\s\\S]*VERSION-${name}`, steps: [write, say] },
    { when: `VERSION-${name}`, steps: [say] },
  ];
});

/** Lets a stranger's issue name its validation command. */
const configuration = "validation:\n  allow: [node --version]\n";

let scenes = 0;

/** One issue in a repository of its own, and what people and the network do to it. */
export class Scene {
  readonly #town: Town;
  readonly repository: string;
  readonly at: Opened;

  private constructor(town: Town, at: Opened) {
    this.#town = town;
    this.at = at;
    this.repository = at.repository;
  }

  /** A stranger opens an issue in a new repository of a new owner, so that no scene has to wait for another's limits. */
  static async open(town: Town, { title = "Say", body = version("A") } = {}): Promise<Scene> {
    scenes += 1;
    const { github } = town.double;
    const repository = await github.createRepository({
      owner: `owner-${scenes}`,
      name: "shop",
      files: {
        ".github/drafthorse.yml": configuration,
      },
      collaborators: { ada: "admin", mai: "maintain", wil: "write", tom: "triage", eve: "read" },
    });
    return new Scene(town, await github.as("eve").opensIssue(repository, { title, body }));
  }

  as(login: string): Person {
    return this.#town.double.github.as(login);
  }

  async labels(by = "ada"): Promise<void> {
    await this.as(by).labels(this.at, "agent-task");
  }

  async unlabels(by = "ada"): Promise<void> {
    await this.as(by).unlabels(this.at, "agent-task");
  }

  async edits(by: string, body: string): Promise<void> {
    await this.as(by).edits(this.at, { body });
  }

  async renames(by: string, title: string): Promise<void> {
    await this.as(by).edits(this.at, { title });
  }

  /** Takes a person's write access away. */
  demotes(login: string): void {
    this.#town.double.github.setCollaborator(this.repository, login, "read");
  }

  handled(): Promise<void> {
    return this.#town.handled();
  }

  /** What happens to the next deliveries of an event. */
  get network() {
    const { faults } = this.#town.double;
    return {
      delays: (event: string): Gate => faults.delayDeliveries({ event }),
      drops: (event: string): void => faults.dropDeliveries({ event }),
      doubles: (event: string): void => faults.doubleDeliveries({ event }),
      /** Sends the oldest lost delivery of this scene again. */
      redelivers: (): void => {
        const id = this.#town.double.github.repository(this.repository).id;
        const lost = this.#town.double.github
          .deliveries()
          .findLast(({ repository_id, status_code }) => repository_id === id && status_code === 504);
        if (!lost || !this.#town.double.github.redeliver(lost.id)) throw new Error("nothing was lost");
      },
    };
  }

  /** Labels, and acts when the task is accepted and not yet started. */
  async betweenAcceptanceAndStart(act: () => Promise<unknown>, by = "ada"): Promise<void> {
    const path = `/repos/${this.repository}/issues/${this.at.number}/reactions`;
    const accepted = this.#town.double.faults.holdRequests({ method: "POST", path, when: "after" });
    await this.labels(by);
    await accepted.hit;
    await act();
    accepted.release();
  }

  /** Labels, and acts when the attempt has started. */
  async whileRunning(act: () => Promise<unknown>): Promise<void> {
    const path = `/repos/${this.repository}/issues/comments/*`;
    const running = this.#town.double.faults.holdRequests({ method: "PATCH", path, when: "after" });
    await this.labels();
    await running.hit;
    await act();
    running.release();
  }

  /** Takes the label off and puts it on again. */
  async labelsAgain(by = "ada"): Promise<void> {
    await this.unlabels(by);
    await this.handled();
    await this.labels(by);
  }

  get issue(): Issue {
    return this.#town.issue(this.at);
  }

  /** The status comments, one for each round; throws if a round has more than one. */
  statuses(): string[] {
    const ours = this.issue.comments.filter(({ author }) => author.type === "Bot");
    const bodies = ours.map(({ body }) => body);
    const rounds = bodies.map((body) => /<!-- drafthorse:status \d+\/\d+\/(?<round>\d+) -->/.exec(body));
    const numbers = rounds.map((match) => Number(match?.groups?.round));
    if (numbers.some((number, index) => number !== index + 1))
      throw new Error(`the comments are of the rounds ${numbers}`);
    return bodies;
  }

  /** Waits until the comment of a round, the last one unless told, says so. */
  async sees(words: string | RegExp, round = 0): Promise<void> {
    const says = (): boolean => new RegExp(words).test(this.statuses().at(round - 1) ?? "");
    await this.#town.until(says, () => `the comment never said ${words}:\n${this.statuses().join("\n\n")}`);
    await this.handled();
  }

  /** Every version that an agent was told, in the order of the rounds. */
  told(): string[] {
    const pulls = this.#town.double.github.pullRequests(this.repository).map(({ body }) => body ?? "");
    const texts = [...this.statuses(), ...pulls].join("\n");
    return [...texts.matchAll(/I was told (?<name>\w)/g)].map((match) => match.groups?.name ?? "");
  }

  pullNumber(): number {
    const [pull] = this.#town.double.github.pullRequests(this.repository);
    if (!pull) throw new Error("there is no pull request");
    return pull.number;
  }

  reactions(): string[] {
    return this.issue.reactions.map(({ content }) => content);
  }
}
