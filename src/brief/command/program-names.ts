/** Programs that commands of validation usually begin with, as alternatives of a regular expression. */
export const programNames =
  "npm|npx|pnpm|yarn|bun|bunx|make|cargo|go|pytest|python3?|node|bundle|mvn|gradle|tox|uv|poetry|docker|git";
