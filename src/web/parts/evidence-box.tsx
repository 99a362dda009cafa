import { endOfOutput } from "../../domain/evidence/end-of-output.ts";
import type { Check, Evidence, Finding } from "../../domain/evidence/evidence.ts";
import { shownLine, shownText } from "../../views/shown-text.ts";
import { durationInWords } from "../../views/times.ts";
import { checkSayings, verdictSayings } from "../../views/tones.ts";
import { Badge, Prose } from "./words.tsx";

/** More findings of one check than these are in the evidence. */
const mostFindings = 20;

/** Each check with what was measured, worst first in what it says; the whole is in `evidence.json`. */
export const EvidenceBox = ({
  evidence,
  isExpected,
}: {
  evidence: Evidence | undefined;
  isExpected: boolean;
}) => (
  <section class="box" aria-labelledby="evidence">
    <header>
      <h2 id="evidence">Evidence</h2>
      {evidence && <Badge saying={verdictSayings[evidence.verdict]} />}
    </header>
    {evidence ? (
      <>
        <Validation evidence={evidence} />
        <ul class="checks">
          {evidence.checks.map((check) => (
            <Row check={check} />
          ))}
        </ul>
      </>
    ) : (
      <p class="inside muted">
        {isExpected
          ? "The evidence is not on this machine, or it cannot be read. It is in the check run on GitHub."
          : "Nothing is measured yet. Evidence is there once the agent is done and its change was proved."}
      </p>
    )}
  </section>
);

const Validation = ({ evidence: { validation } }: { evidence: Evidence }) =>
  validation === null ? null : (
    <div class="inside">
      <p>
        <code>{shownText(validation.command)}</code>{" "}
        {validation.exit.exitCode === null
          ? `ended by ${validation.exit.endedBy}`
          : `exit code ${validation.exit.exitCode}`}
        {` after ${durationInWords(validation.exit.durationMs)}`}
      </p>
      <details open={validation.exit.exitCode !== 0}>
        <summary>The end of its output</summary>
        <pre tabindex={0}>{shownText(endOfOutput(validation.exit)) || "It wrote nothing."}</pre>
      </details>
    </div>
  );

const Row = ({ check }: { check: Check }) => (
  <li>
    <Badge saying={checkSayings[check.status]} />
    <div>
      <b>{check.name}</b> <span class="muted">{shownLine(check.line, 500)}</span>
      {check.findings.length > 0 && (
        <details open={check.status === "fail" || check.status === "attention"}>
          <summary>{`${check.findings.length} ${check.findings.length === 1 ? "finding" : "findings"}`}</summary>
          <ul>
            {check.findings.slice(0, mostFindings).map((finding) => (
              <li>
                <Place finding={finding} />
                <Prose text={shownLine(finding.message, 400)} />
              </li>
            ))}
            {check.findings.length > mostFindings && (
              <li class="muted">{`and ${check.findings.length - mostFindings} more in the evidence`}</li>
            )}
          </ul>
        </details>
      )}
    </div>
  </li>
);

const Place = ({ finding: { path, line } }: { finding: Finding }) =>
  path === undefined ? null : (
    <>
      <code>{shownLine(path, 200) + (line === undefined ? "" : `:${line}`)}</code>{" "}
    </>
  );
