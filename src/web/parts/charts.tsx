import type { OutcomeSums, weeksOf } from "../../views/outcomes.ts";

type Weeks = ReturnType<typeof weeksOf>;

/** Sizes in the units of the chart's own box. */
const chart = { step: 40, bar: 13, height: 90, foot: 18 };

/** A pair of bars for each week; the same in words for whoever does not see it. */
export const WeekChart = ({ weeks }: { weeks: Weeks }) => {
  const top = Math.max(1, ...weeks.flatMap(({ merged, rejected }) => [merged, rejected]));
  const scale = (count: number) => (count / top) * (chart.height - 16);
  return (
    <svg
      class="weeks"
      role="img"
      aria-label={`Decided each week: ${weeks.map(inWords).join("; ")}`}
      viewBox={`0 0 ${weeks.length * chart.step} ${chart.height + chart.foot}`}
    >
      <line
        class="axis"
        x1="0"
        x2={String(weeks.length * chart.step)}
        y1={String(chart.height)}
        y2={String(chart.height)}
      />
      {weeks.map(({ week, merged, rejected }, at) => (
        <>
          <Column x={at * chart.step + 6} height={scale(merged)} count={merged} kind="merged" />
          <Column
            x={at * chart.step + 6 + chart.bar + 1}
            height={scale(rejected)}
            count={rejected}
            kind="rejected"
          />
          {at % 2 === 0 && (
            <text class="tick" x={String(at * chart.step + chart.step / 2)} y={String(chart.height + 13)}>
              {week.slice(5)}
            </text>
          )}
        </>
      ))}
    </svg>
  );
};

const Column = ({ x, height, count, kind }: { x: number; height: number; count: number; kind: string }) =>
  count === 0 ? null : (
    <>
      <rect
        class={kind}
        x={String(x)}
        y={String(chart.height - height)}
        width={String(chart.bar)}
        height={String(height)}
        rx="2"
      />
      <text class="tick" x={String(x + chart.bar / 2)} y={String(chart.height - height - 4)}>
        {count}
      </text>
    </>
  );

function inWords({ week, merged, rejected }: Weeks[number]): string {
  return `week of ${week}: ${merged} merged, ${rejected} closed without merge`;
}

/** Merged, closed and all the rest as parts of one bar; the row beside it has the numbers. */
export const ShareBar = ({ sums }: { sums: OutcomeSums }) => {
  const parts = [
    { kind: "merged", count: sums.merged },
    { kind: "rejected", count: sums.rejected },
    { kind: "rest", count: sums.withheld + sums.other },
  ];
  const part = (count: number) => (sums.tasks === 0 ? 0 : (count / sums.tasks) * 100);
  return (
    <svg
      class="share"
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      width="120"
      height="8"
      aria-hidden="true"
    >
      {parts.map(({ kind, count }, at) => (
        <rect
          class={kind}
          x={String(parts.slice(0, at).reduce((sum, one) => sum + part(one.count), 0))}
          y="0"
          width={String(part(count))}
          height="8"
        />
      ))}
    </svg>
  );
};
