import { expect, test } from "@jest/globals";
import { redactor } from "../../src/adapters/secrets/redactor.ts";

const pem = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END PRIVATE KEY-----\n";

test.each([
  ["a value", ["s3cret-value"], "it is s3cret-value!", "it is [redacted]!"],
  ["a value twice", ["s3cret-value"], "s3cret-values3cret-value", "[redacted][redacted]"],
  ["the longer of two", ["s3cret-value", "s3cret-value-2"], "s3cret-value-2", "[redacted]"],
  ["one line of a PEM", [pem], "line: kqhkiG9w0BAQEF", "line: [redacted]"],
  ["nothing for a short value", ["abc", ""], "abc abc", "abc abc"],
])("takes out %s", (_, secrets, text, clean) => {
  expect(redactor(secrets)(text)).toBe(clean);
});
