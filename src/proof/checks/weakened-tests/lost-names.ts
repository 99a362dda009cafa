import { givesSomething } from "./gives-something.ts";
import { maskCode } from "./mask-code.ts";
import { assertsByName, matcherOf } from "./matchers.ts";
import { holdsTests } from "./read-suite.ts";
import { plain, wordsOf } from "./words.ts";

/**
 * What a change makes of one file of code that is no test: the names that it has no more, those that it has now, and those
 * of functions that give something on each way.
 */
export type CodeFile = { path: string; gone: string[]; present: string[]; giving: string[] };

const code = /\.([cm]?[jt]sx?|vue|svelte|py|go|rs|java|kts?|cs|php|rb|exs?|swift|scala)$/;
/** What shows or measures the code, and is none that tests are about. */
const beside = /(^|\/)(examples?|docs?|bench\w*|demos?|fixtures?|node_modules)\//;
const hashes = /\.(py|rb|exs?)$/;

/** Longer texts are made by programs. */
const longest = 1_000_000;
/** What every program calls tells nothing of what a test was about. */
const common = new Set([
  ...Object.getOwnPropertyNames(globalThis),
  ...[
    Object,
    Array,
    String,
    Number,
    Promise,
    Map,
    Set,
    RegExp,
    Function,
    Date,
    Error,
    JSON,
    Math,
    console,
  ].flatMap((each) => [
    ...Object.getOwnPropertyNames(each),
    ...Object.getOwnPropertyNames("prototype" in each ? each.prototype : {}),
  ]),
]);

/** What can be called, made, set or asked for: declarations, members, keys, parameters with a value, and strings of one word. */
const names = [
  /\b(?:function\*?|class|interface|type|enum|def|fn|func|struct|trait|object|record|protocol)\s+(?:\([^()\n]{0,80}\)\s*)?(?<name>[A-Za-z_$][\w$]{1,80})/g,
  /\bexport\s+(?:const|let|var)\s+(?<name>[A-Za-z_$][\w$]{1,80})/g,
  /(?:^|\s)(?<name>[A-Za-z_$][\w$]{2,80})\s*\([^;{}()\n]{0,200}\)\s*(?::[^;{}\n]{0,80})?\{/g,
  /\.(?<name>[A-Za-z_$][\w$]{3,80})\b/g,
  /(?:^|[\s{,(])(?<name>[A-Za-z_$][\w$]{3,80})\??:(?!:)/g,
  /[(,]\s*(?<name>[A-Za-z_]\w{3,80})\s*=(?!=)/g,
  /["'`](?<name>-{0,2}[A-Za-z][\w-]{3,80})["'`]/g,
];

/** Whether a path is one of code that tests may be about. */
export function isCode(path: string): boolean {
  return code.test(path) && !beside.test(path) && !holdsTests(path);
}

/** Reads which names a file of code lost, comments aside. */
export function readCode(path: string, sides: { before: string; after: string }): CodeFile {
  const [before, after] = [sides.before, sides.after].map((text) =>
    text.length > longest ? "" : maskCode(text, hashes.test(path) ? "#" : "//").code,
  );
  const present = declaredNames(after ?? "");
  const words = new Set([...wordsOf(after ?? ""), ...present]);
  const gone = [...declaredNames(before ?? "")].filter((name) => !words.has(name));
  const giving = sides.after.length > longest ? [] : givesSomething(path, sides.after);
  return { path, gone, present: [...present], giving };
}

function declaredNames(text: string): Set<string> {
  const found = names.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ groups }) => groups?.name ?? ""),
  );
  return new Set(found.filter((name) => !common.has(name) && !matcherOf(name) && !assertsByName(name)));
}

/**
 * The names that are gone from all changed code, as tests are compared, each with the path that had it. What tests still
 * use is not gone.
 */
export function lostNames(files: CodeFile[], stillUsed: Iterable<string>): Map<string, string> {
  const present = new Set(files.flatMap((file) => file.present));
  for (const name of stillUsed) present.add(name);
  return new Map(
    files.flatMap(({ path, gone }) =>
      gone.filter((name) => !present.has(name)).map((name): [string, string] => [plain(name), path]),
    ),
  );
}

/** The first lost name that the words of a test have. */
export function namedBy(words: string[], lost: Map<string, string>): string | undefined {
  const one = words.find((word) => lost.has(word));
  if (one !== undefined || lost.size === 0) return one;
  const text = ` ${words.join(" ")} `;
  return [...lost.keys()].find((name) => name.includes(" ") && text.includes(` ${name} `));
}
