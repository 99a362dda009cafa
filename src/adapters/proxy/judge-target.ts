/** A host that may be reached, by the very letters under which it may be asked for. */
export type HostTarget = { host: string; port: number };

/** A name of the letters that names are made of; whatever a parser could trip over is in no name. */
const literal = /^(?<host>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::(?<port>[1-9]\d{0,4}))?$/;
const securePort = 443;

/** `host` or `host:port` as a list of hosts names it: without a port it is the one of https. */
export function parseTarget(text: string): HostTarget | undefined {
  const { host, port } = literal.exec(text.toLowerCase())?.groups ?? {};
  const number = port === undefined ? securePort : Number(port);
  return host === undefined || number > 65_535 ? undefined : { host, port: number };
}

/** The name of a target as CONNECT gives it. */
export function targetName({ host, port }: HostTarget): string {
  return `${host}:${port}`;
}

/** The target of a `CONNECT`: only where it is, letter for letter, one of the list. */
export function judgeTunnel(authority: string, hosts: HostTarget[]): HostTarget | undefined {
  return hosts.find((target) => targetName(target) === authority);
}

/** A request in clear to a host of the list that has that very port. `path` begins with a slash. */
export type PlainTarget = { target: HostTarget; path: string };

/** The target of a request whose line names a whole address (`GET http://host:port/path`). */
export function judgePlain(url: string, hosts: HostTarget[]): PlainTarget | undefined {
  const match = /^http:\/\/(?<authority>[a-z0-9.-]+(?::[1-9]\d{0,4})?)(?<path>\/[\x21-\x7e]*)?$/.exec(url);
  const { authority = "", path = "/" } = match?.groups ?? {};
  const name = authority.includes(":") ? authority : `${authority}:80`;
  const target = judgeTunnel(name, hosts);
  return target && !path.includes("#") ? { target, path } : undefined;
}
