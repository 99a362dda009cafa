import { scriptOf } from "./script-of.ts";

/** Programs that never end by themselves. */
const endless = new Set(
  "nodemon watchexec entr watch watchman-wait ptw pytest-watch chokidar onchange live-server http-server browser-sync json-server webpack-dev-server uvicorn gunicorn air guard ts-node-dev tsx-watch".split(
    " ",
  ),
);

/** Subcommands that serve or watch; an empty word stands for the program without any. */
const serving: Record<string, string[]> = {
  vite: ["", "dev", "serve", "preview"],
  vitest: ["watch", "dev"],
  next: ["", "dev", "start"],
  nuxt: ["dev", "start", "preview"],
  astro: ["dev", "preview"],
  gatsby: ["develop", "serve"],
  webpack: ["serve", "watch"],
  ng: ["serve"],
  "vue-cli-service": ["serve"],
  "react-scripts": ["start"],
  remix: ["dev"],
  parcel: ["", "serve", "watch"],
  storybook: ["dev"],
  hugo: ["server", "serve"],
  jekyll: ["serve", "s"],
  mkdocs: ["serve"],
  flask: ["run"],
  rails: ["s", "server"],
  cargo: ["watch"],
  dotnet: ["watch"],
  mix: ["phx.server", "test.watch"],
  wrangler: ["dev"],
  expo: ["start"],
  turbo: ["watch"],
  tsx: ["watch"],
  "http.server": [""],
};

/** Programs whose `-w` means to watch; for others, such as jest, it means something else. */
const shortWatch = new Set(
  "tsc rollup webpack mocha ava vitest babel sass tailwindcss swc postcss tsup".split(" "),
);

/** Whether a command waits for changes or serves instead of ending, and the word by which that is seen. */
export function findWatch(argv: string[]): string | undefined {
  const [name = "", ...args] = argv;
  if (args.some((arg, at) => isOff(arg, args[at + 1]))) return undefined;
  const flag = args.find((arg) => isWatchFlag(arg, name));
  if (flag !== undefined) return flag;
  if (endless.has(name)) return name;
  const direct = /^(?:yarn|pnpm|bun)$/.test(name) ? findWatch(args) : undefined;
  return direct ?? findScript(argv) ?? findServer(name, args) ?? findQuiet(name, args);
}

function isOff(arg: string, next: string | undefined): boolean {
  if (/^--(?:no-watch|watch(?:All)?=(?:false|0))$/i.test(arg)) return true;
  return /^--watch(?:All)?$/i.test(arg) && next === "false";
}

function isWatchFlag(arg: string, name: string): boolean {
  if (/^--(?:watch(?:All|-all|-path)?|hot|continuous)(?:=.*)?$/i.test(arg)) return true;
  return arg === "-w" && shortWatch.has(name);
}

/** `npm start`, `npm run dev` and their kin, by the names that people give such scripts. */
function findScript(argv: string[]): string | undefined {
  const call = scriptOf(argv);
  if (!call) return undefined;
  const { name } = call;
  const waits =
    /^(?:dev|develop|start|serve|watch|preview|storybook)(?::|$)/.test(name) ||
    /(?:^|[:_.-])watch(?:$|[:_.-])/.test(name);
  return waits ? name : undefined;
}

function findServer(name: string, args: string[]): string | undefined {
  const words = args.filter((arg) => !arg.startsWith("-"));
  const sub = words[0] ?? "";
  const asked = args.some((arg) => /^(?:--help|--version|-h|-v)$/.test(arg));
  if (!asked && Object.hasOwn(serving, name) && serving[name]?.includes(sub)) return `${name} ${sub}`.trim();
  if (words.includes("runserver")) return "runserver";
  const composes = (name === "docker" && sub === "compose") || name === "docker-compose";
  const detached = args.some((arg) =>
    /^(?:-d|--detach|--abort-on-container-exit|--exit-code-from.*)$/.test(arg),
  );
  return composes && words.includes("up") && !detached ? "compose up" : undefined;
}

/** Programs that wait only because nothing told them not to. */
function findQuiet(name: string, args: string[]): string | undefined {
  const words = args.filter((arg) => !arg.startsWith("-"));
  const ends =
    /^(?:run|bench|list|init|typecheck)$/.test(words[0] ?? "") ||
    args.some((arg) => /^--(?:run|help|version)$/.test(arg));
  if (name === "vitest" && !ends) return "vitest";
  if (name === "react-scripts" && words[0] === "test") return "react-scripts test";
  if (name === "tail" && args.some((arg) => /^(?:-\w*[fF]|--follow.*)$/.test(arg))) return "tail -f";
  return undefined;
}
