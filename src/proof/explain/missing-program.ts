import type { Exit } from "../../domain/evidence/evidence.ts";
import { inlineCode } from "../../domain/text/escape-markdown.ts";

/** The program that a shell did not find or may not run, as code; "a program" where the end of the log names none. */
export function missingProgram({ log }: Pick<Exit, "log">): string {
  const name = /(?:^|\n)(?:\S*\/)?(?:ba|da|z|k)?sh: (?:line )?(?:\d+: )?(?:exec: )?([^:\n]+): /.exec(
    log.tail,
  )?.[1];
  return name === undefined ? "a program" : inlineCode(name.trim());
}
