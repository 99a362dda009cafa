import { SaxesParser } from "saxes";
import type { ToldLines } from "./told-lines.ts";

/** No tool nests deeper. */
const deepest = 64;

/** What the elements of a document say; a class of Cobertura and a file of Clover name what their lines are of. */
type XmlPlace = {
  depth: number;
  named: string;
  source: string | undefined;
  kind: keyof typeof kinds;
};

/**
 * Reads Cobertura and Clover. Entities other than XML's own are not expanded, and whatever is no XML ends the reading:
 * what was told until then stays told.
 */
export function readCoverageXml(text: string, told: ToldLines): void {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const place: XmlPlace = { depth: 0, named: "", source: undefined, kind: "clover" };
  parser.on("error", stop);
  parser.on("doctype", (doctype) => void (doctype.includes("[") && stop()));
  parser.on("opentag", ({ name, attributes }) => {
    place.depth += 1;
    if (place.depth > deepest) stop();
    enter(place, { name, attributes, told });
  });
  parser.on("text", (piece) => {
    if (place.source !== undefined) place.source += piece;
  });
  parser.on("closetag", ({ name }) => {
    place.depth -= 1;
    if (name === "source" && place.source?.trim()) told.addSource(place.source);
    if (name === "source") place.source = undefined;
  });
  try {
    parser.write(text).close();
  } catch (error) {
    if (!(error instanceof NoCoverage)) throw error;
  }
}

/** Ends the reading of a document. */
class NoCoverage extends Error {}

function stop(): never {
  throw new NoCoverage();
}

type XmlElement = { name: string; attributes: Record<string, string>; told: ToldLines };

function enter(place: XmlPlace, { name, attributes, told }: XmlElement): void {
  if (place.depth === 1) place.kind = coverageKind({ name, attributes });
  if (name === "source") place.source = "";
  const kind = kinds[place.kind];
  if (name === kind.names) place.named = attributes[kind.path] ?? attributes.name ?? "";
  else if (name === "line" && place.named !== "")
    told.add(place.named, Number(attributes[kind.line]), Number(attributes[kind.hits]));
}

const kinds = {
  cobertura: { names: "class", path: "filename", line: "number", hits: "hits" },
  clover: { names: "file", path: "path", line: "num", hits: "count" },
};

/** Clover's root tells when it was made; only Cobertura's has a rate. */
function coverageKind({ name, attributes }: Omit<XmlElement, "told">): keyof typeof kinds {
  if (name !== "coverage") stop();
  return "line-rate" in attributes ? "cobertura" : "clover";
}
