import { colours } from "./say.ts";

/** One probe and what it reached; `seen` is null where it was kept out. */
export type ExaminedProbe = {
  group: string;
  name: string;
  means: string;
  seen: string | null;
  repair: string;
};

/** What was found about the sandbox of this machine; `trouble` says why there is none. */
export type Examined = { driver: string | null; trouble: string | null; probes: ExaminedProbe[] };

/** The findings for a terminal: one line for each group, and below it each open probe with its repair. */
export function renderDoctor({ driver, trouble, probes }: Examined): string {
  if (trouble !== null) return `${colours.red("✗ No sandbox")}: ${trouble}`;
  const open = probes.filter(({ seen }) => seen !== null);
  const groups = [...new Set(probes.map(({ group }) => group))];
  const verdict =
    open.length === 0
      ? colours.green(`All ${probes.length} probes are closed.`)
      : colours.red(`${open.length} of ${probes.length} probes are open: no attempt is started here.`);
  return [
    `Sandbox: ${driver}`,
    ...groups.flatMap((group) =>
      groupLines(
        group,
        probes.filter((probe) => probe.group === group),
      ),
    ),
    verdict,
  ].join("\n");
}

function groupLines(group: string, probes: ExaminedProbe[]): string[] {
  const open = probes.filter(({ seen }) => seen !== null);
  const mark = open.length === 0 ? colours.green("✓") : colours.red("✗");
  const counts = `${probes.length - open.length} closed, ${open.length} open`;
  return [
    `  ${mark} ${group.padEnd(18)} ${counts}`,
    ...open.flatMap(({ name, seen, means, repair }) => [
      `      ${colours.bold(name)}: ${seen}`,
      `        It means that ${means}.`,
      `        ${repair}`,
    ]),
  ];
}
