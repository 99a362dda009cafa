import type { Binding, Bindings } from "./read-bindings.ts";
import type { Suite } from "./suite.ts";
import type { Weakness } from "./weakness.ts";
import { plain } from "./words.ts";

/** Both sides of a test file: its names, and its tests. */
export type BoundFile = {
  path: string;
  before: Bindings;
  after: Bindings;
  tests: { before: Suite; after: Suite };
};

/** Finds tests that do not reach the code any more that they imported: it is written again in them, or replaced. */
export function compareBindings(files: BoundFile[]): Weakness[] {
  return files.flatMap((file) => {
    const used = new Set(testCases(file.tests.before).flatMap(({ words }) => words));
    const tested = file.before.imported.filter(
      ({ name, isCode }) => isCode && used.has(name.split(".")[0] ?? ""),
    );
    const findings = tested.flatMap((binding) => lossOf(binding, file) ?? []);
    return [...new Map(findings.map((each) => [each.message, each])).values()];
  });
}

function testCases({ cases }: Suite): Suite["cases"] {
  return cases.filter(({ kind }) => kind === "test");
}

function lossOf(binding: Binding, file: BoundFile): Weakness | undefined {
  const { path, before, after } = file;
  const { name, module } = binding;
  const say = (message: string, line?: number): Weakness => ({ weight: "attention", path, line, message });
  const written = before.declared.has(name) ? undefined : after.declared.get(name);
  if (written !== undefined)
    return say(`writes again what it tested: \`${name}\`, which it had from ${module}`, written);
  const instead = after.imported.find((each) => each.name === name && each.module !== module);
  if (instead && !instead.isCode && instead.module.startsWith("."))
    return say(`has \`${name}\` from ${instead.module}, beside the tests, and no longer from ${module}`);
  const known = new Set(before.replaced.map(({ target }) => target));
  const mock = after.replaced.find(({ target }) => !known.has(target) && replaces(target, binding, file));
  return mock && say(`replaces by a mock what its assertions call: ${mock.target}`, mock.line);
}

/** Whether a replaced target is the binding's module or member, and an assertion is about what it gives. */
function replaces(target: string, { name, original, module }: Binding, { tests }: BoundFile): boolean {
  const isWhole = target === module;
  const member =
    target.startsWith(`${module}.`) || target.startsWith(`${name}.`)
      ? target.slice(target.lastIndexOf(".") + 1)
      : undefined;
  if (!isWhole && member === undefined) return false;
  if (member !== undefined && original !== "*" && member !== original) return false;
  const called = plain(original === "*" && member !== undefined ? `${name}.${member}` : name);
  return testCases(tests.after).some(({ assertions }) =>
    assertions.some(
      ({ subject }) =>
        subject.startsWith(`${called} `) &&
        !/^(?:\. )?(?:mock|called|call|assert)/.test(subject.slice(called.length + 1)),
    ),
  );
}
