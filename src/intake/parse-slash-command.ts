const names = ["retry", "cancel", "status", "approve"] as const;

/** A command that a person wrote, with the words that follow it. */
export type SlashCommand = { name: (typeof names)[number]; words: string };

/**
 * Reads the command of a comment: its first non-empty line must begin with one. Quotes, code blocks and later lines
 * are none, so that talking about a command does not give it. What follows the name, further lines included, are words.
 */
export function parseSlashCommand(comment: string): SlashCommand | undefined {
  const text = comment.replace(/^(?:[^\S\n]*\r?\n)*/, "");
  const match = /^ {0,3}\/(?<name>[a-z]+)(?=\s|$)(?<words>.*)$/is.exec(text);
  const name = names.find((known) => known === match?.groups?.name?.toLowerCase());
  return name && { name, words: (match?.groups?.words ?? "").trim() };
}
