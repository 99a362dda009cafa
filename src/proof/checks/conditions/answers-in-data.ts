import type { Answer } from "./find-answers.ts";
import { isLiteral, literalsIn } from "./literals.ts";
import { suspect } from "./suspicion.ts";

/** A file of data in which answers could be; manifests and settings have names of their own. */
const data = /\.json$/;
const settings =
  /(?:^|\/)(?:package(?:-lock)?|npm-shrinkwrap|composer|[tj]sconfig[\w.-]*|deno|biome|renovate|turbo|nx|lerna|manifest|\.[\w.-]+)\.json$/;
/** A larger file is data that nobody wrote for a test, in characters. */
const largest = 20_000;

/** Whether a file of data can be read here. */
export function holdsData(path: string): boolean {
  return data.test(path) && !settings.test(path);
}

/** The rows of a file of data that give a value for whole inputs, as a table in code would. */
export function answersInData(path: string, text = ""): Answer[] {
  if (text === "" || text.length > largest) return [];
  return rowsOf(parsed(text)).flatMap(({ key, value }) => {
    const [asked, given] = [literalsIn(key), literalsIn(value)];
    const isWhole = isLiteral(value) && (/^-?\d/.test(key) || asked.length > 1);
    const message = "This file answers inputs of the tests by itself, before the rule for all others.";
    const line = text.slice(0, Math.max(0, text.indexOf(key))).split("\n").length;
    return isWhole
      ? [
          {
            group: `table of ${path}`,
            asked,
            given,
            suspicion: suspect(line, { about: `${key} ${value}`, message }),
          },
        ]
      : [];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The entries of an object and of the objects in it. */
function rowsOf(value: unknown, depth = 0): { key: string; value: string }[] {
  if (typeof value !== "object" || value === null || Array.isArray(value) || depth > 2) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    typeof each === "object"
      ? rowsOf(each, depth + 1)
      : [{ key: /^-?\d+(?:\.\d+)?$/.test(key) ? key : JSON.stringify(key), value: JSON.stringify(each) }],
  );
}
