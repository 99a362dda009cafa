/** Letters of other alphabets that look like those of ours. */
const lookalikes: Record<string, string> = {
  ...{ а: "a", е: "e", о: "o", р: "p", с: "c", х: "x", у: "y", і: "i", ѕ: "s", ј: "j", ԁ: "d", ո: "n" },
  ...{ к: "k", м: "m", т: "t", н: "h", в: "b", ӏ: "l", һ: "h", ԛ: "q", ԝ: "w", ɡ: "g", ѵ: "v", ɑ: "a" },
  ...{ ο: "o", α: "a", ι: "i", ν: "v", ρ: "p", κ: "k", τ: "t", υ: "u", χ: "x", γ: "y", ε: "e", ı: "i" },
};

/** A text with such letters, and letters in other widths and styles, as the letters that they look like. */
export function foldLookalikes(text: string): string {
  return [...text.normalize("NFKC").toLowerCase()].map((letter) => lookalikes[letter] ?? letter).join("");
}

/** The letters of a text that only look like ours, by their numbers, for people who cannot see the difference. */
export function nameLookalikes(text: string): string {
  const found = new Set(
    [...text].filter((letter) => !/[ -~]/.test(letter) && /^[ -~]+$/.test(foldLookalikes(letter))),
  );
  const names = [...found].slice(0, 3).map((letter) => {
    const code = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `\`${letter}\` (U+${code})`;
  });
  return names.length === 0 ? "" : ` It holds ${names.join(", ")}, of another alphabet.`;
}
