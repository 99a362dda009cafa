/** Whether a login is that of an App's bot: GitHub keeps brackets out of people's logins. */
export function isBotLogin(login: string): boolean {
  return login.endsWith("[bot]");
}
