import { runGit } from "./run-git.ts";
import { splitRecords } from "./split-records.ts";
import { readFromTree, type TreeAt } from "./tree-files.ts";

/** What a submodule's files have in bytes, and why they are not taken all the same. */
export type SurveyedSubmodule = { bytes: number; missing?: string };

/** More files than this are no library that a test needs. */
const mostFiles = 100_000;

/** Looks at a submodule's tree before it is put anywhere; `left` is what its files may have, in bytes. */
export async function surveySubmodule(at: TreeAt, left: number): Promise<SurveyedSubmodule> {
  const listed = splitRecords(
    await runGit(["ls-tree", "-r", "-l", "-z", "--full-tree", at.tree], { at: { gitDir: at.gitDir } }),
  );
  const sizes = listed.map((record) =>
    Number(/^\S+ blob \S+ +(\d+)\t/.exec(record.toString("latin1"))?.[1] ?? 0),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > left || listed.length > mostFiles)
    return {
      bytes,
      missing: `it has ${listed.length} files of ${bytes} bytes, more than is put into a checkout.`,
    };
  const attributes = (await readFromTree(at, ".gitattributes")) ?? "";
  if (/(?:^|\s)filter=lfs(?:\s|$)/.test(attributes))
    return {
      bytes,
      missing: "it keeps files in Git LFS, which are not fetched. Keep in git what the command needs.",
    };
  return { bytes };
}

/** What git said of a fetch that failed → why, and the repair. What is not known is quoted. */
export function explainFetch(said: string, { url, commit }: { url: string; commit: string }): string {
  const reason = reasons.find(({ sign }) => sign.test(said));
  if (reason) return reason.why({ url, commit });
  const [line = ""] = said.split("\n").slice(-1);
  return `\`${url}\` could not be fetched: ${line.slice(0, 300)}`;
}

const reasons: { sign: RegExp; why: (at: { url: string; commit: string }) => string }[] = [
  {
    sign: /could not read Username|Authentication failed|not found|returned error: 40[134]/,
    why: ({ url }) =>
      `nobody but its owners can read \`${url}\`, or it is not there. Make it public, or keep its files in this repository.`,
  },
  {
    sign: /not our ref|unadvertised object|couldn't find remote ref|not a valid SHA1|bad object|nonexistent object/,
    why: ({ url, commit }) =>
      `\`${url}\` has no commit ${commit}. Push it there, or let the submodule name another commit.`,
  },
  {
    // 25 is SIGXFSZ: a file would have become larger than the process may write.
    sign: /took longer|died of signal 25|File too large/,
    why: ({ url }) =>
      `\`${url}\` is larger than what is fetched. Keep what the command needs in this repository.`,
  },
];
