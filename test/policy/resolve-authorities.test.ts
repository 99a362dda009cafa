import { expect, test } from "@jest/globals";
import { resolveAuthorities } from "../../src/policy/resolve-authorities.ts";

const debian = "/etc/ssl/certs/ca-certificates.crt";
const company = "/srv/company.pem";
const at = (environment: Record<string, string>, { npmrc = "", there = [debian, company] } = {}) =>
  resolveAuthorities(environment, { npmrc, exists: (path) => there.includes(path) });

test("the system's bundle is enough where nothing else is named", () => {
  expect(at({})).toEqual({ bundle: debian, named: [] });
  expect(at({ PIP_CERT: debian, NODE_EXTRA_CA_CERTS: debian })).toEqual({ bundle: debian, named: [] });
});

test.each(["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "GIT_SSL_CAINFO", "NPM_CONFIG_CAFILE"])(
  "a file that %s names is one for all tools",
  (name) => {
    expect(at({ [name]: company })).toEqual({ bundle: debian, named: [company] });
  },
);

test.each(["cafile=/srv/company.pem\n", 'fund=false\n  cafile = "/srv/company.pem"\nx=y'])(
  "so is one of our user's .npmrc: %j",
  (npmrc) => {
    expect(at({}, { npmrc }).named).toEqual([company]);
  },
);

test.each([
  ["is not there", "/srv/lost.pem"],
  ["is named by no whole path", "company.pem"],
])("a file that %s is left out", (_, path) => {
  expect(at({ PIP_CERT: path }, { there: [debian, "company.pem"] }).named).toEqual([]);
});

test("a machine that has no bundle says nothing", () => {
  expect(at({}, { there: [] })).toEqual({ bundle: undefined, named: [] });
});
