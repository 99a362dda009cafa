/** A script of `package.json` that a command runs, and the folder in which it looks for it. */
export type ScriptCall = { manager: string; name: string; directory?: string; sure: boolean };

const managers: Record<string, { folder: string[]; valued: string[]; run: string[]; direct: string[] }> = {
  npm: {
    folder: ["--prefix", "-C"],
    valued: ["-w", "--workspace", "--loglevel", "--script-shell"],
    run: ["run", "run-script", "rum", "urn"],
    direct: ["test", "t", "tst", "start", "stop", "restart"],
  },
  pnpm: {
    folder: ["-C", "--dir"],
    valued: ["--filter", "-F", "--reporter", "--loglevel"],
    run: ["run", "run-script"],
    direct: ["test", "t", "start"],
  },
  yarn: { folder: ["--cwd"], valued: ["--mutex"], run: ["run"], direct: ["test", "start"] },
  bun: { folder: ["--cwd"], valued: ["--filter", "-F"], run: ["run"], direct: ["start"] },
};

/** Words of the managers that are no scripts although they stand where one could. */
const commands =
  /^(?:add|audit|bin|cache|ci|config|create|dedupe|dlx|exec|explore|fund|i|info|init|install|link|list|login|ls|node|outdated|pack|patch|plugin|prune|publish|rebuild|remove|rm|set|store|test|un|uninstall|unlink|up|update|upgrade|version|view|why|workspaces|x)$/;

/** The script that a command of npm, pnpm, yarn or bun runs; `sure` unless the name could be a program's as well. */
export function scriptOf(argv: string[]): ScriptCall | undefined {
  const [manager = "", ...rest] = argv;
  const about = Object.hasOwn(managers, manager) ? managers[manager] : undefined;
  if (!about) return undefined;
  const { words, directory, elsewhere } = splitOptions(rest, about);
  const [first = "", second = "", third = ""] = words;
  const call = { manager, ...(directory !== undefined && { directory }) };
  if (manager === "yarn" && first === "workspace") return scriptName({ ...call, name: third, sure: false });
  if (about.run.includes(first))
    return scriptName({ ...call, name: second, sure: !elsewhere && manager !== "bun" });
  if (about.direct.includes(first)) return scriptName({ ...call, name: fullName(first), sure: !elsewhere });
  if (manager === "npm" || commands.test(first)) return undefined;
  return scriptName({ ...call, name: first, sure: false });
}

function scriptName(call: ScriptCall): ScriptCall | undefined {
  return call.name === "" ? undefined : call;
}

function fullName(name: string): string {
  return /^(?:t|tst)$/.test(name) ? "test" : name;
}

type Split = { words: string[]; directory?: string; elsewhere: boolean };

/** The words that are no options, up to a `--`; a workspace or filter means another `package.json`. */
function splitOptions(rest: string[], about: { folder: string[]; valued: string[] }): Split {
  const split: Split = { words: [], elsewhere: false };
  const end = rest.indexOf("--");
  const own = end < 0 ? rest : rest.slice(0, end);
  for (let at = 0; at < own.length; at++) {
    const word = own[at] ?? "";
    if (!word.startsWith("-")) split.words.push(word);
    else if (takeOption(split, { word, next: own[at + 1] ?? "", about })) at++;
  }
  return split;
}

type Option = { word: string; next: string; about: { folder: string[]; valued: string[] } };

/** Notes what an option means for the folder, and says whether the next word is its value. */
function takeOption(split: Split, { word, next, about }: Option): boolean {
  const [option = "", value] = word.split(/=(.*)/s);
  const isFolder = about.folder.includes(option);
  const isValued = about.valued.includes(option);
  if (isFolder) split.directory = value ?? next;
  if (isValued || /^(?:--workspaces|-ws|-r|--recursive)$/.test(word)) split.elsewhere = true;
  return (isFolder || isValued) && value === undefined;
}
