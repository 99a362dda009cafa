/** A command that runs another: the options of its own that take a value, and how many words of its own come first. */
type Wrapper = { valued?: string[]; own?: number; assignments?: boolean };

const wrappers: Record<string, Wrapper> = {
  env: { valued: ["-u", "--unset", "-C", "--chdir", "-S"], assignments: true },
  "cross-env": { assignments: true },
  "cross-env-shell": { assignments: true },
  dotenv: { valued: ["-e", "-c", "-f"] },
  timeout: { valued: ["-s", "--signal", "-k", "--kill-after"], own: 1 },
  gtimeout: { valued: ["-s", "--signal", "-k", "--kill-after"], own: 1 },
  nice: { valued: ["-n", "--adjustment"] },
  ionice: { valued: ["-c", "-n", "-p"] },
  stdbuf: { valued: ["-i", "-o", "-e"] },
  nohup: {},
  setsid: {},
  time: { valued: ["-f", "-o"] },
  command: {},
  builtin: {},
  exec: { valued: ["-a"] },
  xargs: { valued: ["-n", "-P", "-I", "-L", "-d", "-a", "-s"] },
  "xvfb-run": { valued: ["-n", "-s", "-e", "-f", "-w", "--server-args", "--server-num"] },
  sudo: { valued: ["-u", "-g", "-h", "-p", "-C", "-U"], assignments: true },
  doas: { valued: ["-u", "-C"] },
  npx: { valued: ["-p", "--package", "-w", "--workspace"] },
  bunx: { valued: ["-p", "--package"] },
  pnpx: { valued: ["-p", "--package"] },
  "npm exec": { valued: ["-p", "--package", "-w", "--workspace"] },
  "npm x": { valued: ["-p", "--package", "-w", "--workspace"] },
  "pnpm exec": { valued: ["-C", "--dir"] },
  "pnpm dlx": { valued: ["--package"] },
  "yarn exec": {},
  "yarn dlx": { valued: ["-p", "--package"] },
  "bun x": {},
  "poetry run": {},
  "uv run": {
    valued: ["--with", "--python", "-p", "--extra", "--group", "--directory", "--package", "--env-file"],
  },
  uvx: { valued: ["--with", "--from", "--python"] },
  "pipenv run": {},
  "pdm run": {},
  "rye run": {},
  "hatch run": {},
  "bundle exec": {},
  "python -m": {},
  "python3 -m": {},
};

const assignment = /^[A-Za-z_]\w*=/;

/** The command and, one within the other, the commands that it runs: `sudo env CI=1 npx vitest` gives four. */
export function unwrapCommand(argv: string[]): string[][] {
  const levels = [nameFirst(argv)];
  for (let inner = unwrapOnce(levels[0] ?? []); inner && levels.length < 12; inner = unwrapOnce(inner))
    levels.push(inner);
  return levels;
}

/** The command that does the work in the end. */
export function innermost(argv: string[]): string[] {
  return unwrapCommand(argv).at(-1) ?? [];
}

function unwrapOnce(argv: string[]): string[] | undefined {
  const [name = "", sub = ""] = argv;
  const byTwo = wrappers[`${name} ${sub}`];
  const wrapper = byTwo ?? (Object.hasOwn(wrappers, name) ? wrappers[name] : undefined);
  if (!wrapper) return undefined;
  const rest = argv.slice(byTwo ? 2 : 1);
  const start = skipOwn(rest, wrapper);
  return start < rest.length ? nameFirst(rest.slice(start)) : undefined;
}

/** The place of the first word that is not the wrapper's own. */
function skipOwn(rest: string[], wrapper: Wrapper): number {
  let left = wrapper.own ?? 0;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? "";
    if (word === "--") return at + 1 + left;
    if (wrapper.valued?.includes(word)) at++;
    else if (!isWrapperOption(word, wrapper) && left-- === 0) return at;
  }
  return rest.length;
}

function isWrapperOption(word: string, { assignments = false }: Wrapper): boolean {
  return (word.startsWith("-") && word.length > 1) || (assignments && assignment.test(word));
}

/** `./node_modules/.bin/vitest` is `vitest`, but `./test.sh` stays the file that it is. */
function nameFirst(argv: string[]): string[] {
  const [name = "", ...rest] = argv;
  const isTool = /(?:^|\/)(?:\.bin|bin)\/[^/]+$/.test(name);
  const plain = (isTool ? name.slice(name.lastIndexOf("/") + 1) : name).replace(/(?<=.)@[\w.^~-]+$/, "");
  return [plain, ...rest];
}
