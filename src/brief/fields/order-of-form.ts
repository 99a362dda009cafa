import { type Field, fieldNames, fields } from "./fields.ts";
import { isBoundaryText } from "./fits-field.ts";
import { beginsWithProgram } from "./prose-commands.ts";
import { commandLines } from "./read-command.ts";
import { isEmpty, type Part } from "./split-sections.ts";

/** The parts, and the fields that they are only by their order. */
export type Ordered = { parts: Part[]; guessed: Set<Field> };

const needed = fieldNames.filter((name) => fields[name].needed);

/** More headings than these that are known speak for a text in a language that is. */
const mostKnown = 2;

/**
 * In a language that nobody here knows the parts are found by the order of the form: the third is a command and nothing
 * else, the fifth names people. Each is then proposed, never taken.
 */
export function orderOfForm(parts: Part[], text: string): Ordered {
  const headed = parts.filter(({ title, depth }) => title !== "" && depth !== 1);
  const five = headed.slice(0, needed.length);
  const known = headed.filter(({ meanings }) => meanings.length > 0).length;
  if (five.length < needed.length || known > mostKnown || !fits(five, text))
    return { parts, guessed: new Set() };
  const places = new Map(five.map((part, index) => [part, needed[index]]));
  return {
    guessed: new Set(needed),
    parts: parts.map((part) => {
      const field = places.get(part);
      if (field !== undefined) return { ...part, meanings: [{ name: field, strength: "named" }] };
      return headed.includes(part) ? { ...part, meanings: [] } : part;
    }),
  };
}

function fits(five: Part[], text: string): boolean {
  const [, , validation, , boundary] = five;
  if (five.some(isEmpty) || !validation || !boundary) return false;
  const lines = commandLines(validation) ?? [];
  const isCommand = lines.length > 0 && lines.every(beginsWithProgram);
  return isCommand && isBoundaryText(boundary, text);
}
