/** What a commit of ours says of itself in its last paragraph (SPEC section 9). */
export type Trailers = {
  task: string;
  attempt: number;
  agent: string;
  briefSha256: string;
  evidenceSha256: string;
  /** `Name <address>`. */
  coAuthor: string;
};

/** The names of the trailers, in the order in which they are written; `Agent-Task` is `task-1001-12-1/2`. */
const names = {
  task: "Agent-Task",
  agent: "Agent",
  briefSha256: "Brief-SHA256",
  evidenceSha256: "Evidence-SHA256",
  coAuthor: "Co-authored-by",
} as const;

/** The last paragraph of a commit's message; whatever a value holds, it stays on its line. */
export function renderTrailers(trailers: Trailers): string {
  const values = { ...trailers, task: `${trailers.task}/${trailers.attempt}` };
  return Object.entries(names)
    .map(([key, name]) => `${name}: ${withoutControls(values[key as keyof typeof names])}`)
    .join("\n");
}

/** The task and attempt that a commit's message names in its last paragraph; null if it names none, or two. */
export function parseTrailers(message: string): Pick<Trailers, "task" | "attempt"> | null {
  const last =
    message
      .replace(/\r\n/g, "\n")
      .trimEnd()
      .split(/\n{2,}/)
      .at(-1) ?? "";
  const lines = last.split("\n").filter((line) => line.startsWith(`${names.task}:`));
  const found = /^Agent-Task: (?<task>task-\d+-\d+-\d+)\/(?<attempt>[1-9]\d{0,8})$/.exec(lines[0] ?? "");
  if (lines.length !== 1 || !found?.groups?.task) return null;
  return { task: found.groups.task, attempt: Number(found.groups.attempt) };
}

/** Line ends in every form that a reader may take for one, and other control characters, become spaces. */
function withoutControls(value: string): string {
  return value.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}
