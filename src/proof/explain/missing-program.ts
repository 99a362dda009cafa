import type { Exit } from "../../domain/evidence/exit.ts";
import { inlineCode } from "../../domain/text/escape-markdown.ts";

/** The program that a shell did not find or may not run, as code; "a program" where the end of the log names none. */
export function missingProgram({ log }: Pick<Exit, "log">): string {
  const name =
    /(?:^|\n)(?:\S*\/)?(?:ba|da|z|k)?sh: (?:line )?(?:\d+: )?(?:exec: )?([^:\n]+): /.exec(log.tail)?.[1] ??
    /(?:^|\n)(?:\S*\/)?env: ['‘]?([^:'’\n]+)['’]?: /.exec(log.tail)?.[1];
  return name === undefined ? "a program" : inlineCode(name.trim());
}

/** Whether the end of a log has the words of a shell, or of `env`, for a program that is not there or may not run. */
export function saysNotRun({ log }: Pick<Exit, "log">): boolean {
  return /(?:^|\n)[^\n]*: (?:command )?not found\b|: No such file or directory\b|: Permission denied\b|: cannot execute\b|: Exec format error\b|: Is a directory\b/i.test(
    log.tail,
  );
}
