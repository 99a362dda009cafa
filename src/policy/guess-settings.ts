import type { RepositoryFile } from "../domain/repository-file.ts";

/** What is looked at of a repository: the text of a file, or undefined where there is none. */
export type Look = (path: string) => string | undefined;

/** What was guessed, and from which file each part. */
export type Guess = { settings: RepositoryFile; from: string[] };

type Part = { settings: RepositoryFile; from: string };

/** The lockfiles, the command that installs what they name, and the registry that it needs. */
const managers = [
  {
    lockfile: "pnpm-lock.yaml",
    run: "pnpm install --frozen-lockfile",
    script: "pnpm",
    hosts: ["registry.npmjs.org"],
  },
  { lockfile: "yarn.lock", run: "yarn install --immutable", script: "yarn", hosts: ["registry.yarnpkg.com"] },
  {
    lockfile: "bun.lock",
    run: "bun install --frozen-lockfile",
    script: "bun run",
    hosts: ["registry.npmjs.org"],
  },
  { lockfile: "package-lock.json", run: "npm ci", script: "npm", hosts: ["registry.npmjs.org"] },
];

/** What installs the dependencies of a library that commits no lockfile, without leaving one. */
const unlocked = { run: "npm install --no-package-lock", hosts: ["registry.npmjs.org"] };

/** What npm writes where nobody has written a test. */
const noTest = /no test specified/;

/** Guesses a configuration from a repository's files; what cannot be told is left out. */
export function guessSettings(look: Look): Guess {
  const parts = [node(look), python(look), rust(look), go(look), make(look)].flatMap((part) => part ?? []);
  const setup = parts.find(({ settings }) => settings.setup);
  const allow = [...new Set(parts.flatMap(({ settings }) => settings.validation?.allow ?? []))];
  const owners = reviewers(look);
  return {
    settings: {
      ...setup?.settings,
      ...(allow.length > 0 && { validation: { allow } }),
      ...owners?.settings,
    },
    from: [...parts, ...(owners ? [owners] : [])].map(({ from }) => from),
  };
}

function node(look: Look): Part | undefined {
  const text = look("package.json");
  if (text === undefined) return undefined;
  const manager = managers.find(({ lockfile }) => look(lockfile) !== undefined);
  const { test, needsMore } = readManifest(text);
  const isTest = test !== undefined && !noTest.test(test);
  const install = manager ?? (needsMore ? unlocked : undefined);
  const settings: RepositoryFile = {
    ...(install && { setup: { run: install.run, hosts: install.hosts, cache: ["node_modules"] } }),
    ...(isTest && { validation: { allow: [`${manager?.script ?? "npm"} test`] } }),
  };
  return { settings, from: manager ? `package.json, ${manager.lockfile}` : "package.json" };
}

function readManifest(text: string): { test?: string | undefined; needsMore: boolean } {
  try {
    const { scripts, dependencies, devDependencies } = JSON.parse(text) as Record<
      string,
      Record<string, string> | undefined
    >;
    const needed = Object.keys({ ...dependencies, ...devDependencies });
    return { test: scripts?.test, needsMore: needed.length > 0 };
  } catch {
    return { needsMore: false };
  }
}

function python(look: Look): Part | undefined {
  const project = look("pyproject.toml");
  if (project === undefined) return undefined;
  const hosts = ["pypi.org", "files.pythonhosted.org"];
  const tests = /pytest/.test(project);
  if (look("uv.lock") !== undefined)
    return part(
      "pyproject.toml, uv.lock",
      { run: "uv sync --locked", hosts },
      tests ? "uv run pytest" : undefined,
    );
  if (look("poetry.lock") !== undefined)
    return part(
      "pyproject.toml, poetry.lock",
      { run: "poetry install", hosts },
      tests ? "poetry run pytest" : undefined,
    );
  return part(
    "pyproject.toml",
    { run: "python -m pip install -e .", hosts },
    tests ? "python -m pytest" : undefined,
  );
}

function rust(look: Look): Part | undefined {
  if (look("Cargo.toml") === undefined) return undefined;
  const hosts = ["index.crates.io", "static.crates.io"];
  return part("Cargo.toml", { run: "cargo fetch", hosts }, "cargo test");
}

function go(look: Look): Part | undefined {
  if (look("go.mod") === undefined) return undefined;
  const hosts = ["proxy.golang.org", "sum.golang.org"];
  return part("go.mod", { run: "go mod download", hosts }, "go test ./...");
}

function make(look: Look): Part | undefined {
  const makefile = look("Makefile") ?? look("makefile") ?? look("GNUmakefile");
  const target = /^(?<name>test|check)\s*:(?!=)/m.exec(makefile ?? "")?.groups?.name;
  if (target === undefined) return undefined;
  return { settings: { validation: { allow: [`make ${target}`] } }, from: "Makefile" };
}

function part(from: string, setup: NonNullable<RepositoryFile["setup"]>, test: string | undefined): Part {
  return { from, settings: { setup, ...(test && { validation: { allow: [test] } }) } };
}

/** Who owns everything: the owners of the last rule for `*`, which is the one that GitHub takes. */
function reviewers(look: Look): Part | undefined {
  const from = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"].find(
    (path) => look(path) !== undefined,
  );
  const rules = [...(look(from ?? "") ?? "").matchAll(/^\*[^\S\n]+(?<owners>[^\n#]+)/gm)];
  const owners = (rules.at(-1)?.groups?.owners ?? "")
    .split(/\s+/)
    .filter((owner) => /^@[\w/.-]+$/.test(owner));
  if (from === undefined || owners.length === 0) return undefined;
  return { from, settings: { reviewers: owners.map((owner) => owner.slice(1)) } };
}
