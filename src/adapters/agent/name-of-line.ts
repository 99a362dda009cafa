import { basename } from "node:path";

/** The name under which a command line in `AGENT` stands that the operator gave none (see `nameAgents`). */
export const unnamed = "AGENT";

/** Programs that say nothing of what they run. */
const interpreters =
  /^(?:node|deno|bun|npx|tsx|python[\d.]*|ruby|perl|php|(?:ba|da|z|k)?sh|env|sudo|nice|timeout)$/;

/** What an agent is called that is nothing but a command line: by its script, else by its program and what that is to do. */
export function nameOfLine([program = "sh", ...rest]: string[]): string {
  const name = basename(program);
  const script = rest.find((word) => /^[\w./-]+\.\w+$/.test(word) || /^[\w.-]*\/[\w./-]+$/.test(word));
  if (interpreters.test(name)) return script === undefined ? name : basename(script);
  const [verb = ""] = rest;
  return /^[a-z][a-z-]{1,20}$/.test(verb) ? `${name} ${verb}` : name;
}
