/** Settings without which git would read or run what lies about in a repository or on the machine. */
const fixedSettings: Record<string, string> = {
  "core.hooksPath": "/dev/null",
  "core.fsmonitor": "false",
  "core.attributesFile": "/dev/null",
  "core.excludesFile": "/dev/null",
  "core.untrackedCache": "false",
  // A name that some system takes for `.git` is refused by all, before it is in a tree that GitHub would refuse.
  "core.protectHFS": "true",
  "core.protectNTFS": "true",
  "core.safecrlf": "false",
  "credential.helper": "",
  "submodule.recurse": "false",
  "gc.auto": "0",
  "maintenance.auto": "false",
  "protocol.version": "2",
  "advice.detachedHead": "false",
  "init.defaultBranch": "main",
};

/** Which repository a git process works on, and what else it is told. */
export type GitPlace = {
  gitDir?: string;
  workTree?: string;
  /** Another index than the repository's own. */
  index?: string;
  /** The one protocol that it may fetch by; none if absent. */
  protocol?: string;
  settings?: Record<string, string>;
};

/** The whole environment of a git process: nothing of ours, of the machine's or of the user's settings is in it. */
export function gitEnvironment({
  gitDir,
  workTree,
  index,
  protocol = "",
  settings = {},
}: GitPlace): Record<string, string> {
  const pairs = Object.entries({ ...fixedSettings, ...settings });
  const numbered = pairs.flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, name],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: "/nonexistent",
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_LFS_SKIP_SMUDGE: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_ALLOW_PROTOCOL: protocol,
    ...(gitDir && { GIT_DIR: gitDir }),
    ...(workTree && { GIT_WORK_TREE: workTree }),
    ...(index && { GIT_INDEX_FILE: index }),
    GIT_CONFIG_COUNT: String(pairs.length),
    ...Object.fromEntries(numbered),
  };
}

/**
 * Takes from a git process that runs with our own environment what names another repository than the directory it runs in:
 * git sets these for its hooks and for `git rebase --exec`.
 */
export const noGitPlace: Record<string, undefined> = Object.fromEntries(
  [
    ...["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"],
    ...["GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_PREFIX"],
  ].map((name) => [name, undefined]),
);
