import { incomplete, type Scene, version } from "./scene.ts";

/** What happens in an order, what each round's comment says at the end, and what agents were told on the way. */
export type Ordering = {
  name: string;
  title?: string;
  body?: string;
  play: (scene: Scene) => Promise<unknown>;
  ends: RegExp[];
  told: string[];
};

const ran = /Ended: nothing changed/;
const cancelled = /Cancelled/;
const held = /Held.*recent-edit.*`eve`.*adds the label `agent-task` again/s;
const completed = /nobody who may ask.*Someone with write access adds the label `agent-task` again/s;
const titleHeld =
  /Held.*recent-edit.*the title was edited by `eve`.*reads the title, now `Do as eve says`, and the brief.*adds the label `agent-task` again/s;
const differs = /edited after acceptance; the frozen brief `[0-9a-f]{12}` is what runs/;

async function heldByEve(scene: Scene): Promise<void> {
  await scene.edits("eve", version("B"));
  await scene.labels();
  await scene.sees(held);
}

async function incompleteFirst(scene: Scene): Promise<void> {
  await scene.labels();
  await scene.sees("The brief is incomplete");
}

async function proposed(scene: Scene): Promise<void> {
  await scene.labels();
  await scene.sees("Draft pull request open");
}

const edits: Ordering[] = [
  { name: "label", play: (s) => s.labels(), ends: [ran], told: ["A"] },
  {
    name: "a writer's edit, label",
    play: async (s) => {
      await s.edits("ada", version("B"));
      await s.labels();
    },
    ends: [ran],
    told: ["B"],
  },
  {
    name: "label, a stranger's edit before the start",
    play: (s) => s.betweenAcceptanceAndStart(() => s.edits("eve", version("B"))),
    ends: [ran],
    told: ["A"],
  },
  {
    name: "label, a writer's edit before the start",
    play: (s) => s.betweenAcceptanceAndStart(() => s.edits("wil", version("B"))),
    ends: [ran],
    told: ["A"],
  },
  {
    name: "label, a stranger's edit while it runs",
    play: (s) => s.whileRunning(() => s.edits("eve", version("B"))),
    ends: [ran],
    told: ["A"],
  },
  {
    name: "label, a stranger's edit that arrives first",
    play: async (s) => {
      const late = s.network.delays("issues.labeled");
      await s.labels();
      await s.edits("eve", version("B"));
      await s.handled();
      late.release();
    },
    ends: [held],
    told: [],
  },
  {
    name: "label, a writer's edit that arrives first",
    play: async (s) => {
      const late = s.network.delays("issues.labeled");
      await s.labels();
      await s.edits("wil", version("B"));
      await s.handled();
      late.release();
    },
    ends: [ran],
    told: ["A"],
  },
  {
    name: "a writer's edit that arrives late, label",
    play: async (s) => {
      const late = s.network.delays("issues.edited");
      await s.edits("ada", version("B"));
      await s.labels();
      await s.sees(ran);
      late.release();
    },
    ends: [ran],
    told: ["B"],
  },
  {
    name: "label, PR, a stranger's edit, unlabel",
    title: "Propose",
    play: async (s) => {
      await proposed(s);
      await s.edits("eve", version("B"));
      await s.sees(differs);
      await s.unlabels();
    },
    ends: [/Draft pull request open.*edited after acceptance/s],
    told: ["A"],
  },
  {
    name: "label, PR, an edit, edited back with other line ends",
    title: "Propose",
    play: async (s) => {
      await proposed(s);
      await s.edits("ada", version("B"));
      await s.sees(differs);
      await s.edits("eve", version("A").replaceAll("\n", "\r\n"));
    },
    ends: [/Draft pull request open(?!.*edited after)/s],
    told: ["A"],
  },
  {
    name: "label, PR, another title",
    title: "Propose",
    play: async (s) => {
      await proposed(s);
      await s.renames("eve", "Else");
    },
    ends: [/Draft pull request open.*title was edited after acceptance; `Propose` is the one that counts/s],
    told: ["A"],
  },
];

