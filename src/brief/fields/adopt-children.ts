import type { Part } from "./split-sections.ts";

/** Parts of which one that is only a heading has what stands below deeper headings that name nothing else. */
export function adoptChildren(parts: Part[]): Part[] {
  const adopted: Part[] = [];
  let isOpen = false;
  for (const part of parts) {
    const parent = adopted.at(-1);
    if (isOpen && parent && isBelow(part, parent)) adopted[adopted.length - 1] = adoptPart(parent, part);
    else {
      adopted.push(part);
      isOpen = isBareField(part);
    }
  }
  return adopted;
}

function isBelow(part: Part, parent: Part): boolean {
  return part.meanings.length === 0 && (part.depth ?? 0) > (parent.depth ?? 0);
}

function isBareField({ nodes, meanings }: Part): boolean {
  return nodes.length === 0 && meanings.some(({ strength }) => strength !== "likely");
}

function adoptPart(parent: Part, { title, nodes, source }: Part): Part {
  const words = `${title.replace(/[*_`#:]+/g, "").trim()}:\n\n${source}`;
  return {
    ...parent,
    nodes: [...parent.nodes, ...nodes],
    source: parent.source === "" ? words : `${parent.source}\n\n${words}`,
  };
}
