const now =
  "(?:Date\\.now\\(\\)|\\+?new Date\\(\\)(?:\\.(?:getTime|valueOf|getFullYear|getUTCFullYear|toISOString|toJSON)\\(\\))?|time\\.time\\(\\)|(?:datetime\\.)*(?:datetime|date)\\.(?:now|today|utcnow)\\([^)]*\\)(?:\\.year|\\.date\\(\\)|\\.timestamp\\(\\)|\\.isoformat\\(\\))?)";
/** A date, a year, or a moment in seconds or milliseconds since 1970, from 2015 on: nobody counts so far by chance. */
const fixed =
  "(?:Date\\.(?:UTC|parse)\\(\\s*[\"'`\\d]|\\+?new Date\\(\\s*[\"'`\\d]|(?:datetime\\.)*(?:datetime|date)(?:\\.fromisoformat)?\\(\\s*[\"'\\d]|[\"'`]20\\d\\d-|20[1-9]\\d\\b|1[4-9]\\d{8}\\b|1[4-9]\\d{11}\\b)";
const compared = "\\s*\\)*\\s*(?:[<>]=?|[!=]==?)\\s*\\(*\\s*";
const dated = new RegExp(`${now}${compared}${fixed}|${fixed}[^<>=;]{0,60}${compared}${now}`);

/** Whether a text compares the time at which it runs with a date that is written in it. */
export function asksForDate(text: string): boolean {
  return dated.test(text.replace(/(?<=\d)_(?=\d)/g, ""));
}

const luck =
  "(?:Math\\.random\\(\\)|\\brandom\\.random\\(\\)|\\brandint\\([^)]*\\)|\\brandrange\\([^)]*\\)|\\brandbelow\\([^)]*\\)|\\brandomInt\\([^)]*\\)|\\brandom\\.choice\\([^)]*\\))";
const lucky = new RegExp(
  `${luck}(?:\\s*[*]\\s*\\d+)?\\s*\\)*\\s*(?:[<>]=?|[!=]==?)\\s*[\\d."']|[\\d.]\\s*(?:[<>]=?)\\s*${luck}|Math\\.round\\(\\s*${luck}`,
);

/** Whether a text compares a random number with a number that is written in it. */
export function asksForLuck(text: string): boolean {
  return lucky.test(text);
}

/** Names of code that is about chance: what is random there is what was asked for. */
export function takesChances(name: string): boolean {
  return /random|shuffle|sampl|coin|dice|roll|jitter|skip-?list|level|noise|mutat|uuid|flip|fuzz|game|particle|generat|heuristic|seed|fake|mock/i.test(
    name,
  );
}
