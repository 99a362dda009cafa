import { indentOf } from "../../../domain/text/indent-of.ts";
/** A hook or fixture of pytest that can change which tests run or what they come to: the line of its name, from 1. */
export type LoudHook = { line: number; text: string; says: string };

/** What skips or leaves out tests, or gives a result that they did not have, in whatever hook it stands. */
const changes =
  /\bpytest\.(?:skip|exit|xfail|fail)\(|\bos\._exit\(|\bsys\.exit\(|\bmark\.(?:skip|skipif|xfail)\b|["'](?:skip|skipif|xfail)["']|\.(?:outcome|exitstatus|wasxfail|longrepr|testsfailed|excinfo|runtest|obj)\s*=(?!=)|\bforce_(?:result|exception)\b|\bsetattr\([^,\n]{0,80},\s*["'](?:outcome|exitstatus|wasxfail|longrepr|excinfo|runtest|obj)["']|\bitems\s*\[\s*:\s*\]\s*=\s*(?!sorted\(\s*items\b)|\bitems\.(?:clear|remove|pop|__\w+)\(|\bdel\s+items\b|\bpytest_deselected\b|\boption\.(?:keyword|markexpr|deselect|ignore\w*)\s*=(?!=)/;

/** Hands over the tests or a result to something that is not looked into. */
const handsOver =
  /\b(?!(?:len|enumerate|sorted|list|set|tuple|print|iter|reversed|shuffle|range|str|repr|isinstance|getattr|hasattr|append|debug|info|any|all|zip)\()(?<callee>\w+)\(\s*(?:items|report|rep|outcome)\s*[,)]/;

/** Hooks that pytest asks for an answer: one that gives it decides. */
const answers =
  /^pytest_(?:ignore_collect|pyfunc_call|runtest_protocol|runtest_makereport|report_teststatus|collect_file)$/;

const hooked = "a hook that decides which tests run, or what they come to";
const skipping = "a fixture of all tests that skips";

/** Reads the hooks of pytest in a file of Python, and the fixtures that all tests have. */
export function readHooks(text: string): LoudHook[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index): LoudHook[] => {
    const { name } = /^\s*(?:async )?def (?<name>\w+)\s*\(/.exec(line.slice(0, 200))?.groups ?? {};
    const says = name && loudness(name, lines, index);
    return says ? [{ line: index + 1, text: line.trim(), says }] : [];
  });
}

function loudness(name: string, lines: string[], at: number): string | undefined {
  if (name.startsWith("pytest_")) return decides(name, bodyAt(lines, at)) ? hooked : undefined;
  return isForAll(lines, at) && /\bpytest\.(?:skip|xfail)\(/.test(bodyAt(lines, at)) ? skipping : undefined;
}

function decides(name: string, body: string): boolean {
  if (changes.test(body) || handsOver.test(body)) return true;
  return answers.test(name) && !/\byield\b/.test(body) && /\breturn\s+(?!None\b|False\b)\S/.test(body);
}

/** The decorators stand right above, and may go over several lines. */
function isForAll(lines: string[], at: number): boolean {
  const above = lines.slice(Math.max(0, at - 6), at).join("\n");
  const last = above.slice(above.lastIndexOf("\n\n") + 1);
  return /@pytest\.fixture\([^@]*\bautouse\s*=\s*True/.test(last);
}

/** Longer bodies are cut: no hook is that long. */
const longest = 400;

function bodyAt(lines: string[], start: number): string {
  const indent = indentOf(lines[start] ?? "");
  const rest = lines.slice(start + 1, start + longest);
  const end = rest.findIndex(
    (line) => line.trim() !== "" && indentOf(line) <= indent && !/^\s*\)/.test(line),
  );
  const own = [
    (lines[start] ?? "").replace(/def \w+\s*\([^)]*\)?/, ""),
    ...(end < 0 ? rest : rest.slice(0, end)),
  ];
  return own.map((line) => line.slice(0, 500).replace(/(^|\s)#.*$/, "")).join("\n");
}
