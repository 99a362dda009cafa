import type { LineSink } from "./told-lines.ts";

/** Reads LCOV, line by line: `SF:` names a file, `DA:` a line of it and how often that ran. */
export function readLcov(text: string, tell: LineSink): void {
  let named = "";
  for (const line of text.split("\n")) {
    if (line.startsWith("SF:")) named = line.slice("SF:".length).trim();
    else if (line.startsWith("end_of_record")) named = "";
    else if (line.startsWith("DA:") && named !== "") {
      const [number, hits] = line.slice("DA:".length).split(",");
      tell(named, Number(number), Number(hits));
    }
  }
}
