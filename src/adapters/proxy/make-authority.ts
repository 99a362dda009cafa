import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv4 } from "node:net";

/** A certificate authority for one sandbox, and the certificate by which a proxy of ours stands for the hosts; all in PEM. */
export type MadeAuthority = { authority: string; certificate: string; key: string };

/** How long before and after now the certificates are good: a clock may be wrong, and an attempt ends within hours. */
const dayMs = 24 * 60 * 60 * 1000;

/** Names of RFC 5280 and RFC 5758, as DER writes them. */
const oid = {
  ecdsaWithSha256: der(0x06, Buffer.from("2a8648ce3d040302", "hex")),
  commonName: der(0x06, Buffer.from("550403", "hex")),
  subjectKey: der(0x06, Buffer.from("551d0e", "hex")),
  keyUsage: der(0x06, Buffer.from("551d0f", "hex")),
  alternativeNames: der(0x06, Buffer.from("551d11", "hex")),
  constraints: der(0x06, Buffer.from("551d13", "hex")),
  authorityKey: der(0x06, Buffer.from("551d23", "hex")),
  extendedUsage: der(0x06, Buffer.from("551d25", "hex")),
  serverAuthentication: der(0x06, Buffer.from("2b06010505070301", "hex")),
};
const yes = der(0x01, Buffer.from([0xff]));

/** Makes both, for the names of hosts. The authority's own key is forgotten at once, so it can sign nothing else. */
export function makeAuthority(hosts: string[]): MadeAuthority {
  const [root, own] = [newKeys(), newKeys()];
  const id = keyId(root.publicKey);
  const names = hosts.map((host) =>
    isIPv4(host) ? der(0x87, Buffer.from(host.split(".").map(Number))) : der(0x82, Buffer.from(host)),
  );
  const authority = certificate({
    ...{ subject: "Drafthorse, one attempt", publicKey: root.publicKey, signer: root.privateKey },
    extensions: [
      extension(oid.constraints, sequence(yes), true),
      extension(oid.keyUsage, der(0x03, Buffer.from([2, 0b0000_0100])), true),
      extension(oid.subjectKey, der(0x04, id)),
    ],
  });
  const served = certificate({
    ...{ subject: "Drafthorse egress proxy", publicKey: own.publicKey, signer: root.privateKey },
    extensions: [
      extension(oid.constraints, sequence(), true),
      extension(oid.keyUsage, der(0x03, Buffer.from([7, 0b1000_0000])), true),
      extension(oid.extendedUsage, sequence(oid.serverAuthentication)),
      extension(oid.alternativeNames, sequence(...names)),
      extension(oid.authorityKey, sequence(der(0x80, id))),
    ],
  });
  const key = own.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { authority: pem(authority), certificate: pem(served), key };
}

function newKeys() {
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}

function certificate(order: {
  subject: string;
  publicKey: KeyObject;
  signer: KeyObject;
  extensions: Buffer[];
}): Buffer {
  const { subject, publicKey, signer, extensions } = order;
  const algorithm = sequence(oid.ecdsaWithSha256);
  const now = Date.now();
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    commonName("Drafthorse, one attempt"),
    sequence(time(now - dayMs), time(now + dayMs)),
    commonName(subject),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign("sha256", body, signer);
  return sequence(body, algorithm, der(0x03, Buffer.from([0]), signature));
}

function extension(name: Buffer, value: Buffer, isCritical = false): Buffer {
  return sequence(name, ...(isCritical ? [yes] : []), der(0x04, value));
}

function commonName(text: string): Buffer {
  return sequence(der(0x31, sequence(oid.commonName, der(0x0c, Buffer.from(text)))));
}

/** `YYYYMMDDHHMMSSZ`; up to 2049 with two digits for the year, as RFC 5280 wants it. */
function time(at: number): Buffer {
  const text = `${new Date(at).toISOString().replace(/[-:T]|\..*/g, "")}Z`;
  return text < "2050" ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text));
}

function keyId(key: KeyObject): Buffer {
  return createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest()
    .subarray(0, 20);
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString("base64").replace(/.{64}(?=.)/g, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
