import type { OperatorFile } from "../domain/rules/operator-file.ts";
import type { Policy } from "../domain/rules/policy.ts";
import { repositoryFilePath } from "../domain/rules/repository-file.ts";
import { Failure } from "../domain/task/failure.ts";
import type { DefaultFile, Files } from "../ports/github.ts";
import type { Policies, Rules } from "../ports.ts";
import { parseRepositoryFile } from "./parse-repository-file.ts";
import { pickProject } from "./pick-project.ts";
import { renderUnusable } from "./render-unusable.ts";
import { resolvePolicy } from "./resolve-policy.ts";

/** What is known of each repository: what its file last came to, and the last rules that could be used. */
type KnownRules = {
  parsed: Map<number, { blob: string | undefined; rules: Rules }>;
  usable: Map<number, Policy>;
};

/**
 * The rules of repositories, read from their default branches; a file that has not changed is not parsed again. Without
 * an operator's file nobody knows the agents by name, and any name is taken.
 */
export function openPolicies(sources: { files: Files; operator?: OperatorFile }): Policies {
  return policiesFrom(sources, { parsed: new Map(), usable: new Map() });
}

function policiesFrom(
  { files, operator }: { files: Files; operator?: OperatorFile | undefined },
  { parsed, usable }: KnownRules,
): Policies {
  const read: Policies["read"] = async (repository) => {
    const file = await files.read(repository, repositoryFilePath);
    const known = parsed.get(repository.id);
    if (known && known.blob === file?.blob) return known.rules;
    const rules = resolveRules(file, operator);
    parsed.set(repository.id, { blob: file?.blob, rules });
    if (rules.problems.length === 0) usable.set(repository.id, rules.policy);
    return rules;
  };
  return {
    read,
    of: async (repository, scope = []) => {
      const { policy, problems } = await read(repository);
      const before = problems.length === 0 ? policy : usable.get(repository.id);
      if (!before) throw new Failure("setup", renderUnusable(problems));
      return inProject(before, scope);
    },
    once: (given) => policiesFrom({ files: rememberFiles(files, given), operator }, { parsed, usable }),
  };
}

/** Files that are asked for once; what could not be read is asked for again. */
function rememberFiles(files: Files, given: Parameters<Policies["once"]>[0]): Files {
  const asked = new Map<string, Promise<DefaultFile | undefined>>();
  if (given) asked.set(`${given.repository.id} ${repositoryFilePath}`, Promise.resolve(given.file));
  return {
    read: (repository, path) => {
      const key = `${repository.id} ${path}`;
      const answer = asked.get(key) ?? files.read(repository, path);
      asked.set(key, answer);
      answer.catch(() => asked.delete(key));
      return answer;
    },
  };
}

/** A project that is set up on its own brings its set-up with it. */
function inProject(policy: Policy, scope: string[]): Policy {
  const setup = pickProject(scope, policy.projects)?.setup ?? policy.setup;
  return setup ? { ...policy, setup } : policy;
}

function resolveRules(file: DefaultFile | undefined, operator: OperatorFile | undefined): Rules {
  const found = parseRepositoryFile(file?.text ?? "", operator && Object.keys(operator.agents ?? {}));
  if ("value" in found)
    return { policy: resolvePolicy({ operator: operator ?? {}, repository: found.value }), problems: [] };
  const { problems, label } = found;
  const repository = label === undefined ? {} : { label };
  return { policy: resolvePolicy({ operator: operator ?? {}, repository }), problems };
}
