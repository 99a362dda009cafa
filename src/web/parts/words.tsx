import { agoInWords, durationInWords, exactly } from "../../views/times.ts";
import type { Saying } from "../../views/tones.ts";

/** A moment in words, exact for whoever points at it. */
export const Ago = ({ at, now }: { at: string; now: Date }) => (
  <time datetime={at} title={exactly(at)}>
    {agoInWords(at, now)}
  </time>
);

/** How long something has lasted until now. */
export const Since = ({ at, now }: { at: string; now: Date }) => (
  <time datetime={at} title={`since ${exactly(at)}`}>
    {durationInWords(now.getTime() - Date.parse(at))}
  </time>
);

/** Words in a colour, with a dot for whoever skims; the words alone say all of it. */
export const Badge = ({ saying }: { saying: Saying }) => (
  <span class={`badge ${saying.tone}`}>{saying.words}</span>
);

/** A cost in dollars; what nobody reported is never shown as nothing. */
export const Cost = ({ usd }: { usd: number | null }) =>
  usd === null ? <span class="muted">not reported</span> : <span>{`$${usd.toFixed(2)}`}</span>;

/** A sentence in which words between backticks are code, as the bot writes its own. */
export const Prose = ({ text }: { text: string }) => (
  <>{text.split(/`([^`]+)`/).map((piece, at) => (at % 2 === 1 ? <code>{piece}</code> : piece))}</>
);
