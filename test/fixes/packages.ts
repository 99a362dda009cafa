/** A package of `test/alarms` whose tests can be run with little beside its dependencies: the runner, and its line. */
export type ProvedPackage = { name: string; runner: Record<string, string>; test: string };

const node = { runner: {}, test: "node --test" };
const tape = { runner: { tape: "5.9.0" }, test: "tape 'test/*.js'" };

/** Their fixes are proved in turn, one of each package before a second of any. */
export const provedPackages: ProvedPackage[] = [
  { name: "shell-quote", ...tape },
  { name: "secure-json-parse", ...node },
  { name: "object-inspect", ...tape },
  { name: "fast-uri", ...node },
  { name: "qs", ...tape },
  { name: "pino-std-serializers", ...node },
  { name: "deep-equal", ...tape },
  { name: "find-my-way", ...node },
  { name: "resolve", ...tape },
  { name: "@fastify/cors", ...node },
  { name: "fast-json-stringify", ...node },
  { name: "avvio", ...node },
];
