import { expect, test } from "@jest/globals";
import { watchesWithoutCi } from "../../src/proof/run/watches-without-ci.ts";

const manifest = (script: string) =>
  JSON.stringify({ scripts: { test: script, start: "react-scripts start" } });

test.each([
  [true, "npm test", "react-scripts test"],
  [true, "yarn test", "react-app-rewired test --env=jsdom"],
  [true, "npx react-scripts test", ""],
  [false, "npm test -- --watchAll=false", "react-scripts test"],
  [false, "CI=1 npm test", "react-scripts test"],
  [false, "npm test", "react-scripts test --watchAll=false"],
  [false, "npm test", "cross-env CI=true react-scripts test"],
  [false, "npm test", "jest"],
  [false, "cargo test", "react-scripts test"],
  [false, "npm test", "react-scripts build"],
])("that a command watches files without CI is %s of %s over %j", (isWatching, command, script) => {
  expect(watchesWithoutCi([command], [manifest(script), "no JSON", '{"scripts": 1}', "null"])).toBe(
    isWatching,
  );
});
