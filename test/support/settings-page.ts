/** The part of a JSON Schema that a table of settings shows. */
type Shape = {
  type?: string | string[];
  description?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  items?: Shape;
  properties?: Record<string, Shape>;
  additionalProperties?: Shape | boolean;
};

type Row = { key: string; takes?: string; usual: string; what: string };

const introduction = `# Every setting

\`npm run schemas\` writes this page from [.env.example](../.env.example) and the schemas by which the files are read, and a test
holds it against them. What each setting is good for in practice stands in the annotated examples:
[a repository's file](examples/drafthorse.yml) and [the operator's](examples/operator.yml).

A repository needs none of this: every setting has a default. Unknown keys are errors, and an error is answered on the issue with
its line and the repair. A repository cannot raise the operator's ceilings, nor a brief those of its repository.
`;

/** The text of `.env.example`, the published JSON Schemas, and what holds where a repository says nothing. */
export type SettingsSources = { environment: string; repository: Shape; operator: Shape; usual: object };

/** Keys of the operator's file whose own keys stand in the table of a repository's. */
const repeated = ["defaults", "ceilings"];

/** The page of all settings. */
export function renderSettingsPage(given: SettingsSources): string {
  return [
    introduction,
    "## The service: `.env`\n",
    ...environmentTables(given.environment),
    "## A repository: `.github/drafthorse.yml`\n",
    "It is read from the default branch alone.\n",
    table(rowsOf(given.repository, { usual: given.usual })),
    "## The operator: the file that `DRAFTHORSE_CONFIG` names\n",
    "`defaults` takes the keys of a repository's file, `ceilings` those of its `limits`.\n",
    table(rowsOf(given.operator, { usual: {} })),
  ].join("\n");
}

function rowsOf(
  { properties = {} }: Shape,
  { usual, above = "" }: { usual: unknown; above?: string },
): Row[] {
  return Object.entries(properties).flatMap(([name, shape]) => {
    const key = `${above}${name}`;
    const value = (usual as Record<string, unknown> | undefined)?.[name];
    const own = { key, takes: takenBy(shape), usual: plain(value), what: shape.description ?? "" };
    const parts = repeated.includes(key) ? [] : partsOf(shape);
    return [
      own,
      ...parts.flatMap(({ part, path }) => rowsOf(part, { usual: value, above: `${key}${path}.` })),
    ];
  });
}

function plain(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** The objects that may stand under a key: itself, the items of its list, or the values of names that people choose. */
function partsOf(shape: Shape): { part: Shape; path: string }[] {
  const { anyOf = [], items, additionalProperties: values } = shape;
  return [
    ...(shape.properties ? [{ part: shape, path: "" }] : []),
    ...anyOf.flatMap(partsOf),
    ...(items?.properties ? [{ part: items, path: "[]" }] : []),
    ...(typeof values === "object" && values.properties ? [{ part: values, path: ".NAME" }] : []),
  ];
}

function takenBy({ const: only, enum: words, anyOf, type, items, additionalProperties }: Shape): string {
  if (only !== undefined) return code(only);
  if (words) return words.map(code).join(", ");
  if (anyOf) return [...new Set(anyOf.map(takenBy))].join(" or ");
  if (type === "array") return `list of ${items ? takenBy(items) : "anything"}`;
  if (type === "object") return typeof additionalProperties === "object" ? "names with values" : "keys";
  return [type ?? "anything"].flat().join(" or ");
}

/** Each part of the file begins with `# --- Title ---`; a comment speaks of all the variables that follow it. */
function environmentTables(text: string): string[] {
  const parts = text.split(/^# --- (.+) ---$/m).slice(1);
  return parts.flatMap((title, index) =>
    index % 2 === 0 ? [`### ${title}\n`, table(variablesOf(parts[index + 1] ?? ""))] : [],
  );
}

function variablesOf(text: string): Row[] {
  const blocks = text.matchAll(/(?<said>(?:^#.*\n)+)(?<set>(?:^\w+=.*\n)+)/gm);
  return [...blocks].flatMap(({ groups }) => {
    const what = (groups?.said ?? "").replace(/^# ?/gm, "");
    const lines = [...(groups?.set ?? "").matchAll(/^(?<key>\w+)=(?<value>.*)$/gm)];
    return lines.map(({ groups: one }, index) => ({
      ...{ key: one?.key ?? "", usual: one?.value ?? "", what: index === 0 ? what : "the same" },
    }));
  });
}

function table(rows: Row[]): string {
  const heads = rows.some(({ takes }) => takes) ? ["key", "takes", "default"] : ["variable", "default"];
  const lines = rows.map(({ key, takes, usual, what }) =>
    [code(key), ...(takes ? [takes] : []), usual && code(usual), what].map(cell),
  );
  const row = (cells: string[]): string => `| ${cells.join(" | ")} |`;
  return [
    row([...heads, "what it is for"]),
    row([...heads, ""].map(() => "---")),
    ...lines.map(row),
    "",
  ].join("\n");
}

function code(word: unknown): string {
  return `\`${String(word)}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s+/g, " ").trim();
}