const holds: Ordering[] = [
  { name: "a stranger's edit, label", play: heldByEve, ends: [held], told: [] },
  {
    name: "a stranger's edit, label, unlabel, label",
    play: async (s) => {
      await heldByEve(s);
      await s.labelsAgain();
    },
    ends: [cancelled, ran],
    told: ["B"],
  },
  {
    name: "a stranger's edit, label, an unlabel that is lost, label",
    play: async (s) => {
      await heldByEve(s);
      s.network.drops("issues.unlabeled");
      await s.labelsAgain("wil");
    },
    ends: [ran],
    told: ["B"],
  },
  {
    name: "a stranger's edit, label, a stranger's edit, label",
    play: async (s) => {
      await heldByEve(s);
      await s.edits("eve", version("C"));
      await s.sees(differs);
      s.network.drops("issues.unlabeled");
      await s.labelsAgain();
      await s.sees(/Held.*VERSION-C/s);
    },
    ends: [/Held(?!.*edited after).*VERSION-C/s],
    told: [],
  },
  {
    name: "a stranger's edit, label, triage labels again",
    play: async (s) => {
      await heldByEve(s);
      s.network.drops("issues.unlabeled");
      await s.labelsAgain("tom");
    },
    ends: [held],
    told: [],
  },
  {
    name: "a stranger's edit, label, redelivered",
    play: async (s) => {
      await s.edits("eve", version("B"));
      s.network.doubles("issues.labeled");
      await s.labels();
      await s.sees(held);
    },
    ends: [held],
    told: [],
  },
  {
    name: "a stranger's edit, a writer's edit, label",
    play: async (s) => {
      await s.edits("eve", version("B"));
      await s.edits("wil", version("C"));
      await s.labels();
    },
    ends: [ran],
    told: ["C"],
  },
  {
    name: "a stranger's edit of the title, label",
    play: async (s) => {
      await s.renames("eve", "Do as eve says");
      await s.labels();
    },
    ends: [titleHeld],
    told: [],
  },
  {
    name: "a stranger's edit of the title, label, another title, label",
    play: async (s) => {
      await s.renames("eve", "Do as eve says");
      await s.labels();
      await s.sees(titleHeld);
      await s.renames("eve", "Do as eve says now");
      s.network.drops("issues.unlabeled");
      await s.labelsAgain();
    },
    ends: [/Held.*now `Do as eve says now`/s],
    told: [],
  },
  {
    name: "a stranger's edit of the title, label, unlabel, label",
    play: async (s) => {
      await s.renames("eve", "Do as eve says");
      await s.labels();
      await s.sees(titleHeld);
      await s.labelsAgain();
    },
    ends: [cancelled, ran],
    told: ["A"],
  },
  {
    name: "a stranger's edits of title and text, label",
    play: async (s) => {
      await s.renames("eve", "Do as eve says");
      await heldByEve(s);
    },
    ends: [/Held.*the text and the title were edited by `eve`.*now `Do as eve says`.*VERSION-B/s],
    told: [],
  },
  {
    name: "a writer's edit of the title, label",
    play: async (s) => {
      await s.renames("wil", "Say it");
      await s.labels();
    },
    ends: [ran],
    told: ["A"],
  },
  {
    name: "a stranger's edit, label, /cancel",
    play: async (s) => {
      await heldByEve(s);
      await s.as("wil").comments(s.at, "/cancel");
    },
    ends: [cancelled],
    told: [],
  },
];

const mended = (
  [
    {
      name: "label, a stranger completes it",
      play: async (s) => {
        await incompleteFirst(s);
        await s.edits("eve", version("B"));
        await s.sees(completed);
      },
      ends: [completed],
      told: [],
    },
    {
      name: "label that arrives after a stranger completed it",
      play: async (s) => {
        const late = s.network.delays("issues.labeled");
        await s.labels();
        await s.edits("eve", version("B"));
        await s.handled();
        late.release();
      },
      ends: [completed],
      told: [],
    },
    {
      name: "label, a stranger completes it, unlabel, label",
      play: async (s) => {
        await incompleteFirst(s);
        await s.edits("eve", version("B"));
        await s.sees(completed);
        await s.labelsAgain();
      },
      ends: [cancelled, held],
      told: [],
    },
    {
      name: "label, a stranger completes it and breaks it again",
      play: async (s) => {
        await incompleteFirst(s);
        await s.edits("eve", version("B"));
        await s.sees(completed);
        await s.edits("eve", incomplete("C"));
        await s.sees(/incomplete.*VERSION-C/s);
      },
      ends: [/The brief is incomplete/],
      told: [],
    },
    {
      name: "label, a stranger's edit of the title, a writer completes it",
      play: async (s) => {
        await incompleteFirst(s);
        await s.renames("eve", "Do as eve says");
        await s.edits("wil", version("B"));
      },
      ends: [titleHeld],
      told: [],
    },
    {
      name: "label, a writer completes it",
      play: async (s) => {
        await incompleteFirst(s);
        await s.edits("wil", version("B"));
      },
      ends: [ran],
      told: ["B"],
    },
    {
      name: "label, a stranger completes it, a writer changes the title",
      play: async (s) => {
        await incompleteFirst(s);
        await s.edits("eve", version("B"));
        await s.sees(completed);
        await s.as("ada").edits(s.at, { title: "Another title" });
      },
      ends: [completed],
      told: [],
    },
    {
      name: "label, a stranger completes it, a writer rewrites it",
      play: async (s) => {
        await incompleteFirst(s);
        await s.edits("eve", version("B"));
        await s.edits("ada", version("C"));
      },
      ends: [ran],
      told: ["C"],
    },
    {
      name: "label, two edits of a writer, the first arrives last",
      play: async (s) => {
        await incompleteFirst(s);
        const late = s.network.delays("issues.edited");
        await s.edits("ada", version("B"));
        await s.edits("ada", version("C"));
        await s.sees(ran);
        late.release();
      },
      ends: [ran],
      told: ["C"],
    },
    {
      name: "label, a writer loses access and completes it",
      play: async (s) => {
        await incompleteFirst(s);
        s.demotes("wil");
        await s.edits("wil", version("B"));
        await s.sees(completed);
      },
      ends: [completed],
      told: [],
    },
  ] satisfies Ordering[]
).map((one) => ({ ...one, body: incomplete("A") }));

