import { parse } from "smol-toml";
import { z } from "zod";
import type { Setup } from "../domain/rules/repository-file.ts";

/** The files that name what a Python project without its own packager needs, the one for tests first. */
const requirements = ["requirements-test.txt", "requirements-dev.txt", "requirements.txt"];

/** Every path that the guess for Python looks at. */
export const pythonFiles = [
  "pyproject.toml",
  "uv.lock",
  "poetry.lock",
  "setup.py",
  "setup.cfg",
  ...requirements,
];

/** Extras by which projects name what their tests need, the best first. */
const testExtras = ["test", "tests", "testing", "dev"];

const hosts = ["pypi.org", "files.pythonhosted.org"];

/** Debian's Python installs nothing outside of an environment, and in the sandbox only the checkout can be written. */
const install = "python3 -m venv .venv && .venv/bin/python -m pip install";

const Project = z.object({
  project: z
    .object({ "optional-dependencies": z.record(z.string(), z.unknown()).catch({}) })
    .catch({ "optional-dependencies": {} }),
});

/** A guess for Python: the files that it was made from, the set-up, and the command that tests if there seems to be one. */
export type PythonGuess = { from: string; setup: Setup; test: string | undefined };

/**
 * Guesses how a Python project is installed and tested; nothing where there is none. What the brief's command calls is
 * installed though no manifest names it: many a project leaves pytest to whoever tests it.
 */
export function guessPython(
  look: (path: string) => string | undefined,
  command = "",
): PythonGuess | undefined {
  const project = look("pyproject.toml");
  const isAsked = /\bpytest\b/.test(command);
  if (project === undefined) return guessLegacy(look, isAsked);
  const tests = isAsked || project.includes("pytest");
  if (look("uv.lock") !== undefined)
    return {
      from: "pyproject.toml, uv.lock",
      setup: { run: "uv sync --locked", hosts },
      test: tests ? "uv run pytest" : undefined,
    };
  if (look("poetry.lock") !== undefined)
    return {
      from: "pyproject.toml, poetry.lock",
      // Elsewhere Poetry names an environment by the path of its project, which is another in each checkout.
      setup: { run: "poetry install", hosts, env: { POETRY_VIRTUALENVS_IN_PROJECT: "true" } },
      test: tests ? "poetry run pytest" : undefined,
    };
  return {
    from: "pyproject.toml",
    setup: { run: `${install} ${projectItself(project, isAsked)}`, hosts },
    test: tests ? ".venv/bin/python -m pytest" : undefined,
  };
}

/** What pip is told to install: the project with the extra for its tests, and pytest where none of that brings it. */
function projectItself(project: string, isAsked: boolean): string {
  const isNamed = project.includes("pytest");
  const extra = testExtras.find((name) => extrasOf(project).includes(name));
  if (extra === undefined) return isAsked || isNamed ? "-e . pytest" : "-e .";
  return isAsked && !isNamed ? `-e ".[${extra}]" pytest` : `-e ".[${extra}]"`;
}

/** Projects of before `pyproject.toml`: a script that installs, or a list of what is needed. */
function guessLegacy(look: (path: string) => string | undefined, isAsked: boolean): PythonGuess | undefined {
  const script = ["setup.py", "setup.cfg"].find((path) => look(path) !== undefined);
  const list = requirements.find((path) => look(path) !== undefined);
  if (script === undefined && list === undefined) return undefined;
  const isNamed = [script, list].some((path) => look(path ?? "")?.includes("pytest"));
  const tests = isAsked || isNamed;
  const what = [
    ...(list ? [`-r ${list}`] : []),
    ...(script ? ["-e ."] : []),
    ...(isAsked && !isNamed ? ["pytest"] : []),
  ].join(" ");
  return {
    from: [script, list].filter((path) => path !== undefined).join(", "),
    setup: { run: `${install} ${what}`, hosts },
    test: tests ? ".venv/bin/python -m pytest" : undefined,
  };
}

/** The names of a project's extras; none of a text that is no TOML. */
function extrasOf(text: string): string[] {
  try {
    return Object.keys(Project.parse(parse(text)).project["optional-dependencies"]);
  } catch {
    return [];
  }
}
