import type { List, RootContent } from "mdast";
import { lintValidation } from "../command/lint-validation.ts";
import { suggestCommand } from "../command/suggest-command.ts";
import { lineOf, nodesOf } from "../visible/read-markdown.ts";
import { limits } from "./fields.ts";
import { isNone } from "./is-none.ts";
import { isJoined } from "./prose-commands.ts";
import type { Read } from "./read-result.ts";
import { readSeveral } from "./read-several.ts";
import { renderProblem } from "./render-problem.ts";
import type { Section } from "./split-sections.ts";

/** The validation command: alone on a line, as inline code or in one fence; and what the lint has to say of it. */
export function readCommand(section: Section): Read<string> {
  const [node, ...others] = section.nodes;
  if (!node || others.length > 0) return refuseWords(section);
  const line = lineOf(node) + (isFenced(node, section) ? 1 : 0);
  const commands = blockCommands(node, section);
  if (commands === undefined) return refuseWords(section);
  const [command = "", ...more] = commands;
  const prompted = node.type === "code" ? promptedOf(node.value) : [];
  if (prompted.length > 0) return refuseMixed(prompted, line);
  if (more.length > 0) return readSeveral(commands, line);
  if (isNone(command)) return { problems: [renderProblem("only-none", { line, field: "validation" })] };
  return lintLine(command, line);
}

function lintLine(command: string, line: number): Read<string> {
  if (command.length > limits.commandLength)
    return { problems: [renderProblem("command-long", { line, field: "validation" })] };
  const problems = lintValidation(command, line);
  if (problems.length === 0) return { value: command, problems };
  const meant = suggestCommand(command);
  return { problems, ...(meant !== undefined && { value: meant }) };
}

/** The lines of a part that holds nothing but one block of them. */
export function commandLines({ nodes, source }: Pick<Section, "nodes" | "source">): string[] | undefined {
  const [node, ...others] = nodes;
  return node && others.length === 0 ? blockCommands(node, { source }) : undefined;
}

/** The command lines of the one block that holds them; nothing if it holds other words too. */
function blockCommands(node: RootContent, { source }: Pick<Section, "source">): string[] | undefined {
  if (node.type === "code") return commandLinesIn(node.value);
  if (node.type === "list") return linesOfList(node);
  if (node.type !== "paragraph") return undefined;
  const [first, ...others] = node.children;
  if (first?.type === "inlineCode" && others.length === 0) return commandLinesIn(first.value);
  if (node.children.some((child) => child.type === "inlineCode")) return linesOfCode(node.children);
  return commandLinesIn(source.replace(/^(?<mark>\*\*|__)(?<bold>[^*_\n]+)\k<mark>$/, "$<bold>"));
}

/** A list of which each item is one command, in code or bare. */
function linesOfList(list: List): string[] | undefined {
  const texts = list.children.map(({ children: [only, ...others] }) => {
    const [word, ...more] = only?.type === "paragraph" ? only.children : [];
    const isPlain = others.length === 0 && more.length === 0;
    return isPlain && (word?.type === "text" || word?.type === "inlineCode") ? word.value : undefined;
  });
  return texts.includes(undefined) ? undefined : commandLinesIn(texts.join("\n"));
}

/** Lines of which each is one piece of inline code are as good as a fence. */
function linesOfCode(children: RootContent[]): string[] | undefined {
  const words = children.filter((child) => child.type !== "inlineCode");
  if (words.some((child) => child.type !== "text" || child.value.trim() !== "")) return undefined;
  return children.flatMap((child) => (child.type === "inlineCode" ? commandLinesIn(child.value) : []));
}

/** What terminals put before a command: `$ `, `user@host:~/src$ `, `PS C:\src> `. */
const prompt = /^\s*(?:PS [^>\n]{0,200}>|[\w.-]{1,64}@[\w.-]{1,64}:[^\s$#%]{0,200}[$#%]|[$%\u276f\u279c])\s+/;

/** Lines joined where a backslash continues them, without the prompts, remarks and backticks that people copy along. */
function commandLinesIn(text: string): string[] {
  return text
    .replace(/\\\n/g, "")
    .split("\n")
    .map((line) => line.replace(prompt, ""))
    .map((line) => line.trim().replace(/^`([^`]+)`$/, "$1"))
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** Of lines copied from a terminal those behind a prompt: the others are what the commands said. */
function promptedOf(text: string): string[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const prompted = lines.filter((line) => prompt.test(line));
  return prompt.test(lines[0] ?? "") && prompted.length < lines.length
    ? commandLinesIn(prompted.join("\n"))
    : [];
}

function refuseWords(section: Section): Read<string> {
  const codes = section.nodes
    .flatMap((node) => [...nodesOf(node)])
    .flatMap((node) =>
      node.type === "inlineCode" || node.type === "code" ? commandLinesIn(node.value) : [],
    );
  const { line } = section;
  const [only] = section.nodes;
  if (
    codes.length > 1 &&
    section.nodes.length === 1 &&
    only?.type === "paragraph" &&
    isJoined(section.source)
  )
    return readSeveral(codes, line);
  if (codes.length > 1) return refuseMixed(codes, line);
  const [code = ""] = codes;
  if (code.length > limits.commandLength)
    return { problems: [renderProblem("command-long", { line, field: "validation" })] };
  const meant = code === "" ? undefined : suggestCommand(code);
  const problems = [renderProblem("command-prose", { line, field: "validation", found: code })];
  return { problems, ...(meant !== undefined && { value: meant }) };
}

/** Lines of which some are commands: they are proposed, where they are fit for it. */
function refuseMixed(commands: string[], line: number): Read<string> {
  const { value } = readSeveral(commands, line);
  const problem = renderProblem("command-several", { line, field: "validation", found: commands[0] ?? "" });
  return { problems: [problem], ...(value !== undefined && { value }) };
}

function isFenced(node: RootContent, { source }: Pick<Section, "source">): boolean {
  return node.type === "code" && /^\s*(?:```|~~~)/.test(source);
}