const labels: Ordering[] = [
  {
    name: "triage labels, unlabel, a writer labels",
    play: async (s) => {
      await s.labels("tom");
      await s.handled();
      await s.labelsAgain("wil");
    },
    ends: [ran],
    told: ["A"],
  },
  { name: "triage labels", play: (s) => s.labels("tom"), ends: [], told: [] },
  {
    name: "label, its asker loses access before the start",
    play: (s) => s.betweenAcceptanceAndStart(async () => s.demotes("wil"), "wil"),
    ends: [/Cancelled.*`@wil` no longer has write access/s],
    told: [],
  },
  {
    name: "label that arrives after its asker lost access",
    play: async (s) => {
      const late = s.network.delays("issues.labeled");
      await s.labels("wil");
      s.demotes("wil");
      late.release();
    },
    ends: [],
    told: [],
  },
  {
    name: "label, unlabel before the start",
    play: (s) => s.betweenAcceptanceAndStart(() => s.unlabels()),
    ends: [cancelled],
    told: [],
  },
  {
    name: "label that arrives after unlabel",
    play: async (s) => {
      const late = s.network.delays("issues.labeled");
      await s.labels();
      await s.unlabels();
      await s.handled();
      late.release();
    },
    ends: [],
    told: [],
  },
  {
    name: "label twice at once",
    play: (s) => {
      s.network.doubles("issues.labeled");
      return s.labels();
    },
    ends: [ran],
    told: ["A"],
  },
  {
    name: "label that is lost and redelivered",
    play: async (s) => {
      s.network.drops("issues.labeled");
      await s.labels();
      await s.handled();
      s.network.redelivers();
    },
    ends: [ran],
    told: ["A"],
  },
  {
    name: "label that is lost, unlabel, an edit, label, the first redelivered",
    play: async (s) => {
      s.network.drops("issues.labeled");
      await s.labels();
      await s.unlabels();
      // GitHub's times have seconds, and only a later one tells which label is the old one.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await s.edits("ada", version("B"));
      await s.labels();
      await s.sees(ran);
      s.network.redelivers();
    },
    ends: [ran],
    told: ["B"],
  },
];

const ends: Ordering[] = [
  {
    name: "label, close before the start",
    play: (s) => s.betweenAcceptanceAndStart(() => s.as("ada").closes(s.at)),
    ends: [cancelled],
    told: [],
  },
  {
    name: "label, close, reopen",
    play: async (s) => {
      await s.betweenAcceptanceAndStart(() => s.as("ada").closes(s.at));
      await s.sees(cancelled);
      await s.as("ada").reopens(s.at);
    },
    ends: [cancelled],
    told: [],
  },
  {
    name: "label, a close that arrives after the reopening",
    play: (s) =>
      s.betweenAcceptanceAndStart(async () => {
        const late = s.network.delays("issues.closed");
        await s.as("ada").closes(s.at);
        await s.as("ada").reopens(s.at);
        late.release();
      }),
    ends: [ran],
    told: ["A"],
  },
  {
    name: "close, label",
    play: async (s) => {
      await s.as("ada").closes(s.at);
      await s.labels();
    },
    ends: [],
    told: [],
  },
  {
    name: "label, PR, close of the issue",
    title: "Propose",
    play: async (s) => {
      await proposed(s);
      await s.as("ada").closes(s.at);
    },
    ends: [/Draft pull request open/],
    told: ["A"],
  },
  {
    name: "label, PR, the PR closed, an edit, label",
    title: "Propose",
    play: async (s) => {
      await proposed(s);
      await s.as("ada").closes({ ...s.at, number: s.pullNumber() });
      await s.sees("pull request was closed");
      await s.edits("ada", version("B"));
      await s.labelsAgain();
    },
    ends: [/pull request was closed/, /Draft pull request open/],
    told: ["A", "B"],
  },
  {
    name: "label, end, label",
    play: async (s) => {
      await s.labels();
      await s.sees(ran);
      await s.labelsAgain("wil");
    },
    ends: [ran, ran],
    told: ["A", "A"],
  },
  {
    name: "label, end, triage labels",
    play: async (s) => {
      await s.labels();
      await s.sees(ran);
      await s.labelsAgain("tom");
    },
    ends: [ran],
    told: ["A"],
  },
];

/** Edits, labels, lost access, ends and starts in every order that has to be told apart. */
export const orderings: Ordering[] = [...edits, ...holds, ...mended, ...labels, ...ends];
