import { gzipSync } from "node:zlib";

/** A made-up secret: nobody issued it, but it has the form that its kind has. */
export type Seed = { kind: string; value: string };

const digits = "0123456789";
const hex = `${digits}abcdef`;
const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const letters = `${upper}${upper.toLowerCase()}${digits}`;
const base64 = `${letters}+/`;
const url = `${letters}-_`;

/** A generator of the xorshift kind: the same seeds on every machine. */
function generator(state: number): () => number {
  const at = { state };
  return () => {
    at.state ^= at.state << 13;
    at.state ^= at.state >>> 17;
    at.state ^= at.state << 5;
    return (at.state >>> 0) / 2 ** 32;
  };
}

type Draw = (alphabet: string, count: number) => string;

const kinds: Record<string, (draw: Draw) => string> = {
  "AWS access key id": (draw) => `AKIA${draw(`${upper}234567`, 16)}`,
  "GitHub token": (draw) => `ghp_${draw(letters, 36)}`,
  "GitHub installation token": (draw) => `ghs_${draw(letters, 36)}`,
  "GitHub installation token, new": (draw) =>
    `ghs_${draw(digits, 6)}_eyJ${draw(url, 33)}.eyJ${draw(url, 300)}.${draw(url, 86)}`,
  "GitHub fine-grained token": (draw) => `github_pat_${draw(letters, 22)}_${draw(letters, 59)}`,
  "GitLab token": (draw) => `glpat-${draw(letters, 20)}`,
  "npm token": (draw) => `npm_${draw(letters, 36)}`,
  "PyPI token": (draw) => `pypi-AgEIcHlwaS5vcmc${draw(url, 120)}`,
  "Anthropic key": (draw) => `sk-ant-api03-${draw(url, 93)}AA`,
  "OpenAI key": (draw) => `sk-proj-${draw(url, 74)}T3BlbkFJ${draw(url, 74)}`,
  "Google key": (draw) => `AIza${draw(letters, 35)}`,
  "xAI key": (draw) => `xai-${draw(letters, 80)}`,
  "Groq key": (draw) => `gsk_${draw(letters, 52)}`,
  "Hugging Face token": (draw) => `hf_${draw(letters, 34)}`,
  "OpenRouter key": (draw) => `sk-or-v1-${draw(hex, 64)}`,
  "Slack token": (draw) => `xoxb-${draw(digits, 12)}-${draw(digits, 12)}-${draw(letters, 24)}`,
  "Stripe key": (draw) => `sk_live_${draw(letters, 24)}`,
  "SendGrid key": (draw) => `SG.${draw(letters, 22)}.${draw(letters, 43)}`,
  "JSON web token": (draw) => `eyJhbGciOiJIUzI1NiJ9.eyJ${draw(url, 60)}.${draw(letters, 43)}`,
  "connection string": (draw) => `postgres://app:${draw(letters, 24)}@db.internal:5432/app`,
  "RSA key": (draw) => pem("RSA PRIVATE KEY", draw),
  "OpenSSH key": (draw) => pem("OPENSSH PRIVATE KEY", draw),
  "PGP key": (draw) => pem("PGP PRIVATE KEY BLOCK", draw),
  "Azure storage key": (draw) => `AccountKey=${draw(base64, 86)}==`,
  "named random value": (draw) => draw(letters, 32),
};

function pem(label: string, draw: Draw): string {
  const body = Array.from({ length: 12 }, () => draw(base64, 64)).join("\n");
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----`;
}

/** So many secrets, every kind in turn. */
export function seeds(count: number): Seed[] {
  const next = generator(20_261_121);
  const draw: Draw = (alphabet, length) =>
    Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join("");
  const all = Object.entries(kinds);
  return Array.from({ length: count }, (_, index) => {
    const [kind = "", make] = all[index % all.length] ?? [];
    return { kind, value: make?.(draw) ?? "" };
  });
}

const bytesOf = (value: string): string[] => Buffer.from(value).toString("hex").match(/../g) ?? [];

/** Nine ways of writing a value into a file so that it is not read at a glance. */
export const encodings: Record<string, (value: string) => string> = {
  plain: (value) => (value.includes("\n") ? `${value}\n` : `const api_key = "${value}";`),
  base64: (value) => `blob = "${Buffer.from(`it is ${value} here`).toString("base64")}"`,
  base64url: (value) => `blob = "${Buffer.from(`is ${value}`).toString("base64url")}"`,
  hex: (value) => `blob = "${bytesOf(value).join("")}"`,
  "URL-encoded": (value) =>
    `https://host.invalid/?q=${bytesOf(value)
      .map((byte) => `%${byte.toUpperCase()}`)
      .join("")}`,
  "unicode-escaped": (value) =>
    `blob = "${bytesOf(value)
      .map((byte) => `\\u00${byte}`)
      .join("")}"`,
  rot13: (value) =>
    value.replace(/[a-z]/gi, (one) =>
      String.fromCharCode(one.charCodeAt(0) + ((one.charCodeAt(0) & 31) > 13 ? -13 : 13)),
    ),
  reversed: (value) => [...value].reverse().join(""),
  "in pieces": (value) =>
    (value.match(/[\s\S]{1,7}/g) ?? []).map((piece) => JSON.stringify(piece)).join(" +\n  "),
};

/** A tenth, which hides all but its first three characters. */
export function gzipped(value: string): string {
  return `blob = "${gzipSync(value).toString("base64")}"`;
}
