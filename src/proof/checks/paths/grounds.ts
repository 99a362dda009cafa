import type { Brief } from "../../../domain/brief.ts";
import type { ChangedFile } from "../../../domain/change.ts";
import type { Policy } from "../../../domain/policy.ts";

/** What a check is told of a change: `files` are those between the task's base and the change. */
export type Grounds = { brief: Brief; policy: Policy; files: ChangedFile[] };
