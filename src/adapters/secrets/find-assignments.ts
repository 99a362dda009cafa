import type { FoundSecret } from "./find-formats.ts";
import { looksRandom } from "./looks-random.ts";

/** Names of things that are kept secret. */
const secretName =
  "(?:api[_-]?key|apikey|secret|token|passwd|password|passphrase|private[_-]?key|access[_-]?key|credential|auth[_-]?key)";

/** What follows such a name and makes its value a fact about a secret, not a secret. */
const openName =
  /hash|sha\d|digest|checksum|fingerprint|public|uuid|name|type|url|uri|path|file|count|limit|length|regex|pattern|version|label|placeholder/i;

const quoted = new RegExp(
  `(?<name>${secretName}[\\w.-]{0,30})["'\`]?\\s{0,3}(?::|=>?|:=)\\s{0,3}(?<quote>["'\`])(?<value>[^\\s"'\`\\\\]{16,200})\\k<quote>`,
  "gi",
);
const bare = new RegExp(
  `(?<name>${secretName}[\\w.-]{0,30})[ \\t]{0,3}[:=][ \\t]{0,3}(?<value>[^\\s"'\`\\\\,;#()<>{}[\\]$]{16,200})(?=[ \\t]{0,3}(?:#.{0,200})?\\r?$)`,
  "gim",
);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Finds what a name gives away: a random value that is assigned to a key, a token or a password. */
export function findAssignments(text: string): FoundSecret[] {
  return [quoted, bare].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const { name = "", value = "" } = match.groups ?? {};
      if (openName.test(name) || uuid.test(value) || !isSecret(value)) return [];
      const at = match.index + match[0].indexOf(value, name.length);
      return [{ at, value, rule: "random value of a secret's name" }];
    }),
  );
}

/** Code and addresses look random too: a dotted or slashed path is a reference, not a value. */
function isSecret(value: string): boolean {
  return (
    looksRandom(value) &&
    /\d/.test(value) &&
    !/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(value) &&
    !value.includes("://")
  );
}
