import { describe, expect, test } from "@jest/globals";
import { agentRegistries } from "../../src/domain/host/registries.ts";

const none = { environment: {}, hosts: [] };
const machine = {
  environment: { npm_config_registry: "https://npm.acme.test/" },
  hosts: ["npm.acme.test"],
};
const leftPad = { dependencies: [{ name: "left-pad" }] };

describe("where an agent may read packages from", () => {
  test.each([
    ["nowhere, without a declaration", { dependencies: [] }, {}, ["package.json"], undefined],
    ["what the manifests tell of", leftPad, {}, ["a/package.json"], ["registry.npmjs.org"]],
    ["the hosts that the rules name", leftPad, { hosts: ["npm.test:8080"] }, ["go.mod"], ["npm.test:8080"]],
    ["nowhere, where the rules name no host", leftPad, { hosts: [] }, ["package.json"], undefined],
    ["nowhere, without any manifest", leftPad, {}, [], undefined],
  ])("%s", (_, brief, setup, manifests, hosts) => {
    expect(agentRegistries(brief, { setup, manifests, machine: none })?.hosts).toEqual(hosts);
  });

  test("is also where this machine installs from, by its variables", () => {
    expect(agentRegistries(leftPad, { setup: {}, manifests: ["package.json"], machine })).toEqual({
      ...machine,
      hosts: ["registry.npmjs.org", "npm.acme.test"],
    });
  });

  test("is told by what the set-up is told of registries, and by nothing that shows a credential", () => {
    const env = {
      "npm_config_@acme:registry": "http://npm.acme.test/",
      npm_config_replace_registry_host: "always",
      PIP_INDEX_URL: "https://ada:secret@pypi.acme.test/simple",
      NPM_TOKEN: "secret",
      "npm_config_//npm.acme.test/:_authToken": "secret",
    };

    const found = agentRegistries(leftPad, { setup: { env }, manifests: ["package.json"], machine });

    expect(found?.environment).toEqual({
      ...machine.environment,
      "npm_config_@acme:registry": "http://npm.acme.test/",
      npm_config_replace_registry_host: "always",
    });
  });
});
