import { expect, test } from "@jest/globals";
import { resolveRegistries, type UserSettings } from "../../src/policy/resolve-registries.ts";

const none: UserSettings = { npmrc: "", pipConf: "", yarnrc: "" };

test("nothing is told where nothing is configured", () => {
  expect(resolveRegistries({}, { ...none, npmrc: "fund=false\n" })).toEqual({ environment: {}, hosts: [] });
});

test("the user's .npmrc names npm's registry, and the environment comes before it", () => {
  const npmrc =
    "fund=false\n registry = https://npm.acme.test/repository/npm/\nregistry-x=https://other.test/\n";

  expect(resolveRegistries({}, { ...none, npmrc })).toEqual({
    environment: { npm_config_registry: "https://npm.acme.test/repository/npm/" },
    hosts: ["npm.acme.test"],
  });
  expect(resolveRegistries({ NPM_CONFIG_REGISTRY: "http://npm.local:4873/" }, { ...none, npmrc })).toEqual({
    environment: { npm_config_registry: "http://npm.local:4873/" },
    hosts: ["npm.local:4873"],
  });
});

test("each ecosystem has its own, and a credential stays outside", () => {
  const environment = {
    PIP_INDEX_URL: "https://ada:secret@pypi.acme.test/simple",
    GOPROXY: "https://go.acme.test,direct",
    UV_INDEX_URL: "https://pypi.acme.test/simple",
  };

  expect(resolveRegistries(environment, none)).toEqual({
    environment: {
      PIP_INDEX_URL: "https://pypi.acme.test/simple",
      UV_DEFAULT_INDEX: "https://pypi.acme.test/simple",
      GOPROXY: "https://go.acme.test/",
    },
    hosts: ["pypi.acme.test", "go.acme.test"],
  });
});

test.each(["off", "direct", "file:///srv/packages", "not an address"])("%s is no registry", (text) => {
  expect(resolveRegistries({ GOPROXY: text }, none).hosts).toEqual([]);
});

test("the user's pip.conf and .yarnrc.yml name theirs", () => {
  const pipConf =
    "[global]\nindex-url = https://ada:secret@pypi.acme.test/simple\nextra-index-url =\n    https://more.acme.test/simple\n";
  const yarnrc = 'nodeLinker: node-modules\nnpmRegistryServer: "https://yarn.acme.test"\n';

  expect(resolveRegistries({}, { ...none, pipConf, yarnrc })).toEqual({
    environment: {
      YARN_NPM_REGISTRY_SERVER: "https://yarn.acme.test/",
      PIP_INDEX_URL: "https://pypi.acme.test/simple",
      PIP_EXTRA_INDEX_URL: "https://more.acme.test/simple",
    },
    hosts: ["yarn.acme.test", "pypi.acme.test", "more.acme.test"],
  });
});

test("the registries of scopes are told by a file, without a credential", () => {
  const npmrc =
    "@acme:registry=https://ada:secret@npm.acme.test/\n//npm.acme.test/:_authToken=secret\n@b-c:registry = https://b.test:8443/npm/\n@x:registry=none\n";

  expect(resolveRegistries({}, { ...none, npmrc })).toEqual({
    environment: {},
    hosts: ["npm.acme.test", "b.test:8443"],
    npmrc: "@acme:registry=https://npm.acme.test/\n@b-c:registry=https://b.test:8443/npm/\n",
  });
});
