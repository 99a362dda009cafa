import type { Permission } from "../ports/github.ts";

/** Whether a person may delegate or command: write access or more (SPEC section 4, "Who may ask"). */
export function mayAsk(permission: Permission): boolean {
  return permission === "admin" || permission === "write";
}
