/** What a `.gitmodules` says of one submodule, as its writer wrote it. */
export type DeclaredSubmodule = { name: string; path: string; url: string };

/** By what an address is judged: where the repository around it is fetched from, and the hosts that are allowed besides. */
export type SubmoduleRules = { from: string | undefined; hosts: string[] };

/** The address to fetch from, or why there is none, with the repair. */
export type JudgedAddress = { url: string } | { refused: string };

/** Forges whose public repositories anybody can fetch. */
export const publicForges = ["github.com", "gitlab.com", "bitbucket.org", "codeberg.org"];

/** Longer names and addresses are nobody's. */
const longest = 2_000;

/** Control characters, at which programs disagree where a line ends (CVE-2025-48384), written out or by percent signs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unprintable = /[\u0000-\u001f\u007f]/;
const hidden = /%(?:[01][0-9a-f]|7f)/i;

/** Judges a submodule as data: nothing of it may be an option, a command, a path elsewhere or another protocol. */
export function judgeSubmodule({ name, path, url }: DeclaredSubmodule, rules: SubmoduleRules): JudgedAddress {
  if (!isPlainName(name)) return refuseAddress(`its name ${shownAddress(name)} is one that git refuses`);
  if (!isPlainPath(path)) return refuseAddress(`its path ${shownAddress(path)} is one that git refuses`);
  if (url === "") return refuseAddress("`.gitmodules` names no address for it");
  if (
    url.length > longest ||
    url.startsWith("-") ||
    unprintable.test(url) ||
    /[\\\s]/.test(url) ||
    hidden.test(url)
  )
    return refuseAddress(`its address ${shownAddress(url)} is none that git should be given`);
  if (!/^\.\.?\//.test(url)) return judgeSubmoduleUrl(url, rules);
  if (rules.from === undefined)
    return refuseAddress(
      `its address ${shownAddress(url)} is relative to a repository that lies on this machine`,
    );
  const resolved = resolveRelative(url, rules.from);
  return resolved === undefined
    ? refuseAddress(`its address ${shownAddress(url)} leads out of ${new URL(rules.from).host}`)
    : judgeSubmoduleUrl(resolved, rules);
}

/** The https address of what is written as `user@host:path` or `ssh://user@host/path`; nothing for anything else. */
export function httpsOf(text: string): string | undefined {
  const { host, path } =
    /^(?:ssh:\/\/)?[\w.-]+@(?<host>[\w.-]+)[:/](?<path>[^:].*)$/.exec(text)?.groups ?? {};
  return host === undefined || path === undefined ? undefined : `https://${host}/${path.replace(/^\/+/, "")}`;
}

function judgeSubmoduleUrl(text: string, { from, hosts }: SubmoduleRules): JudgedAddress {
  const written = httpsOf(text);
  if (written)
    return refuseAddress(`its address ${shownAddress(text)} is not https`, `Write ${shownAddress(written)}`);
  if (!URL.canParse(text) || !/^https?:\/\//i.test(text))
    return refuseAddress(`its address ${shownAddress(text)} is not https`, "Write its https address");
  const url = new URL(text);
  const own = from === undefined ? undefined : new URL(from).origin;
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "")
    return refuseAddress(
      `its address ${shownAddress(withoutUser(url))} has more than a host and a path`,
      "Write the plain address",
    );
  if (url.origin !== own && url.protocol !== "https:")
    return refuseAddress(`its address ${shownAddress(text)} is not https`, "Write its https address");
  const allowed = [...publicForges, ...hosts].map((host) => host.toLowerCase().replace(/:443$/, ""));
  if (url.origin !== own && !allowed.includes(url.host))
    return {
      refused: `its host ${shownAddress(url.host)} is not among those that submodules are fetched from. The operator can name it as \`egress.submodules\`.`,
    };
  return { url: url.href };
}

function refuseAddress(why: string, repair = "Mend it"): JudgedAddress {
  return { refused: `${why}. ${repair} in \`.gitmodules\`.` };
}

/** A password is not quoted, not even one that everybody can read. */
function withoutUser(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** As git resolves it: against the repository's own address as a folder; nothing where it would leave the host. */
function resolveRelative(url: string, from: string): string | undefined {
  const ups = url.split("/").filter((part) => part === "..").length;
  const base = new URL(from);
  const depth = base.pathname.split("/").filter(Boolean).length;
  const { href, pathname } = new URL(url, `${base.origin}${base.pathname.replace(/\/*$/, "/")}`);
  return ups > depth || pathname === "/" ? undefined : href;
}

/** A name is a folder of git's own (CVE-2018-11235). */
function isPlainName(name: string): boolean {
  return (
    name !== "" && name.length <= longest && !unprintable.test(name) && !name.split(/[\\/]/).includes("..")
  );
}

/** A path that begins with a hyphen would be an option (CVE-2018-17456). */
function isPlainPath(path: string): boolean {
  const parts = path.split("/");
  return (
    path.length <= longest &&
    !path.startsWith("-") &&
    !unprintable.test(path) &&
    !path.includes("\\") &&
    parts.every((part) => !["", ".", ".."].includes(part) && part.toLowerCase() !== ".git")
  );
}

function shownAddress(text: string): string {
  return `\`${JSON.stringify(text.slice(0, 200)).slice(1, -1).replaceAll("`", "'")}\``;
}
