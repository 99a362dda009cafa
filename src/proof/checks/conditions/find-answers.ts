import type { SyntaxNode, Tree } from "@lezer/common";
import { functionAround } from "./code-unit.ts";
import { isLiteral, literalsIn, literalWeight } from "./literals.ts";
import { type Suspicion, suspect } from "./suspicion.ts";

/** Literals that are asked for and those that are answered. `group` is the function or the table that it is in. */
export type Answer = { group: string; asked: string[]; given: string[]; suspicion: Suspicion };

const message = "This code answers an input of the tests by itself, before the rule for all others.";
/** More answers than these in a file are data, or hostile: every one is held against every test. */
const mostAnswers = 300;
/** How much of a function is looked at for what it computes, in characters. */
const longestFunction = 20_000;
/** Beyond this a table is data. */
const longest = 2_000;

/** Finds where code gives a literal for literals, ahead of a rule that computes, or in a table of whole inputs. */
export function findAnswers(tree: Tree, text: string): Answer[] {
  const answers: Answer[] = [];
  tree.iterate({
    enter: ({ name, node }) => {
      if (answers.length >= mostAnswers) return false;
      const found = readers[name]?.(node, text) ?? [];
      for (const each of found) {
        const answer = readAnswer(each, { node, text });
        if (answer) answers.push(answer);
      }
      return undefined;
    },
  });
  return answers;
}

/** `table` is the name of one that is filled entry by entry. */
type AnsweredPair = { asked: string; given: string; isTable?: true; table?: string };

const readers: Record<string, (node: SyntaxNode, text: string) => AnsweredPair[]> = {
  IfStatement: readBranches,
  ConditionalExpression: readConditional,
  SwitchStatement: readSwitchCases,
  MatchStatement: readSwitchCases,
  ObjectExpression: readTable,
  DictionaryExpression: readTable,
  ArrayExpression: readMapEntries,
  AssignStatement: readEntry,
  ExpressionStatement: readEntry,
};

function readAnswer(
  pair: AnsweredPair,
  { node, text }: { node: SyntaxNode; text: string },
): Answer | undefined {
  const asked = literalsIn(pair.asked);
  const given = literalsIn(pair.given);
  if (given.length === 0 || asked.length === 0) return undefined;
  const around = functionAround(node, text);
  if (!pair.isTable && !(around && (computes(around.node, text) || areNumbers({ asked, given }))))
    return undefined;
  const line = text.slice(0, node.from).split("\n").length;
  const suspicion = suspect(line, { about: `${pair.asked} ${pair.given}`, message });
  const group = pair.isTable ? `${tables}${pair.table ?? node.from}` : `function ${around?.name}`;
  return { group, asked, given, suspicion };
}

/** Several numbers for several: code that computes nothing is a table, but of names and codes, not of whole inputs. */
function areNumbers({ asked, given }: Pick<Answer, "asked" | "given">): boolean {
  return asked.length > 1 && [...asked, ...given].every((value) => /^-?\d/.test(value));
}

