import { expect, test } from "@jest/globals";
import { resolveRegistries } from "../../src/policy/resolve-registries.ts";

test("nothing is told where nothing is configured", () => {
  expect(resolveRegistries({}, "fund=false\n")).toEqual({ environment: {}, hosts: [] });
});

test("the user's .npmrc names npm's registry, and the environment comes before it", () => {
  const npmrc =
    "fund=false\n registry = https://npm.acme.test/repository/npm/\n@acme:registry=https://other.test/\n";

  expect(resolveRegistries({}, npmrc)).toEqual({
    environment: { npm_config_registry: "https://npm.acme.test/repository/npm/" },
    hosts: ["npm.acme.test"],
  });
  expect(resolveRegistries({ NPM_CONFIG_REGISTRY: "http://npm.local:4873/" }, npmrc)).toEqual({
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

  expect(resolveRegistries(environment, "")).toEqual({
    environment: {
      PIP_INDEX_URL: "https://pypi.acme.test/simple",
      UV_DEFAULT_INDEX: "https://pypi.acme.test/simple",
      GOPROXY: "https://go.acme.test/",
    },
    hosts: ["pypi.acme.test", "go.acme.test"],
  });
});

test.each(["off", "direct", "file:///srv/packages", "not an address"])("%s is no registry", (text) => {
  expect(resolveRegistries({ GOPROXY: text }, "").hosts).toEqual([]);
});
