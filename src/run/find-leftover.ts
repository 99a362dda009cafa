import picomatch from "picomatch";

/**
 * A kind of file that tools leave behind. `doubt` is what could make it part of the project all the same: the base has
 * the folder that the glob ends in, or the file that it is a leftover of is nowhere to be seen.
 */
type Kind = { name: string; globs: string[]; doubt?: "folder" | "partner" };

const kinds: Kind[] = [
  {
    name: "of the operating system",
    globs: [
      "**/{.DS_Store,.AppleDouble,.LSOverride,Thumbs.db,ehthumbs.db,desktop.ini}",
      "**/{__MACOSX,.Trashes}/**",
    ],
  },
  {
    name: "of an editor",
    globs: ["**/*~", "**/.*.sw[a-p]", "**/*.sw[op]", "**/.#*", "**/#*#", "**/.netrwhist"],
  },
  {
    name: "of an editor",
    globs: ["**/.idea/**", "**/.vscode/**", "**/.vs/**", "**/.history/**"],
    doubt: "folder",
  },
  { name: "of a merge or patch", globs: ["**/*.orig", "**/*.rej", "**/*.bak"], doubt: "partner" },
  {
    name: "of a build or test run",
    globs: [
      "**/__pycache__/**",
      "**/*.py[cod]",
      "**/{.pytest_cache,.mypy_cache,.ruff_cache,.tox,.nyc_output,.eslintcache,.parcel-cache}/**",
      "**/{.coverage,.phpunit.result.cache}",
      "**/{npm-debug,yarn-debug,yarn-error,pnpm-debug}.log*",
      "**/nohup.out",
    ],
  },
  {
    name: "of a build or test run",
    globs: ["**/node_modules/**", "**/.venv/**", "**/coverage/**", "**/htmlcov/**"],
    doubt: "folder",
  },
  {
    name: "of the agent itself",
    globs: [
      ".drafthorse/**",
      "**/.aider.{chat.history.md,input.history,llm.history}",
      "**/.aider.tags.cache*/**",
      "**/.claude/{settings.local.json,todos/**,projects/**,shell-snapshots/**,statsig/**,history.jsonl}",
      "**/.codex/{sessions/**,log/**,history.jsonl,auth.json}",
      "**/.gemini/{tmp/**,history/**}",
      "**/.opencode/{log/**,storage/**}",
    ],
  },
];

const matchers = kinds.map((kind) => ({
  ...kind,
  ends: endsOf(kind.globs),
  means: picomatch(kind.globs, { dot: true, flags: "s" }),
}));

/** A file that looks like a leftover, and the path of the base that would make it part of the project, if any. */
export type Leftover = { name: string; doubt?: { folder: string } | { partner: string } };

/** What a new file looks like a leftover of; nothing for an ordinary file. */
export function findLeftover(path: string): Leftover | undefined {
  const kind = matchers.find(({ means }) => means(path));
  if (!kind?.doubt) return kind && { name: kind.name };
  if (kind.doubt === "partner") return { name: kind.name, doubt: { partner: path.replace(/\.[^./]+$/, "") } };
  const segments = path.split("/");
  const end = segments.findIndex((segment) => kind.ends.has(segment));
  return { name: kind.name, doubt: { folder: segments.slice(0, end + 1).join("/") } };
}

/** The folders that globs such as `x/.idea/**` end in. */
function endsOf(globs: string[]): Set<string> {
  return new Set(globs.map((glob) => glob.split("/").at(-2) ?? ""));
}