/** Whether some way through a function gives what it computes. */
function computes(node: SyntaxNode, text: string): boolean {
  const own = text.slice(Math.max(node.from, node.to - longestFunction), node.to);
  const returns = [...own.matchAll(/\breturn\s+(?<value>[^;\n]+)/g)].map(({ groups }) => groups?.value ?? "");
  return [...returns, expressionOf(node, text)].some(
    (value) => !isLiteral(value) && /[A-Za-z_$][\w$]*\s*[(*+/-]|\$\{/.test(value),
  );
}

/** What an arrow function without a block gives. */
function expressionOf({ name, lastChild }: SyntaxNode, text: string): string {
  const isExpression = name === "ArrowFunction" && lastChild && lastChild.name !== "Block";
  return isExpression ? text.slice(lastChild.from, Math.min(lastChild.to, lastChild.from + longest)) : "";
}

const equality = /={2,3}|\bin\b|\bis\b|Object\.is\(/;
const otherwise = /!=|[<>]|\bnot\b|!\(?\w/;

function readBranches(node: SyntaxNode, text: string): AnsweredPair[] {
  const pairs: AnsweredPair[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const asked = child.prevSibling ? text.slice(child.prevSibling.from, child.prevSibling.to) : "";
    if (!/^(Body|Block|ReturnStatement|ExpressionStatement)$/.test(child.name)) continue;
    const found = /^[{:]?\s*(?:return\s|[\w.]+\s*=(?!=))\s*(?<given>[^;\n]+);?\s*\}?$/.exec(
      text.slice(child.from, child.to).trim(),
    );
    if (found && isQuestion(asked)) pairs.push({ asked, given: literalOf(found.groups?.given) });
  }
  return pairs;
}

function isQuestion(asked: string): boolean {
  return equality.test(asked) && !otherwise.test(asked.replace(/["'`][^"'`]*["'`]|===?/g, ""));
}

function literalOf(given = ""): string {
  const list = given.trim().replace(/^[[(](.*)[\])]$/, "$1");
  return list.split(",").every(isLiteral) ? given : "";
}

function readConditional(node: SyntaxNode, text: string): AnsweredPair[] {
  const own = text.slice(node.from, Math.min(node.to, node.from + longest));
  const script = /^(?<asked>[^?]+)\?(?![.?])(?<given>[^:]+):/.exec(own);
  const python = /^(?<given>[^\n]+?)\sif\s(?<asked>[^\n]+?)\selse\s/.exec(own);
  const { asked = "", given = "" } = (python ?? script)?.groups ?? {};
  return isQuestion(asked) ? [{ asked, given: literalOf(given) }] : [];
}

function readSwitchCases(node: SyntaxNode, text: string): AnsweredPair[] {
  const own = text.slice(node.from, Math.min(node.to, node.from + longest));
  const found = own.matchAll(/\bcase\s+(?<asked>[^\n]+?):\s*\{?\s*return\s+(?<given>[^;\n]+)/g);
  return [...found].map(({ groups }) => ({ asked: groups?.asked ?? "", given: literalOf(groups?.given) }));
}

/** A table of whole inputs: its keys are several values in one, or numbers. */
function readTable(node: SyntaxNode, text: string): AnsweredPair[] {
  if (node.to - node.from > longest) return [];
  const own = text.slice(node.from + 1, node.to - 1);
  const rows = [
    ...own.matchAll(/(?<asked>\([^()]*\)|\[[^[\]]*\]|"[^"]*"|'[^']*'|[\d.]+)\s*:\s*(?<given>[^,\n]+)/g),
  ];
  return wholeInputs(rows.map(({ groups }) => ({ asked: groups?.asked ?? "", given: groups?.given ?? "" })));
}

/** The entries of a `Map`. */
function readMapEntries(node: SyntaxNode, text: string): AnsweredPair[] {
  if (node.to - node.from > longest || !/Map\(\s*$/.test(text.slice(Math.max(0, node.from - 40), node.from)))
    return [];
  const rows = [
    ...text
      .slice(node.from, node.to)
      .matchAll(/\[\s*(?<asked>"[^"]*"|'[^']*'|[\d.]+)\s*,\s*(?<given>[^,\]]+)\]/g),
  ];
  return wholeInputs(rows.map(({ groups }) => ({ asked: groups?.asked ?? "", given: groups?.given ?? "" })));
}

const entry =
  /^(?<table>[\w.$]+)(?:\[(?<key>[^\]\n]+)\]\s*=(?!=)\s*|\.set\(\s*(?<first>"[^"]*"|'[^']*'|`[^`]*`)\s*,\s*)(?<given>[^\s;)][^;)\n]*)\)?;?$/;

/** One entry that is put into a table, for several values at once: one alone may be the name of a setting. */
function readEntry(node: SyntaxNode, text: string): AnsweredPair[] {
  if (node.to - node.from > longest) return [];
  const { table, key, first, given = "" } = entry.exec(text.slice(node.from, node.to))?.groups ?? {};
  const asked = key ?? first ?? "";
  if (table === undefined || literalsIn(asked).length < 2) return [];
  return wholeInputs([{ asked, given }]).map((pair) => ({ ...pair, table }));
}

function wholeInputs(rows: AnsweredPair[]): AnsweredPair[] {
  const isWhole = ({ asked, given }: AnsweredPair): boolean =>
    isLiteral(given) && (/^[[(\d]/.test(asked) || literalsIn(asked).length > 1);
  return rows.length > 0 && rows.every(isWhole) ? rows.map((row) => ({ ...row, isTable: true })) : [];
}

/** How the group of a table begins; the place of the table follows. */
const tables = "table ";

/** The tables that had one of their rows before: whatever is written above a table moves it. */
function movedTables(before: Answer[], after: Answer[]): string[] {
  const rowOf = ({ asked, given }: Answer): string => JSON.stringify([asked, given]);
  const inTables = (answers: Answer[]): Answer[] => answers.filter(({ group }) => group.startsWith(tables));
  const rows = new Set(inTables(before).map(rowOf));
  return inTables(after)
    .filter((answer) => rows.has(rowOf(answer)))
    .map(({ group }) => group);
}

/** How much must speak for it that an answer was made for a test: see `weightOf`. */
const enough = 3;

/** Those answers whose function or table answers nothing but what the tests ask, and did so for nothing before. */
export function answersOfTests(
  after: Answer[],
  { before, cases }: { before: Answer[]; cases: Set<string>[] },
): Suspicion[] {
  const known = new Set([
    ...before.map(({ group }) => group).filter((group) => !group.startsWith(tables)),
    ...movedTables(before, after),
  ]);
  const isCase = ({ asked, given }: Answer): boolean =>
    cases.some((each) => [...asked, ...given].every((value) => each.has(value)));
  const matched = new Set(after.filter(isCase));
  const others = new Set(after.filter((each) => !matched.has(each)).map(({ group }) => group));
  const isFound = (answer: Answer): boolean => {
    const weight = [...answer.asked, ...answer.given].reduce((sum, value) => sum + literalWeight(value), 0);
    return weight >= enough && !others.has(answer.group);
  };
  const found = after.filter((answer) => !known.has(answer.group) && isFound(answer));
  return [...new Map(found.map(({ group, suspicion }) => [group, suspicion])).values()];
}
