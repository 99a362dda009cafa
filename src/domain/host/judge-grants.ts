/** What an owner may grant beside the manifest, each only to read: what is "not measured" without it (SPEC section 14.9). */
export const optionalPermissions: Readonly<Record<string, string>> = {
  administration: "classic branch protection and who may bypass a rule",
  actions: "the logs of failed jobs",
  statuses: "commit statuses",
  members: "who is in a team that owns a review",
  merge_queues: "merge queues",
};

/** An event that an owner may subscribe to beside the manifest's. */
export const optionalEvents = ["merge_group"];

/** What a grant lacks, and what it has beyond; each as `name: level`. */
export type GrantGap = { missing: string[]; unneeded: string[] };

const levels = ["read", "write", "admin"];

/** Holds permissions against those that are wanted; write includes read. */
export function judgeGrants(
  granted: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): GrantGap {
  const level = (of: string | undefined) => levels.indexOf(of ?? "");
  const mostOf = (name: string) =>
    wanted[name] ?? (Object.hasOwn(optionalPermissions, name) ? "read" : undefined);
  const write = ([name, value]: [string, string]) => `${name}: ${value}`;
  return {
    missing: Object.entries(wanted)
      .filter(([name, value]) => level(granted[name]) < level(value))
      .map(write),
    unneeded: Object.entries(granted)
      .filter(([name, value]) => level(value) > level(mostOf(name)))
      .map(write),
  };
}
