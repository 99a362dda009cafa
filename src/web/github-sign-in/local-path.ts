/** The longest path that somebody is brought back to, in characters. */
const longest = 500;

/**
 * A path of our own to bring somebody back to, or `/` for anything else: a link with another's address in it would lead
 * people away right after they signed in.
 */
export function localPath(given: string | undefined): string {
  if (given === undefined || given.length > longest || !/^\/(?![/\\])[\x21-\x7e]*$/.test(given)) return "/";
  const base = "http://here.invalid";
  if (!URL.canParse(given, base)) return "/";
  const url = new URL(given, base);
  return url.origin === base && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}` : "/";
}
