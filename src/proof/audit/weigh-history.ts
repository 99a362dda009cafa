import { findBreak } from "../../domain/evidence/history-chain.ts";
import type { HistoryLine } from "../../domain/task/task.ts";
import type { Weighed } from "./weighed.ts";

/** What evidence says of the history before its proof, and what was signed of it after, where they are at hand. */
export type Anchor = {
  sha256: string;
  historySha256: string | undefined;
  signedSha256?: string | undefined;
};

const repair = "Do not trust this file: take the history from the server's ledger again.";

/** Holds a history against its own chain, and against the evidence beside it. */
export function weighHistory(lines: HistoryLine[], anchor?: Anchor): Weighed[] {
  const broken = findBreak(lines);
  const unchained = lines.filter(({ sha256 }) => sha256 === undefined).length;
  const whole = `${lines.length} lines, each chained to the one before`;
  const line = broken ? `line ${broken} is not what was written after the line before it` : whole;
  const chain = { what: "chain", holds: broken === undefined, line, repair };
  const old = {
    ...{ what: "chain", holds: undefined, repair: "Nothing proves them: they are from an earlier version." },
    line: `${unchained} lines have no hash`,
  };
  return [chain, ...(unchained > 0 ? [old] : []), ...(anchor ? weighAnchor(lines, anchor) : [])];
}

function weighAnchor(lines: HistoryLine[], { sha256, historySha256, signedSha256 }: Anchor): Weighed[] {
  const head = lines.some((line) => line.sha256 !== undefined && line.sha256 === historySha256);
  const proved = lines.some(({ details }) => details.evidenceSha256 === sha256);
  const headLine = head
    ? "it holds the line that the evidence names"
    : "it lacks the line that the evidence names";
  const provedLine = proved ? "it names the evidence" : "it does not name this evidence";
  return [
    ...(historySha256 ? [{ what: "anchor", holds: head, line: headLine, repair }] : []),
    { what: "proved", holds: proved, line: provedLine, repair },
    ...(signedSha256 ? [weighSigned(lines, signedSha256)] : []),
  ];
}

function weighSigned(lines: HistoryLine[], signed: string): Weighed {
  const holds = lines.some(({ sha256 }) => sha256 === signed);
  const line = holds ? "it holds the line that was signed" : "it lacks the line that was signed";
  return { what: "signed", holds, line, repair };
}
