import { z } from "zod";
import { isTame } from "../paths/find-glob.ts";
import { classes } from "../task/brief.ts";
import { Limits } from "./limits.ts";

/** Where a repository keeps its configuration; it is read from the default branch alone. */
export const repositoryFilePath = ".github/drafthorse.yml";

/** A path or glob from the repository's root. */
const Glob = z
  .string()
  .min(1)
  .max(300)
  .regex(
    /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\\!][^\\]*$/,
    "must be a path or glob from the repository's root",
  )
  .refine(isTame, "has more wildcards than can be compared with every path")
  .describe("a path or glob from the repository's root, such as `src/**`; no `..`, no backslash, no `!`");

const Minutes = z.number().positive().max(1_440);
const CommandLine = z.string().trim().min(1).max(1_000);

/** A host by its exact name: a wildcard would let a command reach what nobody thought of. */
export const Host = z
  .string()
  .regex(/^(?=.{1,253}$)[a-z\d-]+(?:\.[a-z\d-]+)+(?::\d{1,5})?$/i, "must be the exact name of a host")
  .describe("the exact name of a host, such as `registry.npmjs.org`");

const Environment = z
  .record(
    z.string().regex(/^[A-Za-z_]\w*$/, "must be the name of an environment variable"),
    z.union([z.string(), z.number(), z.boolean()]).transform(String),
  )
  .describe(
    "environment variables by name, such as `NODE_ENV: test`; never secrets, the file is public to readers",
  );

/** What has to happen before a command of the repository means anything. */
export const Setup = z
  .strictObject({
    run: CommandLine.describe("one command line that installs what is needed, such as `npm ci`"),
    hosts: z.array(Host).optional().describe("hosts that it may reach; guessed from the lockfile if absent"),
    env: Environment.optional(),
    cache: z.array(Glob).optional().describe("paths whose content is kept for the next set-up"),
  })
  .describe("what runs before the agent and in every clean checkout");
export type Setup = z.infer<typeof Setup>;

const Validation = z
  .strictObject({
    allow: z
      .array(CommandLine)
      .optional()
      .describe(
        "commands that people without write access may have run; ` *` at the end allows further words",
      ),
    network: z
      .union([z.literal("none"), z.array(Host).min(1)])
      .optional()
      .describe("`none` (the default), or a list of exact hosts that validation may reach"),
    timeout: Minutes.optional().describe("minutes that one run of the validation command may take"),
    env: Environment.optional(),
  })
  .describe("how the brief's validation command is run");

const Paths = z
  .strictObject({
    protected: z
      .array(Glob)
      .optional()
      .describe("paths that no agent may change; what it changed there is put back"),
    ignore: z.array(Glob).optional().describe("paths that are left out of scope and size"),
    classes: z
      .partialRecord(z.enum(classes), z.array(Glob))
      .optional()
      .describe(
        "which paths belong to a class, such as `auth: [src/auth/**]`; a class that is left out keeps its own",
      ),
  })
  .describe("what the paths of the repository mean");

/** One part of a repository with commands of its own. */
export const Project = z
  .strictObject({
    paths: z.array(Glob).min(1).describe("the paths of the project, such as `packages/api/**`"),
    setup: Setup.optional(),
    validate: CommandLine.optional().describe("the command that proves work on this project"),
  })
  .describe("a part of the repository that is set up and validated on its own");
export type Project = z.infer<typeof Project>;

const Reviewer = z
  .string()
  .regex(/^@?[a-z\d](?:[a-z\d-]*[a-z\d])?(?:_[a-z\d]+)?(?:\/[\w.-]+)?$/i, "must be a login or a team")
  .transform((login) => login.replace(/^@/, ""))
  .describe("a login such as `ada`, or a team such as `acme/web`");

const AgentName = z.string().regex(/^[\w.-]{1,60}$/, "must be the name of an agent");

/** The configuration of a repository, `.github/drafthorse.yml` (SPEC section 13). */
export const RepositoryFile = z
  .strictObject({
    label: z
      .string()
      .trim()
      .min(1)
      .max(50)
      .describe("the label that hands an issue over; `agent-task` if absent"),
    base: z
      .string()
      .min(1)
      .max(250)
      .describe("the branch that work starts from; the default branch if absent"),
    agent: z
      .union([AgentName, z.array(AgentName).min(1)])
      .describe("the name of an agent of the operator's, or several in the order in which they are tried"),
    setup: z
      .union([z.literal("none"), Setup])
      .describe(
        "what runs before the agent and in every clean checkout; guessed from the repository's files if absent, and `none` means none",
      ),
    validation: Validation,
    limits: Limits.partial().describe(
      "bounds of the work here; above the operator's ceilings they have no effect",
    ),
    paths: Paths,
    approval: z
      .partialRecord(z.enum(classes), z.enum(["allow", "ask", "never"]))
      .describe("what a change may touch, by class: `allow`, `ask` or `never`"),
    reviewers: z.array(Reviewer).describe("who reviews where the brief names nobody"),
    bots: z
      .array(z.number().int().positive())
      .describe(
        "Apps by their ids, whose bots may ask as people with write access may; all others are ignored",
      ),
    sensitive: z
      .enum(["independent", "owner"])
      .describe("whether the reviewer of sensitive work must be someone else than the one who asks"),
    signOff: z
      .enum(["owner", "writer", "independent"])
      .describe("whose approval turns `drafthorse/approval` green"),
    draft: z.enum(["require", "prefer"]).describe("what to do where GitHub refuses draft pull requests"),
    rebase: z
      .enum(["never", "before-review"])
      .describe(
        "what to do where the base moved while the agent worked: `before-review` proves the change on the new base, where it merges",
      ),
    overlap: z
      .enum(["hold", "allow"])
      .describe(
        "what to do with a task whose scope overlaps with that of an earlier one, up to its pull request's end: `hold` it, or `allow` both at once",
      ),
    protection: z
      .enum(["warn", "require", "ignore"])
      .describe("what to do where the base branch does not require reviews and our check"),
    duplicates: z
      .enum(["warn", "refuse"])
      .describe("what to do where an open pull request closes the issue already: name it, or hold the task"),
    projects: z
      .array(Project)
      .describe("the parts of a monorepo; the first that holds a task's whole scope counts"),
  })
  .partial()
  .describe("The configuration of a repository for Drafthorse, read from the default branch only.");
export type RepositoryFile = z.infer<typeof RepositoryFile>;
