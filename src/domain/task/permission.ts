/** What a person may do in a repository; `maintain` counts as write, `triage` as read. */
export type Permission = "admin" | "write" | "read" | "none";

/** Whether a person may delegate, command, review and be quoted: write access or more (SPEC section 4, "Who may ask"). */
export function mayWrite(permission: Permission | undefined): boolean {
  return permission === "admin" || permission === "write";
}
