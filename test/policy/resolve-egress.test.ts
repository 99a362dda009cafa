import { expect, test } from "@jest/globals";
import { publicRegistries } from "../../src/domain/paths/manifests.ts";
import { parseOperatorFile } from "../../src/policy/parse-operator-file.ts";
import { missingCredentials, resolveEgress } from "../../src/policy/resolve-egress.ts";

const text = `egress:
  private: [npm.acme.test]
  submodules: [git.acme.test]
  credentials:
    NPM.acme.test: { key: NPM_TOKEN, scheme: bearer }
    pypi.acme.test:8443: { key: PYPI_LOGIN, scheme: basic }
`;

test("credentials are found by the names of their variables", () => {
  const parsed = parseOperatorFile(text, "x");
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  const environment = { NPM_TOKEN: "t", PYPI_LOGIN: "me:pw" };

  expect(resolveEgress(parsed.value, environment)).toEqual({
    private: ["npm.acme.test"],
    submodules: ["git.acme.test"],
    mirrors: publicRegistries,
    credentials: { "npm.acme.test:443": "Bearer t", "pypi.acme.test:8443": "Basic bWU6cHc=" },
    secrets: ["t", "me:pw"],
  });
  expect(missingCredentials(parsed.value, environment)).toEqual([]);
  expect(missingCredentials(parsed.value, { NPM_TOKEN: "t" }).join()).toMatch(
    /PYPI_LOGIN is not set.*pypi\.acme/,
  );
});

test("nothing said means that nothing private is reached but a network's own copies of public registries", () => {
  const none = { private: [], submodules: [], credentials: {}, secrets: [] };

  expect(resolveEgress({}, {})).toEqual({ ...none, mirrors: publicRegistries });
});

test.each(["private: ['*.acme.test']", "credentials: { a.test: { key: 'sk-secret', scheme: bearer } }"])(
  "%s is refused",
  (line) => {
    expect(parseOperatorFile(`egress:\n  ${line}\n`, "x")).toHaveProperty("problems");
  },
);
