/** What `drafthorse COMMAND --help` says below its options. */
export type HelpText = {
  /** Calls that a person is likely to want, each with what it does. */
  examples: [call: string, what: string][];
  /** What each exit code means; 2 is the same everywhere. */
  exits: Record<number, string>;
};

/** The exit code of a call that cannot be used, as Commander and the commands have it. */
const usage = "2  the call cannot be used";

/** By the name of the command. */
export const helpTexts: Record<string, HelpText> = {
  start: {
    examples: [
      ["drafthorse start", "run the App; without an APP_ID it opens the page that registers one"],
      ["ROLE=web drafthorse start", "only receive; workers run elsewhere"],
    ],
    exits: { 0: "told to stop, and stopped in time", 78: "the configuration cannot be used" },
  },
  worker: {
    examples: [["REDIS_URL=redis://queue:6379 drafthorse worker", "take work from a shared queue"]],
    exits: { 0: "told to stop, and stopped in time", 78: "the configuration cannot be used" },
  },
  demo: {
    examples: [
      ["drafthorse demo", "walk the whole road, and leave the pages up"],
      ["drafthorse demo --once", "walk it and end"],
      ["drafthorse demo --example python", "with a repository in Python; it needs python3"],
    ],
    exits: { 0: "the road was walked" },
  },
  run: {
    examples: [
      ["drafthorse run BRIEF.md --agent claude", "work on a brief in this repository"],
      ['drafthorse run BRIEF.md --repo ~/shop --agent "exec:sh ./change.sh"', "with a command as the agent"],
      ["drafthorse run BRIEF.md --json", "for a program that reads the result"],
    ],
    exits: { 0: "passed or needs-attention", 1: "any other verdict, or no change" },
  },
  replay: {
    examples: [
      [
        "gh api /app/hook/deliveries/123 > delivery.json && drafthorse replay delivery.json --change agent/12-slug",
        "what the branch's change gives today",
      ],
      ["drafthorse replay delivery.json --agent 'exec:sh ./change.sh'", "with a command as the agent"],
    ],
    exits: { 0: "passed or needs-attention", 1: "any other verdict, or no change" },
  },
  check: {
    examples: [
      ["drafthorse check BRIEF.md", "against the repository that this directory belongs to"],
      ["drafthorse check BRIEF.md --outsider", "as for an author without write access"],
    ],
    exits: { 0: "the brief is complete", 1: "something is wrong with it" },
  },
  verify: {
    examples: [
      ["drafthorse verify https://github.com/acme/shop/pull/12 --key keys.json", "a pull request"],
      ["drafthorse verify drafthorse-run/evidence.json --repo ~/shop", "what a local run left"],
      [
        "drafthorse verify evidence-1.sigstore.json --key keys.json --again",
        "and run the measurements again",
      ],
    ],
    exits: { 0: "nothing that was looked at fails", 1: "something does not hold" },
  },
  init: {
    examples: [["drafthorse init --repo ~/shop", "write the issue form and a guessed configuration"]],
    exits: { 0: "written, or there already", 1: "something could not be written" },
  },
  protect: {
    examples: [
      ["drafthorse protect acme/shop", "print the ruleset and the command that makes it"],
      ["GITHUB_TOKEN=… drafthorse protect acme/shop --apply", "make it, as an administrator"],
    ],
    exits: { 0: "printed or made", 1: "GitHub refused" },
  },
  "rotate-key": {
    examples: [["drafthorse rotate-key", "sign with a new key from the next start on"]],
    exits: { 0: "made" },
  },
  doctor: {
    examples: [
      ["drafthorse doctor", "this machine and the service"],
      [
        "drafthorse doctor --repo acme/shop --try 'npm test'",
        "and a repository, with its command on the base",
      ],
      ["drafthorse doctor sandbox network", "only these"],
    ],
    exits: { 0: "nothing is wrong", 1: "something is, with its repair" },
  },
  completion: {
    examples: [
      ['eval "$(drafthorse completion bash)"', "in ~/.bashrc; zsh alike in ~/.zshrc"],
      ["drafthorse completion fish > ~/.config/fish/completions/drafthorse.fish", "once, for fish"],
    ],
    exits: { 0: "printed" },
  },
};

/** The text as it is printed: calls above what they do, then the exit codes. */
export function renderHelp({ examples, exits }: HelpText): string {
  const calls = examples.map(([call, what]) => `  ${call}\n      ${what}`);
  const codes = Object.entries(exits).map(([code, what]) => `  ${code.padEnd(2)} ${what}`);
  return ["", "Examples:", ...calls, "", "Exit codes:", ...codes, `  ${usage}`].join("\n");
}
