import { parseSyml } from "@yarnpkg/parsers";
import { parse as parseToml } from "smol-toml";
import { uvRegistries } from "./read-pyproject.ts";
import { isPublic } from "./read-requirements.ts";
import { below, fieldsOf, type Marked, plainAddress, type Reading, textIn } from "./reading.ts";

const publicNpm = /^https:\/\/registry\.(?:npmjs\.org|yarnpkg\.com)\/?$/;

/** Reads settings of the form `key = value` or `key value`: .npmrc, .yarnrc, pip.conf. */
export function readLineSettings(text: string): Reading {
  const registries = text.split("\n").flatMap((line): Marked[] => {
    const { url } =
      /^\s*"?(?:[^\s=;#"]*:)?(?:registry|index-url|extra-index-url|find-links|trusted-host)"?\s*[=\s]\s*"?(?<url>[^\s"]+)/.exec(
        line.slice(0, 2_000),
      )?.groups ?? {};
    return url && !publicNpm.test(url) && !isPublic(url) ? [{ text: plainAddress(url), mark: url }] : [];
  });
  const scripts = text.split("\n").flatMap((line): Marked[] => {
    // npm runs every script of an installation, and every other, in this shell and with these options.
    const found = /^\s*(?<key>yarn-path|script-shell|node-options)\s*[=\s]\s*(?<value>.+)$/.exec(
      line.slice(0, 2_000),
    )?.groups;
    return found?.key ? [{ text: `${found.key}: ${found.value}`, mark: found.key }] : [];
  });
  return { entries: [], registries, scripts };
}

/** Reads a .yarnrc.yml. */
export function readYarnSettings(text: string): Reading {
  const settings: unknown = parseSyml(text);
  const scopes = fieldsOf(below(settings, "npmScopes")).map(([, scope]) => below(scope, "npmRegistryServer"));
  const servers = [below(settings, "npmRegistryServer"), ...scopes].flatMap((url) => textIn(url) ?? []);
  const path = textIn(below(settings, "yarnPath"));
  const plugins = fieldsOf(below(settings, "plugins")).flatMap(
    ([, one]) => textIn(one) ?? textIn(below(one, "path")) ?? [],
  );
  return {
    entries: [],
    registries: servers
      .filter((url) => !publicNpm.test(url))
      .map((url) => ({ text: plainAddress(url), mark: url })),
    scripts: [
      ...(path ? [{ text: `yarnPath: ${path}`, mark: "yarnPath" }] : []),
      ...plugins.map((plugin) => ({ text: `plugin: ${plugin}`, mark: plugin })),
    ],
  };
}

/** Reads a uv.toml. */
export function readUvSettings(text: string): Reading {
  const urls = uvRegistries(parseToml(text)).filter((url) => !isPublic(url));
  return {
    entries: [],
    registries: urls.map((url) => ({ text: plainAddress(url), mark: url })),
    scripts: [],
  };
}

/** Reads a .cargo/config.toml. */
export function readCargoSettings(text: string): Reading {
  const settings: unknown = parseToml(text);
  const indexes = fieldsOf(below(settings, "registries")).map(([, one]) => below(one, "index"));
  const sources = fieldsOf(below(settings, "source")).flatMap(([, one]) =>
    ["registry", "replace-with", "git", "directory", "local-registry"].map((key) => below(one, key)),
  );
  const registries = [...indexes, ...sources].flatMap((url) => textIn(url) ?? []);
  const wrappers = ["rustc-wrapper", "rustc-workspace-wrapper", "rustc"].flatMap((key): Marked[] => {
    const command = textIn(below(settings, "build", key));
    return command ? [{ text: `${key}: ${command}`, mark: key }] : [];
  });
  const runners = fieldsOf(below(settings, "target")).flatMap(([, target]): Marked[] => {
    const runner = below(target, "runner");
    const command = Array.isArray(runner) ? runner.join(" ") : textIn(runner);
    return command ? [{ text: `runner: ${command}`, mark: "runner" }] : [];
  });
  const aliases = fieldsOf(below(settings, "alias")).flatMap(([name, alias]): Marked[] => {
    const command = Array.isArray(alias) ? alias.join(" ") : textIn(alias);
    return /^(test|t|build|b|check|c|run|r|nextest)$/.test(name) && command
      ? [{ text: `alias ${name}: ${command}`, mark: name }]
      : [];
  });
  return {
    entries: [],
    registries: registries.map((url) => ({ text: plainAddress(url), mark: url })),
    scripts: [...wrappers, ...runners, ...aliases],
  };
}
