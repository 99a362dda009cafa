/** The signed statement about the evidence in a check run's summary, `""` where there is none. */
export function bundleIn(summary: string): string {
  return fileBelow(summary, /^#### evidence-\d+\.sigstore\.json$/) ?? "";
}

/** The public key in a check run's summary. */
export function keyIn(summary: string): string | undefined {
  return fileBelow(summary, /^#### key\.pem$/);
}

/** The evidence in a check run's text: its last part, since a log before it may hold any line. */
export function evidenceIn(text: string): string | undefined {
  const lines = splitLines(text);
  const at = lines.lastIndexOf("### evidence.json");
  return at === -1 ? undefined : blockIn(lines.slice(at));
}

function fileBelow(summary: string, heading: RegExp): string | undefined {
  const lines = splitLines(summary);
  const at = lines.findIndex((line) => heading.test(line));
  const next = lines.findIndex((line, index) => index > at && line.startsWith("#### "));
  return at === -1 ? undefined : blockIn(lines.slice(at, next === -1 ? undefined : next));
}

function splitLines(text: string): string[] {
  return text.replaceAll("\r\n", "\n").split("\n");
}

/** What stands between the first fence and the next of the same length. */
function blockIn(lines: string[]): string | undefined {
  const from = lines.findIndex((line) => /^`{3,}[a-z]*$/.test(line));
  const fence = lines[from]?.replace(/[a-z]+$/, "");
  const to = lines.findIndex((line, index) => index > from && line === fence);
  return from === -1 || to === -1 ? undefined : lines.slice(from + 1, to).join("\n");
}
