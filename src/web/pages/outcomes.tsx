import { plural } from "../../domain/text/plural.ts";
import {
  compareOutcomes,
  type OutcomePart,
  type OutcomeRow,
  type OutcomeSums,
  outcomeParts,
  sumOutcomes,
  weeksOf,
} from "../../views/outcomes.ts";
import { durationInWords } from "../../views/times.ts";
import { findOutcomes } from "../find-outcomes.ts";
import type { MakePage } from "../page.ts";
import { ShareBar, WeekChart } from "../parts/charts.tsx";

/** Figures are of so many tasks, so that the page costs the same however many there are. */
const mostCounted = 200;

/** What came of the work: decided how, how fast, at what cost; by repository, agent and kind of brief. */
export const outcomesPage: MakePage = async ({ query, ...request }, { ports }) => {
  const part = outcomeParts.find((name) => name === query.get("by")) ?? "repository";
  const repositories = await request.repositories();
  const rows = await findOutcomes(repositories, mostCounted, ports);
  const content = (
    <>
      <div class="title-row">
        <h1>Outcomes</h1>
        <p class="muted">{`of the ${plural(rows.length, "task")} that changed last`}</p>
        <a href="/outcomes.csv" download>
          Download all as CSV
        </a>
      </div>
      {rows.length === 0 ? <NothingYet /> : <Figures rows={rows} part={part} now={ports.clock.now()} />}
    </>
  );
  return { title: "Outcomes", content };
};

const Figures = ({ rows, part, now }: { rows: OutcomeRow[]; part: OutcomePart; now: Date }) => (
  <>
    <Sums sums={sumOutcomes(rows)} />
    <section class="box" aria-labelledby="weeks">
      <header>
        <h2 id="weeks">Decided each week</h2>
        <p>
          <span class="key merged">merged</span> <span class="key rejected">closed without merge</span>
        </p>
      </header>
      <div class="inside">
        <WeekChart weeks={weeksOf(rows, now)} />
      </div>
    </section>
    <Comparison rows={rows} part={part} />
  </>
);

const Sums = ({ sums }: { sums: OutcomeSums }) => {
  const figures: [string, string][] = [
    ["Merged", String(sums.merged)],
    ["Closed without merge", String(sums.rejected)],
    ["Corrected", String(sums.corrected)],
    ["Withheld", String(sums.withheld)],
    ["Label to pull request", inWords(sums.msToPull)],
    ["Pull request to decision", inWords(sums.msToDecision)],
    ["Cost per merged", inDollars(sums.costPerMerged)],
  ];
  return (
    <dl class="figures">
      {figures.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Comparison = ({ rows, part }: { rows: OutcomeRow[]; part: OutcomePart }) => (
  <section class="box" aria-labelledby="compared">
    <header>
      <h2 id="compared">Compared</h2>
      <nav aria-label="Compare by">
        <ul class="choices">
          {outcomeParts.map((name) => (
            <li>
              <a href={`/outcomes?by=${name}`} aria-current={name === part ? "true" : undefined}>
                {`by ${name}`}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
    <section class="wide" tabindex={0} aria-label={`Outcomes by ${part}`}>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">{part}</th>
            <th scope="col">tasks</th>
            <th scope="col">merged</th>
            <th scope="col">closed</th>
            <th scope="col">corrected</th>
            <th scope="col">to pull request</th>
            <th scope="col">to decision</th>
            <th scope="col">cost per merged</th>
            <th scope="col">share</th>
          </tr>
        </thead>
        <tbody>
          {compareOutcomes(rows, part).map(({ name, sums }) => (
            <tr>
              <th scope="row">{name}</th>
              <td>{sums.tasks}</td>
              <td>{sums.merged}</td>
              <td>{sums.rejected}</td>
              <td>{sums.corrected}</td>
              <td>{inWords(sums.msToPull)}</td>
              <td>{inWords(sums.msToDecision)}</td>
              <td>{inDollars(sums.costPerMerged)}</td>
              <td>
                <ShareBar sums={sums} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  </section>
);

const NothingYet = () => (
  <section class="notice">
    <h2>Nothing has come out yet</h2>
    <p>Once a task has a pull request or has ended, its outcome, time and cost stand here.</p>
  </section>
);

function inWords(ms: number | null): string {
  return ms === null ? "–" : durationInWords(ms);
}

function inDollars(usd: number | null): string {
  return usd === null ? "–" : `$${usd.toFixed(2)}`;
}
