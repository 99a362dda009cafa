#!/usr/bin/env node
import { Argument, Command, CommanderError, Option } from "commander";
import { ownVersion } from "../adapters/host/own-version.ts";
import { widenUmask } from "../adapters/host/widen-umask.ts";
import { systemNotice } from "../domain/host/supported-system.ts";
import { describeSystemError } from "../domain/host/system-error.ts";
import { withoutStop } from "../domain/text/full-stop.ts";
import { completion } from "./completion.ts";
import { demoExamples } from "./demo/stories.ts";
import { helpTexts, renderHelp } from "./help-texts.ts";
import { shells } from "./render-completion.ts";
import { UsageError, usageExit } from "./usage-error.ts";

const program = new Command("drafthorse")
  .description("Turns a labelled issue into a draft pull request whose every claim was measured.")
  .version(ownVersion)
  .exitOverride()
  .hook("preAction", (_, command) => {
    refuseUnsupported(command.name());
    widenUmask();
  });

program
  .command("start")
  .description("run the App as .env says (ROLE=all, web or worker)")
  .action(async () => (await import("./start.ts")).start());

program
  .command("worker")
  .description("run only a worker; the same as ROLE=worker")
  .action(async () => (await import("./start.ts")).start({ ROLE: "worker" }));

program
  .command("demo")
  .description("show the whole road on this machine, without GitHub, a model or a server")
  .option("--once", "end when the road was walked, instead of leaving the pages up")
  .addOption(
    new Option("--example <language>", "what the repository is written in")
      .choices(demoExamples)
      .default("node"),
  )
  .action(async (options) => (await import("./demo.ts")).demo(options));

program
  .command("run")
  .description("work on a brief in a local repository; the result is a branch, evidence.json and body.md")
  .argument("<brief>", "a Markdown file with the brief")
  .option("--repo <directory>", "the repository", ".")
  .option("--out <directory>", "where the evidence goes", "drafthorse-run")
  .option("--agent <command>", "overrides AGENT: a command that speaks ACP, or exec: and a command line")
  .option("--json", "print the result as JSON")
  .action(async (brief, options) => (await import("./run.ts")).run(brief, options));

program
  .command("replay")
  .description("take the delivery of a label through the recipes again, with a fake agent and without GitHub")
  .argument("<delivery>", "a delivery of `issues` with the action `labeled`, as JSON")
  .option("--repo <directory>", "a clone of the repository; only a copy of it is worked on", ".")
  .option("--change <commit>", "the agent is a fake that applies what this commit or branch changes")
  .option("--agent <command>", "the agent is this: a command that speaks ACP, or exec: and a command line")
  .option("--base <commit>", "where the base branch stood (default: where the change left it)")
  .option("--out <directory>", "where the evidence goes", "drafthorse-replay")
  .option("--json", "print the result as JSON")
  .action(async (delivery, options) => (await import("./replay.ts")).replay(delivery, options));

program
  .command("check")
  .description("judge a brief as acceptance would; exit code 1 if anything is wrong with it")
  .argument("<brief>", "a Markdown file with the brief")
  .option("--repo <directory>", "the repository at whose base commit names are looked up (default: this one)")
  .option("--actor <login>", "who will ask for the work; sensitive work wants someone else to review it")
  .option("--outsider", "judge as for an author without write access: `validation.allow` counts")
  .option("--json", "print the problems as a JSON array")
  .action(async (brief, options) => (await import("./check.ts")).check(brief, options));

program
  .command("verify")
  .description(
    "hold a pull request's evidence against its signature, the repository, logs and history; exit code 1 if anything fails",
  )
  .argument("<what>", "a pull request's address, or evidence.sigstore.json, evidence.json or history.jsonl")
  .option("--key <file>", "the server's keys.json, or its public key in PEM")
  .option(
    "--again",
    "run validation, baseline, proof of test and base tests again, in this machine's sandbox",
  )
  .option("--repo <directory>", "a clone that has the agent's branch: trees, files and commit are recomputed")
  .option("--log <file...>", "logs that do not lie beside the evidence, under their own names")
  .option("--json", "print every statement as a JSON array")
  .action(async (what, options) => (await import("./verify.ts")).verify(what, options));

