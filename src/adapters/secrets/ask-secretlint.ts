import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import type { FoundSecret } from "./find-formats.ts";
import { isGuessable } from "./looks-random.ts";

/** What a rule of secretlint is called with; its own engine is left out, since it keeps a record of every call for ever. */
type SecretlintRule = {
  meta: { id: string };
  create(
    context: {
      report(hit: { range: readonly [number, number] }): void;
      createTranslator(): (id: string) => { message: string; messageId: string };
      sharedOptions: object;
    },
    options: object,
  ): { file?(source: object): void | Promise<void> };
};

/**
 * All rules but the one by which a comment in the very text could silence the others, and the two that take
 * any word between a colon and an "@" for a password.
 */
const asked = (rules as unknown as SecretlintRule[]).filter(
  ({ meta }) => !/filter|basicauth|connection-string/.test(meta.id),
);

/** Asks the well-known scanner's rules, which others keep up to date. */
export async function askSecretlint(content: string): Promise<FoundSecret[]> {
  const found: FoundSecret[] = [];
  for (const { meta, create } of asked) {
    const rule = `secretlint ${meta.id.replace(/^.*secretlint-rule-/, "")}`;
    const check = create(
      {
        report: ({ range: [at, end] }) => found.push({ at, value: content.slice(at, end), rule }),
        createTranslator: () => (messageId) => ({ message: messageId, messageId }),
        sharedOptions: {},
      },
      {},
    );
    await check.file?.({ content, filePath: "/text", ext: "", contentType: "text" });
  }
  return found.filter(({ value }) => !isGuessable(value));
}
