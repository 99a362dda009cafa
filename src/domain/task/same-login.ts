/** Whether two logins are the same account's: GitHub tells them apart by nothing but their letters. */
export function isSameLogin(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
