import type { Brief } from "../task/brief.ts";
import { defaultTreeLimits, type Limits, lowerOf } from "./limits.ts";
import type { Project, RepositoryFile, Setup } from "./repository-file.ts";

/** The rules that hold for a repository: the operator's, and within their ceilings its own (SPEC section 13). */
export type Policy = {
  label: string;
  base?: string;
  /** `known` are the names that a brief may give; `order` are those that are tried, the first first. */
  agents: { known: string[]; order: string[] };
  /** `none` switches the guess off that is made where this is absent. */
  setup?: Setup | "none";
  /** `timeoutMinutes` bounds one run of the command. */
  validation: {
    allow: string[];
    network: "none" | string[];
    timeoutMinutes: number;
    env: Record<string, string>;
  };
  limits: Limits;
  paths: {
    protected: string[];
    ignore: string[];
    classes: NonNullable<RepositoryFile["paths"]>["classes"] & object;
  };
  approval: NonNullable<RepositoryFile["approval"]>;
  reviewers: string[];
  /** Apps whose bots may ask, by id. */
  bots: number[];
  sensitive: NonNullable<RepositoryFile["sensitive"]>;
  signOff: NonNullable<RepositoryFile["signOff"]>;
  draft: NonNullable<RepositoryFile["draft"]>;
  protection: NonNullable<RepositoryFile["protection"]>;
  duplicates: NonNullable<RepositoryFile["duplicates"]>;
  rebase: NonNullable<RepositoryFile["rebase"]>;
  overlap: NonNullable<RepositoryFile["overlap"]>;
  /** Attempts at once in all repositories of one installation; no bound if absent. */
  concurrentPerInstallation?: number;
  projects: Project[];
};

/**
 * Whatever a configuration says: no agent writes its own rules or those of the review, hides files from the diff, changes
 * where objects are fetched from, or writes workflows, which GitHub refuses an App without the permission `workflows`.
 */
export const alwaysProtected = [
  "**/{AGENTS,AGENTS.override,CLAUDE,CLAUDE.local,GEMINI}.md",
  "**/{.claude,.codex,.gemini,.opencode,.cursor}/**",
  "**/.mcp.json",
  "**/{.cursorrules,.windsurfrules,.clinerules,.aider.conf.yml}",
  "{opencode.json,opencode.jsonc}",
  ".github/{copilot-instructions.md,instructions/**,agents/**}",
  ".github/workflows/**",
  ".github/drafthorse.yml",
  "{CODEOWNERS,.github/CODEOWNERS,docs/CODEOWNERS}",
  "**/.gitattributes",
  "{.gitmodules,.lfsconfig}",
];

/** What holds where nobody says otherwise: the defaults of SPEC sections 7, 8 and 10. */
export const defaultPolicy: Policy = {
  label: "agent-task",
  agents: { known: [], order: [] },
  validation: { allow: [], network: "none", timeoutMinutes: 30, env: {} },
  limits: {
    minutes: 45,
    silenceMinutes: 10,
    usd: 5,
    turns: 300,
    files: 100,
    lines: 5_000,
    repairs: 2,
    proofMinutes: 30,
    questionMinutes: 5,
    ...defaultTreeLimits,
    concurrent: 2,
    openPullRequests: 10,
  },
  paths: { protected: alwaysProtected, ignore: [], classes: {} },
  approval: {},
  reviewers: [],
  bots: [],
  sensitive: "independent",
  signOff: "owner",
  draft: "prefer",
  rebase: "never",
  overlap: "hold",
  protection: "warn",
  duplicates: "warn",
  projects: [],
};

/** The bounds of one task: a brief's budget can only lower them. */
export function limitsFor({ budget }: Pick<Brief, "budget">, { limits }: Pick<Policy, "limits">): Limits {
  return lowerOf(limits, budget);
}

/** The branch that a task starts from. */
export function baseBranch(
  brief: Pick<Brief, "base">,
  { policy, repository }: { policy: Pick<Policy, "base">; repository: { defaultBranch: string } },
): string {
  return brief.base ?? policy.base ?? repository.defaultBranch;
}
