import { satisfies as satisfiesPython } from "@renovatebot/pep440";
import semver from "semver";
import type { Brief } from "../../../domain/task/brief.ts";
import type { Move } from "./compare-readings.ts";
import { pythonName } from "./python-requirement.ts";
import type { Ecosystem } from "./reading.ts";

type Declared = Brief["dependencies"];
type NamedPackage = { ecosystem: Ecosystem | undefined; name: string };

/** Whether the brief names a package. */
export function declares(declared: Declared, named: NamedPackage): boolean {
  return declarationOf(declared, named) !== undefined;
}

/** How a move stands to the brief: declared, declared in another range, or not at all. */
export function judgeDeclared(
  move: Move,
  declared: Declared,
): { kind: "declared" | "undeclared" } | { kind: "outside"; range: string } {
  const declaration = declarationOf(declared, move);
  if (!declaration) return { kind: "undeclared" };
  const { range } = declaration;
  if (range === undefined || move.to.every((version) => isWithin(version, range, move)))
    return { kind: "declared" };
  return { kind: "outside", range };
}

/** Whether the brief names the very source, as `name@git+https://…`: a name alone means the public registry. */
export function declaresSource({ text, ...named }: Move, declared: Declared): boolean {
  const range = declarationOf(declared, named)?.range;
  return range !== undefined && text !== "" && range.replace(/[?#].*$/, "") === text;
}

function declarationOf(declared: Declared, { ecosystem, name }: NamedPackage): Declared[number] | undefined {
  const plain = plainName(name, ecosystem);
  return declared.find((one) => plainName(one.name, ecosystem) === plain);
}

function plainName(name: string, ecosystem: Ecosystem | undefined): string {
  if (ecosystem === "pypi") return pythonName(name);
  return ecosystem === "cargo" ? name.replaceAll("_", "-") : name;
}

function isWithin(version: string, range: string, { ecosystem, role }: Move): boolean {
  if (ecosystem === "pypi") return isWithinPython(version, range);
  const allowed = ecosystem === "cargo" ? caret(range) : range;
  const options = { includePrerelease: true, loose: true };
  if (role === "lockfile" || ecosystem === "go") return semver.satisfies(version, allowed, options);
  const asked = ecosystem === "cargo" ? caret(version) : version;
  const isKnown = semver.validRange(asked) !== null && semver.validRange(allowed) !== null;
  return isKnown && semver.subset(asked, allowed, options);
}

/** Cargo reads a bare version as all that are compatible with it. */
function caret(range: string): string {
  return /^\d/.test(range) ? `^${range}` : range;
}

/** A range in a manifest is taken by the lowest version that it names; a bare version is meant exactly. */
function isWithinPython(version: string, range: string): boolean {
  const lowest = /^(?:==|~=|>=|\^|~)?\s*v?(?<version>\d[\w.!+-]*)/.exec(version)?.groups?.version;
  if (!lowest) return false;
  if (/^[\^~](?!=)/.test(range)) return semver.satisfies(semver.coerce(lowest) ?? "", range);
  try {
    return satisfiesPython(lowest, /^\d/.test(range) ? `==${range}` : range);
  } catch {
    // Neither is a version as PEP 440 knows it.
    return false;
  }
}
