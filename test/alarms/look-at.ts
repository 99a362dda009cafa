import { compareTrees } from "../../src/adapters/git/compare-trees.ts";
import { readBlob } from "../../src/adapters/git/read-blob.ts";
import { readTexts } from "../../src/adapters/git/read-texts.ts";
import { listFiles } from "../../src/adapters/git/tree-files.ts";
import { localGround } from "../../src/adapters/local/local-files.ts";
import { openSecrets } from "../../src/adapters/secrets/open-secrets.ts";
import type { Change, ChangedFile, FileText } from "../../src/domain/evidence/change.ts";
import type { Check } from "../../src/domain/evidence/evidence.ts";
import { defaultPolicy } from "../../src/domain/rules/policy.ts";
import { acceptedTask } from "../../src/domain/task/accepted-task.ts";
import type { Ports } from "../../src/ports.ts";
import { inspect } from "../../src/proof/inspect.ts";
import { survey } from "../../src/proof/survey.ts";
import { aBrief, anAttempt, aTask } from "../fixtures/tasks.ts";
import type { Step } from "./history-of.ts";
import { isOfTests } from "./rule.ts";

/** A release as the rows see it, and what they say. */
export type Seen = { step: Step; files: ChangedFile[]; texts: FileText[]; scope: string[]; checks: Check[] };

/** Lets every row that reads a diff look at a release. The brief declares the folders of the changed code, and no dependency. */
export async function lookAt(step: Step): Promise<Seen> {
  const { gitDir, before, after } = step;
  const files = await compareTrees({ gitDir, before, after });
  const texts: FileText[] = [];
  for await (const text of readTexts(gitDir, files)) texts.push(text);
  const scope = scopeOf(files);
  const base = { ref: "main", commit: before, tree: before };
  const change: Change = { base, tree: after, files, unpublishable: [], pack: "" };
  const boundary = { reviewers: ["ada"], ask: ["dependencies", "ci", "deletions"], never: [] };
  const brief = aBrief({ scope, boundary });
  const task = acceptedTask(
    aTask({ brief: { brief, sha256: "f".repeat(64) }, attempts: [anAttempt({ base })] }),
  );
  const ports = portsOver(gitDir);
  const checks = [
    ...Object.values(await inspect(task, { change, files, elsewhere: unasked }, ports)),
    ...Object.values(await survey(task, { agent: { summary: "" }, change, files, turned: [] }, ports)),
  ];
  return { step, files, texts, scope, checks };
}

/** Nothing is run here. */
const unasked = { kind: "unasked", line: "" } as const;

/** The folders below the root in which code changed, as a person would write them; code in the root by its name. */
function scopeOf(files: ChangedFile[]): string[] {
  const code = files
    .map(({ path }) => path)
    .filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !isOfTests(path));
  return [...new Set(code.map((path) => (path.includes("/") ? `${path.split("/")[0]}/**` : path)))];
}

/** The ports that these rows ask, over one repository. */
function portsOver(gitDir: string): Ports {
  const ports: Pick<Ports, "policies" | "secrets" | "baseFiles"> & { objects: Partial<Ports["objects"]> } = {
    policies: {
      of: async () => defaultPolicy,
      read: async () => ({ policy: defaultPolicy, problems: [] }),
      once: () => ports.policies,
    },
    secrets: openSecrets([]),
    baseFiles: localGround(gitDir).baseFiles,
    objects: {
      blob: (_, id) => readBlob(gitDir, id),
      list: (_, tree, isWanted) => listFiles({ gitDir, tree }, isWanted),
      texts: (_, files) => readTexts(gitDir, files),
    },
  };
  return ports as Ports;
}
