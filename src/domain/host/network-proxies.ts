/** The proxies by which this machine reaches the Internet, each an address, and the hosts that are reached without. */
export type NetworkProxies = {
  http?: string | undefined;
  https?: string | undefined;
  /** Entries of `NO_PROXY`: `*`, `host`, `.domain`, `*.domain`, each with or without `:port`. */
  direct: string[];
};

/** A network without any proxy. */
export const noProxies: NetworkProxies = { direct: [] };

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/;

/** The proxy by which an address is reached, or nothing where it is reached directly, as this machine always is. */
export function proxyFor({ http, https, direct }: NetworkProxies, url: string): URL | undefined {
  const { protocol, hostname, port } = new URL(url);
  const proxy = protocol === "https:" ? https : http;
  if (proxy === undefined || loopback.test(hostname)) return undefined;
  const asked = { hostname, port: port || (protocol === "https:" ? "443" : "80") };
  return direct.some((entry) => covers(entry, asked)) ? undefined : new URL(proxy);
}

/** Every form in which the passwords of the proxies could be written. */
export function proxySecrets({ http, https }: NetworkProxies): string[] {
  const named = [http, https].flatMap((text) => (text === undefined ? [] : [new URL(text)]));
  const forms = named
    .filter(({ password }) => password !== "")
    .flatMap((proxy) => [
      ...[proxy.password, decodeURIComponent(proxy.password)],
      proxyAuthorization(proxy).slice("Basic ".length),
    ]);
  return [...new Set(forms)];
}

/** What a proxy with a user in its address is shown; empty without. */
export function proxyAuthorization({ username, password }: URL): string {
  if (username === "" && password === "") return "";
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

function covers(entry: string, { hostname, port }: { hostname: string; port: string }): boolean {
  if (entry === "*") return true;
  const { name = "", at } =
    /^(?:\*?\.)?(?<name>\[[^\]]*\]|[^:]*)(?::(?<at>\d+))?$/.exec(entry.toLowerCase())?.groups ?? {};
  if (name === "" || (at !== undefined && at !== port)) return false;
  return hostname === name || hostname.endsWith(`.${name}`);
}
