import picomatch from "picomatch";
import type { Project } from "../domain/rules/repository-file.ts";

/** The project that a task's whole scope lies in; nothing if it lies in none or in several, or is the whole repository. */
export function pickProject(scope: string[], projects: Project[]): Project | undefined {
  if (scope.length === 0) return undefined;
  return projects.find(({ paths }) => {
    const belongs = picomatch(paths.flatMap(withContent), { dot: true });
    return scope.every((glob) => deepSamples(glob).every((path) => belongs(path)));
  });
}

/** `packages/api` names a folder with all that is in it. */
function withContent(path: string): string[] {
  const plain = path.replace(/\/+$/, "");
  return [plain, `${plain}/**`];
}

/** Paths that a glob could mean; of `**` one that is deep, so that only a whole folder holds it. */
function deepSamples(glob: string): string[] {
  const [, before = "", choices, after = ""] = /^([^{]*)\{([^{}]*)\}(.*)$/s.exec(glob) ?? [];
  if (choices !== undefined)
    return choices.split(",").flatMap((choice) => deepSamples(`${before}${choice}${after}`));
  const path = glob.replace(/\*\*/g, "x/x").replace(/[*?]/g, "x").replace(/\/+$/, "");
  return [path];
}
