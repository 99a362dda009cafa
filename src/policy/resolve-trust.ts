/** The certificate authorities that this machine trusts: what tells tools of them, and the files that they must see. */
export type Trust = { environment: Record<string, string>; files: string[] };

type Variables = Record<string, string | undefined>;

/** Where systems keep the bundle of all that they trust: Debian and Alpine, Fedora, openSUSE, others. */
const bundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/** Variables that name a whole bundle, each from its tool's documentation. Of OpenSSL's, uv, Go and Ruby read the first. */
const whole = [
  "SSL_CERT_FILE",
  "REQUESTS_CA_BUNDLE",
  "PIP_CERT",
  "CURL_CA_BUNDLE",
  "GIT_SSL_CAINFO",
  "CARGO_HTTP_CAINFO",
];

/** Node trusts its own list and adds the certificates of this file. */
const added = "NODE_EXTRA_CA_CERTS";

/**
 * What a command with a way out is told, so that a company's own authority is trusted inside the sandbox as it is outside:
 * by the files that our own environment names, else by the system's bundle. `exists` tells of plain files.
 */
export function resolveTrust(environment: Variables, exists: (path: string) => boolean): Trust {
  const bundle = bundles.find(exists);
  const named = [...whole, added].flatMap((name) => {
    const own = environment[name];
    const file = own?.startsWith("/") && exists(own) ? own : bundle;
    return file === undefined ? [] : [[name, file] as const];
  });
  const files = [...new Set(named.map(([, file]) => file))];
  return { environment: Object.fromEntries(named), files: files.filter((file) => file !== bundle) };
}
