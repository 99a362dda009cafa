import { expect, test } from "@jest/globals";
import { resolveTrust } from "../../src/policy/resolve-trust.ts";

const debian = "/etc/ssl/certs/ca-certificates.crt";
const company = "/srv/company.pem";
const there =
  (...files: string[]) =>
  (path: string) =>
    files.includes(path);

test("the system's bundle is named to every tool, and is shown in the sandbox as it is", () => {
  const { environment, files } = resolveTrust({}, there(debian));

  expect(new Set(Object.values(environment))).toEqual(new Set([debian]));
  expect(Object.keys(environment)).toEqual(expect.arrayContaining(["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"]));
  expect(files).toEqual([]);
});

test("a file that our own environment names is named on, and shown", () => {
  const { environment, files } = resolveTrust({ NODE_EXTRA_CA_CERTS: company }, there(debian, company));

  expect(environment).toMatchObject({ NODE_EXTRA_CA_CERTS: company, PIP_CERT: debian });
  expect(files).toEqual([company]);
});

test.each([
  ["is not there", "/srv/lost.pem"],
  ["is named by no whole path", "company.pem"],
])("a file that %s is not named on", (_, path) => {
  expect(resolveTrust({ PIP_CERT: path }, there(debian, "company.pem")).environment.PIP_CERT).toBe(debian);
});

test("a machine that has no bundle says nothing", () => {
  expect(resolveTrust({}, there())).toEqual({ environment: {}, files: [] });
});
