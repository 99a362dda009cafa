import type { ConfigurationProblem } from "../domain/rules/configuration-problem.ts";
import { inlineCode } from "../domain/text/escape-markdown.ts";
import { nearest } from "../domain/text/nearest.ts";

/** What a schema found at a path; `unknown` is a key there that it does not have. */
export type SettingIssue = { path: PropertyKey[]; message: string; unknown?: string };

type SettingText = Pick<ConfigurationProblem, "message" | "repair">;

const texts = {
  yaml: (found: string): SettingText => ({
    message: `This is not YAML: ${firstSentence(found)}`,
    repair: "Mend the line; mind the indentation, the blank after each colon, and quotes around `*` and `@`.",
  }),
  aliases: (): SettingText => ({
    message: "Aliases (`*name`) unfold into too much.",
    repair: "Write the values out.",
  }),
  "stray-alias": (found: string): SettingText => ({
    message: `${inlineCode(`*${found}`)} is no glob here: YAML reads what begins with a star as the name of another value.`,
    repair: `Put it in quotes: ${inlineCode(`"*${found}"`)}.`,
  }),
  "too-deep": (): SettingText => ({
    message: "Values are nested deeper than any setting is.",
    repair: "Mend the brackets and the indentation.",
  }),
  "too-long": (): SettingText => ({
    message: "The file is longer than 65,536 characters.",
    repair: "Keep the keys that differ from their defaults.",
  }),
};

/** A file that cannot be read at all. */
export function renderYamlProblem(
  rule: keyof typeof texts,
  { file, line, found = "" }: { file: string; line: number; found?: string },
): ConfigurationProblem {
  return { file, line, ...texts[rule](found) };
}

/** The parts of a JSON Schema that say what may stand at a place. */
type Described = {
  description?: string;
  enum?: unknown[];
  properties?: Record<string, unknown>;
  additionalProperties?: unknown;
  propertyNames?: { enum?: unknown[] };
  items?: unknown;
  anyOf?: Described[];
};

/** A setting that does not fit its schema, with what would fit. */
export function renderSettingProblem(issue: SettingIssue, schema: object): SettingText {
  const { place, last } = descend(issue.path, schema as Described);
  if (issue.unknown !== undefined) return renderUnknown(issue.unknown, { path: issue.path, place });
  const at = issue.path.length === 0 ? "The file" : inlineCode(settingPath(issue.path));
  const choices = (place.enum ?? []).map((one) => inlineCode(String(one)));
  const what =
    issue.path.length === 0 ? "keys with values, such as `label: agent-task`" : (place.description ?? last);
  return {
    message: `${at}: ${issue.message.replace(/^Invalid (?:input|option): /, "")}.`,
    repair:
      choices.length > 0 ? `Write ${choices.join(", ")}.` : what === "" ? "Remove it." : `Give ${what}.`,
  };
}

function renderUnknown(
  unknown: string,
  { path, place }: { path: PropertyKey[]; place: Described },
): SettingText {
  const known = Object.keys(place.properties ?? {});
  const names = known.length > 0 ? known : (place.propertyNames?.enum ?? []).map(String);
  const [meant] = nearest(unknown, names);
  const where = path.length === 0 ? "" : ` in ${inlineCode(settingPath(path))}`;
  const list = names.map(inlineCode).join(", ");
  const repair = list === "" ? (place.description ?? "Remove it.") : `Known are ${list}.`;
  return {
    message: `${inlineCode(unknown)} is not a key that is known${where}.`,
    repair: meant === undefined ? repair : `Did you mean ${inlineCode(meant)}? ${repair}`,
  };
}

/** Follows a path through a schema; `last` is the innermost description on the way. */
function descend(path: PropertyKey[], schema: Described): { place: Described; last: string } {
  let place = schema;
  let last = "";
  for (const part of path) {
    const inner =
      typeof part === "number"
        ? place.items
        : (place.properties?.[String(part)] ?? place.additionalProperties);
    place = chosen(typeof inner === "object" && inner !== null ? inner : {});
    last = place.description ?? last;
  }
  return { place, last };
}

/** Of several choices the one that has keys, since only that one has places inside it. */
function chosen(place: Described): Described {
  const withKeys = place.anyOf?.find(({ properties }) => properties !== undefined);
  return withKeys
    ? { ...place, ...withKeys, description: place.description ?? withKeys.description ?? "" }
    : place;
}

function settingPath(path: PropertyKey[]): string {
  return path
    .map((part, at) => (typeof part === "number" ? `[${part}]` : `${at === 0 ? "" : "."}${String(part)}`))
    .join("");
}

function firstSentence(text: string): string {
  const [line = ""] = text.split(/\n|; please use /);
  return line.replace(/[.:]?$/, ".");
}
