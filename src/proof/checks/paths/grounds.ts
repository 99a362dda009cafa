import type { ChangedFile } from "../../../domain/evidence/change.ts";
import type { Policy } from "../../../domain/rules/policy.ts";
import type { Brief } from "../../../domain/task/brief.ts";

/** What a check is told of a change: `files` are those between the task's base and the change. */
export type Grounds = { brief: Brief; policy: Policy; files: ChangedFile[] };
