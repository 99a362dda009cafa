import { colours } from "./say.ts";

/** One probe: what it reached, or why it could not be tried; both are null where it was kept out. */
export type ExaminedProbe = {
  group: string;
  name: string;
  means: string;
  seen: string | null;
  untried: string | null;
  repair: string;
};

/** What was found about the sandbox of this machine; `trouble` says why there is none. */
export type Examined = { driver: string | null; trouble: string | null; probes: ExaminedProbe[] };

/** Whether a probe was tried and kept out. */
export function isClosed({ seen, untried }: ExaminedProbe): boolean {
  return seen === null && untried === null;
}

/** The findings for a terminal: one line for each group, and below it each open probe with its repair. */
export function renderDoctor({ driver, trouble, probes }: Examined): string {
  if (trouble !== null) return `${colours.red("✗ No sandbox")}: ${trouble}`;
  const groups = [...new Set(probes.map(({ group }) => group))];
  return [
    `Sandbox: ${driver}`,
    ...groups.flatMap((group) =>
      groupLines(
        group,
        probes.filter((probe) => probe.group === group),
      ),
    ),
    verdict(probes),
  ].join("\n");
}

function verdict(probes: ExaminedProbe[]): string {
  const open = probes.filter(({ seen }) => seen !== null).length;
  const untried = probes.filter((probe) => probe.untried !== null).length;
  if (open + untried === 0) return colours.green(`All ${probes.length} probes are closed.`);
  const parts = [
    ...(open > 0 ? [`${open} of ${probes.length} probes are open`] : []),
    ...(untried > 0 ? [`${untried} of ${probes.length} probes could not be tried`] : []),
  ];
  return colours.red(`${parts.join(" and ")}: no attempt is started here.`);
}

function groupLines(group: string, probes: ExaminedProbe[]): string[] {
  const open = probes.filter(({ seen }) => seen !== null);
  const untried = probes.filter((probe) => probe.untried !== null);
  const closed = probes.filter(isClosed);
  const mark = closed.length === probes.length ? colours.green("✓") : colours.red("✗");
  const counts = `${closed.length} closed, ${open.length} open`;
  return [
    `  ${mark} ${group.padEnd(18)} ${counts}${untried.length > 0 ? `, ${untried.length} not tried` : ""}`,
    ...open.flatMap(({ name, seen, means, repair }) => [
      `      ${colours.bold(name)}: ${seen}`,
      `        It means that ${means}.`,
      `        ${repair}`,
    ]),
    ...untriedLines(untried),
  ];
}

/** Those that could not be tried for the same reason are told at once. */
function untriedLines(untried: ExaminedProbe[]): string[] {
  const whys = [...new Set(untried.map((probe) => probe.untried))];
  return whys.flatMap((why) => {
    const same = untried.filter((probe) => probe.untried === why);
    const names = same.length === 1 ? (same[0]?.name ?? "") : `${same.length} probes`;
    return [`      ${colours.bold(names)}: could not be tried: ${why}`, `        ${same[0]?.repair}`];
  });
}
