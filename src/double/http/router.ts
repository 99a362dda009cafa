import type { Answer } from "./answer.ts";

/** The names of a path's parameters; `:name+` takes the rest of the path. */
export type Params<Path extends string> = string extends Path
  ? Record<string, string>
  : Path extends `${string}:${infer Name}/${infer Rest}`
    ? { [Key in Name]: string } & Params<Rest>
    : Path extends `${string}:${infer Name}+`
      ? { [Key in Name]: string }
      : Path extends `${string}:${infer Name}`
        ? { [Key in Name]: string }
        : unknown;

/** A method and a path with what answers them. */
export type Route<Call> = {
  method: string;
  matcher: RegExp;
  handle: (call: Call & { params: Record<string, string> }) => Promise<Answer> | Answer;
};

/** Makes a route whose handler knows the names of its path's parameters. */
export function route<const Path extends string, Call>(
  method: string,
  path: Path,
  handle: (call: Call & { params: Params<Path> }) => Promise<Answer> | Answer,
): Route<Call> {
  return { method, matcher: matcherOf(path), handle: handle as Route<Call>["handle"] };
}

function matcherOf(path: string): RegExp {
  const source = path
    .split("/")
    .map((segment) => {
      const name = segment.match(/^:(?<name>\w+)(?<rest>\+?)$/)?.groups;
      return name ? `(?<${name.name}>${name.rest ? ".+" : "[^/]+"})` : segment;
    })
    .join("/");
  return new RegExp(`^${source}$`);
}

/** The route for a request with the parameters in its path, or undefined. */
export function findRoute<Found extends { method: string; matcher: RegExp }>(
  routes: readonly Found[],
  method: string,
  path: string,
): { route: Found; params: Record<string, string> } | undefined {
  for (const one of routes) {
    const match = one.method === method ? one.matcher.exec(path) : null;
    if (match) return { route: one, params: decoded(match.groups ?? {}) };
  }
  return undefined;
}

function decoded(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}
