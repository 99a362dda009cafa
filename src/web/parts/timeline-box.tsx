import type { TimelineStep, TimelineStretch } from "../../views/timeline.ts";
import { durationInWords, exactly } from "../../views/times.ts";

/** The history of a task as steps, each with a bar that shows when it was and how long it took. */
export const TimelineBox = ({ stretches }: { stretches: TimelineStretch[] }) => (
  <section class="box" aria-labelledby="timeline">
    <header>
      <h2 id="timeline">Timeline</h2>
      <p>every durable step, from the chained history</p>
    </header>
    {stretches.length === 0 ? (
      <p class="inside muted">Nothing is written down yet.</p>
    ) : (
      <table class="timeline">
        <thead class="unseen">
          <tr>
            <th scope="col">When (UTC)</th>
            <th scope="col">Step</th>
            <th scope="col">Its part of the time</th>
            <th scope="col">Took</th>
          </tr>
        </thead>
        {stretches.map((stretch) => (
          <tbody>
            <tr class="stretch">
              <th colspan={2} scope="rowgroup">
                {stretch.heading} <span class="muted">{stretch.steps[0]?.at.slice(0, 10)}</span>
              </th>
              <td class="gauge" />
              <td class="took">{stretch.totalMs > 0 ? durationInWords(stretch.totalMs) : ""}</td>
            </tr>
            {stretch.steps.map((step) => (
              <Step step={step} />
            ))}
          </tbody>
        ))}
      </table>
    )}
  </section>
);

const Step = ({ step }: { step: TimelineStep }) => (
  <tr>
    <td class="when">
      <time datetime={step.at} title={exactly(step.at)}>
        {step.at.slice(11, 19)}
      </time>
    </td>
    <td class="step">
      {step.what}
      {step.by && <span class="muted">{` by ${step.by}`}</span>}
      {step.details.length > 0 && <span class="details">{step.details.join(" · ")}</span>}
    </td>
    <td class="gauge">
      <Bar step={step} />
    </td>
    <td class="took">{step.tookMs === null ? "" : durationInWords(step.tookMs)}</td>
  </tr>
);

/** A step that took next to nothing still has a mark. The times beside it say the same in words. */
const Bar = ({ step: { from, part } }: { step: TimelineStep }) => (
  <svg viewBox="0 0 100 8" preserveAspectRatio="none" width="100%" height="8" aria-hidden="true">
    <rect class="track" x="0" y="3.5" width="100" height="1" />
    <rect
      class="span"
      x={String(Math.min(from * 100, 99))}
      y="0"
      width={String(Math.max(part * 100, 1))}
      height="8"
      rx="1"
    />
  </svg>
);
