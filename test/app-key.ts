import { generateKeyPairSync } from "node:crypto";

/** Makes the key of all Apps of a run once: a fifth of a second, which every suite with a GitHub of its own would spend again. */
export default function makeAppKey(): void {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  process.env.APP_KEY_OF_TESTS = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}