program
  .command("init")
  .description("write the issue form and a configuration guessed from the repository")
  .option("--repo <directory>", "the repository", ".")
  .option("--force", "overwrite files that are there")
  .option("--json", "print the result as JSON")
  .action(async (options) => (await import("./init.ts")).init(options));

program
  .command("protect")
  .description("print, or with --apply make, a ruleset of GitHub that requires a review and our check")
  .argument("<repository>", "the repository on GitHub, as OWNER/NAME")
  .option("--branch <name>", "the branch that work is merged into (default: the repository's default branch)")
  .option("--app <id>", "the App's id (default: APP_ID)")
  .option("--apply", "make it, with GITHUB_TOKEN: an administrator's own token")
  .option("--json", "print the ruleset, or what was made, as JSON")
  .action(async (repository, options) => (await import("./protect.ts")).protect(repository, options));

program
  .command("rotate-key")
  .description("make a new key for what the server signs; the old one's public half stays known")
  .option("--json", "print the new public key as JSON")
  .action(async (options) => (await import("./rotate-key.ts")).rotateKey(options));

program
  .command("doctor")
  .description(
    "look at all that Drafthorse needs, and say what is wrong and how to mend it; exit code 1 if anything is",
  )
  .argument("[checks...]", "only these checks, such as `sandbox network` (docs/doctor.md lists them)")
  .option("--repo <repository>", "look at a repository on GitHub too, as OWNER/NAME")
  .option("--ping", "let GitHub deliver its last delivery again, and wait for what comes of it")
  .option("--prompt", "put one small order to each agent; it costs money")
  .option("--try <command>", "run set-up and this command on the repository's base, in the sandbox")
  .option("--json", "print the findings as JSON")
  .action(async (checks, options) => (await import("./doctor.ts")).doctor(checks, options));

program
  .command("completion")
  .description("print what a shell evaluates to complete commands and options")
  .addArgument(new Argument("<shell>", "your shell").choices(shells))
  .action((shell) => completion(shell, program));

for (const command of program.commands) {
  const help = helpTexts[command.name()];
  if (help) command.addHelpText("after", renderHelp(help));
}
program.addHelpText(
  "after",
  `
Start here:
    drafthorse demo --once                   see the whole road on this machine
    drafthorse run BRIEF.md --agent claude   work on a brief in a repository of yours
    drafthorse start                         register the App on GitHub, and run it

Examples and exit codes: drafthorse COMMAND --help. Guides: docs/ of the package.`,
);

for (const command of [program, ...program.commands])
  command.configureOutput({
    outputError: (text, write) => write(usageLine(text, command === program ? "" : `${command.name()} `)),
  });

// Whoever reads the output may have seen enough of it, as `head` does.
process.stdout.on("error", () => process.exit());

program.parseAsync().catch((error: unknown) => {
  process.exitCode = exitCodeOf(error);
  // Commander has told its own already.
  if (!(error instanceof CommanderError)) complain(sentenceOf(error));
});

/** Says what is not supported on this machine; a command that cannot go on there ends. */
function refuseUnsupported(command: string): void {
  const notice = systemNotice(command, process);
  if (notice?.refused) throw new Error(notice.sentence);
  if (notice) complain(notice.sentence);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  return error instanceof CommanderError || error instanceof UsageError ? usageExit : 1;
}

function sentenceOf(error: unknown): string {
  const what = describeSystemError(error);
  if (what !== undefined) return `${what}.`;
  return error instanceof Error ? error.message : String(error);
}

function complain(sentence: string): void {
  process.stderr.write(`drafthorse: ${sentence}\n`);
}

/** Commander's words in one line: `error: unknown option '--jsno'`, and the nearest one in a line of its own. */
function usageLine(text: string, command: string): string {
  const line = text.trim().replace(/^error: /, "");
  const [what = "", meant = ""] = line.split(/\n(?=\(Did you mean )/);
  const question = meant.replace(/^\(|\)$/g, "");
  const parts = [withoutStop(what), question, `See \`drafthorse ${command}--help\`.`];
  return `drafthorse: ${parts
    .filter(Boolean)
    .map((part) => (/[.?]$/.test(part) ? part : `${part}.`))
    .join(" ")}\n`;
}
