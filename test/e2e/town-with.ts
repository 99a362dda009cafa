import { afterAll, beforeAll } from "@jest/globals";
import { Town } from "./town.ts";

/** A town for the stories of one `describe`: founded before the first of them and closed after the last. */
export function townWith(...founding: Parameters<typeof Town.found>): () => Town {
  const at: { town?: Town } = {};
  beforeAll(async () => {
    at.town = await Town.found(...founding);
  });
  afterAll(async () => {
    await at.town?.close();
  });
  return () => {
    if (!at.town) throw new Error("there is no town");
    return at.town;
  };
}
