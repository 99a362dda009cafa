import { type KeyObject, verify } from "node:crypto";
import { Refusal } from "../refusal.ts";

const longestLife = 10 * 60;
const skew = 60;

/** Refuses a bearer token that is not a good JSON web token of the App, with GitHub's words. */
export function verifyAppJwt(jwt: string, app: { id: number; publicKey: KeyObject }, now: number): void {
  const claims = decode(jwt, app.publicKey);
  if (!claims) throw new Refusal(401, "A JSON web token could not be decoded");
  const seconds = Math.floor(now / 1000);
  if (String(claims.iss) !== String(app.id)) throw new Refusal(404, "Integration not found");
  const { exp, iat } = claims;
  if (typeof exp !== "number" || exp <= seconds)
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  if (exp - seconds > longestLife)
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  if (typeof iat !== "number" || iat > seconds + skew)
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
}

function decode(jwt: string, key: KeyObject): Record<string, unknown> | undefined {
  const [header = "", payload = "", signature = ""] = jwt.split(".");
  try {
    if (parse(header).alg !== "RS256") return undefined;
    const genuine = verify(
      "RSA-SHA256",
      Buffer.from(`${header}.${payload}`),
      key,
      Buffer.from(signature, "base64url"),
    );
    return genuine ? parse(payload) : undefined;
  } catch {
    return undefined;
  }
}

function parse(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
}
