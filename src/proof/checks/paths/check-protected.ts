import type { Trim, TrimmedPath } from "../../../domain/evidence/change.ts";
import type { CheckRow, Finding } from "../../../domain/evidence/evidence.ts";
import { isBlind, touchedPaths } from "../../../domain/rules/asked-borders.ts";
import { protectedFinder, settleBoundary } from "../../../domain/rules/settle-boundary.ts";
import { blindness } from "./check-approvals.ts";
import type { Grounds } from "./grounds.ts";

/** The check `protected`: what was put back to the base, and what could not be. */
export function checkProtected(grounds: Grounds, trim: Trim): CheckRow<"protected"> {
  const back = trim.paths.filter(({ why }) => why !== "stray");
  const kept = keptPaths(grounds);
  const crossed = crossedClasses(grounds);
  const blind = settleBoundary(grounds.brief, grounds.policy).never.filter(isBlind);
  const open = back.length + kept.length + blind.length > 0;
  return {
    name: "protected",
    status: crossed.length > 0 ? "fail" : open ? "attention" : "pass",
    line: protectedLine({ back: back.length, kept: kept.length, crossed: crossed.length }),
    findings: [
      ...crossed,
      ...back.map((one) => backFinding(one, trim)),
      ...kept.map((path) => ({
        path,
        message: "is protected, and was changed on this branch by somebody else",
      })),
      ...blind.map(blindness),
    ],
  };
}

/** What people changed on the branch before a correction is theirs: it is told, not put back. */
function keptPaths({ brief, policy, files }: Grounds): string[] {
  const protectedBy = protectedFinder(policy);
  const { never } = settleBoundary(brief, policy);
  const isClosed = (path: string): boolean =>
    protectedBy(path) !== undefined || never.some(({ means }) => means(path));
  return files.map(({ path }) => path).filter(isClosed);
}

/** A deletion is no path that could be put back without knowing what the rest of the change made of it. */
function crossedClasses({ brief, policy, files }: Grounds): Finding[] {
  const { never } = settleBoundary(brief, policy);
  const crossed = never.filter(({ isClass, globs }) => isClass && globs.length === 0);
  return crossed.flatMap((border) =>
    touchedPaths(border, files).map((path) => ({
      path,
      message: `touches \`${border.name}\`, which may never be touched, and cannot be put back by itself`,
    })),
  );
}

function backFinding({ path, why, rule }: TrimmedPath, { patch }: Trim): Finding {
  const reasons = {
    protected: `protected: ${rule}`,
    never: `never to be touched: ${rule}`,
    link: "a link that leads out of the repository",
    stray: rule,
  };
  return {
    path,
    message: `put back to the base (${reasons[why]})${patch ? `; the patch is \`${patch.artefact}\`` : ""}`,
  };
}

function protectedLine({ back, kept, crossed }: { back: number; kept: number; crossed: number }): string {
  const said = [
    ...(crossed > 0 ? [`${crossed} cannot be put back`] : []),
    ...(back > 0 ? [`${back} put back to the base, offered as a patch`] : []),
    ...(kept > 0 ? [`${kept} changed by somebody else`] : []),
  ];
  return said.length > 0 ? said.join(", ") : "No protected path is touched.";
}
