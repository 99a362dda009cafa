/** The certificate authorities of this machine, in files: the system's bundle, and what its settings name beside it. */
export type Authorities = { bundle: string | undefined; named: string[] };

/** A machine of which nothing is known. */
export const noAuthorities: Authorities = { bundle: undefined, named: [] };

/**
 * The variables by which tools are told of a file with all authorities, each from its tool's documentation. Of OpenSSL's, uv,
 * Go, Ruby and Composer read the first; Node adds the file of the last to its own list.
 */
export const authorityVariables = [
  "SSL_CERT_FILE",
  "REQUESTS_CA_BUNDLE",
  "PIP_CERT",
  "CURL_CA_BUNDLE",
  "GIT_SSL_CAINFO",
  "CARGO_HTTP_CAINFO",
  "npm_config_cafile",
  "YARN_HTTPS_CA_FILE_PATH",
  "NODE_EXTRA_CA_CERTS",
];
