import { Failure } from "../../domain/task/failure.ts";

/** Why there is no sandbox on this machine, as half a sentence, and what a person does about it, as a whole one. */
export type NoWall = { why: string; repair: string };

/** The failure that says so. */
export class SandboxRefusal extends Failure {
  readonly trouble: NoWall;

  constructor({ why, repair }: NoWall, wayOut = "") {
    super("sandbox", `${why}. ${repair}${wayOut && ` ${wayOut}`}`);
    this.trouble = { why, repair };
  }
}
