import { commandWeaknesses } from "./command-weaknesses.ts";
import type { Settings } from "./read-settings.ts";

/** The scripts of a package before and after, by which a command that calls them is judged. */
export type ScriptSides = { before: Settings; after: Settings };

/** Compilers, bundlers, linters and the like: they write to folders of their own, or nothing. */
const tools =
  /^(?:tsc|vue-tsc|tsup|tsdown|unbuild|rollup|vite build|webpack|esbuild|babel|swc|eslint|prettier|biome|standard|xo|oxlint|tslint|stylelint|remark|markdownlint\S*|dprint|tsd|publint|attw|(?:c8|nyc) report|codecov|npm ci|(?:npm|yarn|pnpm) install|playwright install|wait-on|mkdir|echo|node-gyp|docker(?:-compose| compose) up|true)(?=\s|$)/;

const removal = /^(?:rimraf|shx rm|del-cli|rm)(?:\s+-\w+)*\s+(?<paths>.+)$/;
const madeByTools =
  /^["']?(?:\.\/)?(?:dist|build|lib|out|output|coverage|\.nyc_output|\.cache|\.turbo|\.next|tmp|temp|types|esm|cjs|[\w*/-]*\.(?:log|tsbuildinfo))(?:\/[^ ]*)?["']?$/;

const calls =
  /^(?:npm run(?:-script)?|yarn(?: run)?|pnpm(?: run)?|bun run|run-[sp]|npm-run-all)\s+(?<names>[\w:.\s-]+)$/;

/** Scripts that call scripts beyond this are not looked into. */
const deepest = 4;

/** Whether a command that runs with the tests cannot change what they come to: each part builds, checks or clears up. */
export function isHarmlessCommand(command: string, sides: ScriptSides, depth = 0): boolean {
  if (depth > deepest || /[>`]|\$\(|node_modules|[^&]&[^&]|\|\|/.test(command)) return false;
  return command
    .split(/&&|;/)
    .map((part) =>
      part
        .trim()
        .replace(/^(?:cross-env\s+)?(?:\w+=\S*\s+)*(?:npx(?: --\S+)*\s+|(?:yarn|pnpm) exec\s+)?/, ""),
    )
    .every((part) => isHarmless(part, sides, depth));
}

function isHarmless(part: string, sides: ScriptSides, depth: number): boolean {
  if (tools.test(part)) return true;
  const removed = removal.exec(part)?.groups?.paths?.trim().split(/\s+/);
  if (removed) return removed.every((path) => madeByTools.test(path));
  const names = calls
    .exec(part)
    ?.groups?.names?.trim()
    .split(/\s+/)
    .filter((name) => !name.startsWith("-"));
  return (
    names !== undefined && names.length > 0 && names.every((name) => isHarmlessScript(name, sides, depth))
  );
}

/** A script that the base has, unchanged, is known; it must not make a test run check less all the same. */
function isHarmlessScript(name: string, sides: ScriptSides, depth: number): boolean {
  const [was, is] = [sides.before, sides.after].map((each) => each.get(`scripts.${name}`)?.join(" "));
  if (is === undefined) return false;
  return (was === is && commandWeaknesses("", is).length === 0) || isHarmlessCommand(is, sides, depth + 1);
}
