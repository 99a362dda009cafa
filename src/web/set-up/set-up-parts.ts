import type { WebAssets } from "../answer-asset.ts";
import type { SignIn } from "../viewer.ts";
import type { KnownSettings, SetUpAnswers } from "./answers.ts";
import type { ExplainedManifest } from "./app-manifest.ts";

/** What became of a registration: a service that runs, or what keeps it from that. */
export type SetUpEnd =
  | { kind: "running"; installUrl: string; dashboard: string; checks: SetUpCheck[] }
  | { kind: "refused" }
  | { kind: "problems"; problems: string[]; file: string };

/** Something that was looked at once the service ran; `repair` where it is wrong. */
export type SetUpCheck = { name: string; line: string; repair?: string };

/** What the pages of the first start are made of. */
export type SetUpParts = {
  signIn: SignIn;
  manifest: ExplainedManifest;
  known: KnownSettings;
  /** Where GitHub's own pages are, without a slash at the end. */
  serverUrl: string;
  assets: WebAssets;
  /** Exchanges the code that GitHub gave, keeps what it is told, and goes on. */
  register(code: string, answers: SetUpAnswers): Promise<SetUpEnd>;
};
