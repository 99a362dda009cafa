import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { writeWhole } from "./write-whole.ts";

/** Writes settings as a file that `.env` readers understand and nobody else may read; one setting a line. */
export async function writeAppEnv(path: string, settings: Record<string, string>): Promise<void> {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quoteSetting(value)}\n`);
  const head = "# Written when the App was registered. What .env or the environment set wins over it.\n";
  await writePrivate(path, head + lines.join(""));
}

/** Writes a file, whole, that nobody else may read, in a directory that nobody else may enter. */
export async function writePrivate(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeWhole(path, text, 0o600);
}

/** Node's reader of such files knows three quotes and, in ours, no escapes. */
function quoteSetting(value: string): string {
  const quote = ["'", "`", '"'].find((sign) => !value.includes(sign));
  if (quote === undefined || /[\r\n\0]/.test(value))
    throw new Error("A setting has a character that no file can hold.");
  return `${quote}${value}${quote}`;
}
