/**
 * Counts the names in `src` that stand for two things: types, and functions at the top of a file, that are declared in more than
 * one file. One word for one thing lets a reader search. The double imports nothing of ours, so it is counted apart.
 * Ends with exit code 1 where a share is above its aim.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const kinds = {
  types: { pattern: /^(?:export )?(?:type|interface|class|enum) (?<name>\w+)/gm, aim: 0.03 },
  functions: { pattern: /^(?:export )?(?:async )?function\*? (?<name>\w+)/gm, aim: 0.05 },
};

const rooms = [
  { name: "src without double", files: filesIn("src").filter((file) => !file.startsWith("src/double/")) },
  { name: "src/double", files: filesIn("src/double") },
];

function filesIn(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.m?tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Name → the files that declare it; a story of the demo holds code twice, as a text. */
function placesOf(files, pattern) {
  const places = new Map();
  for (const file of files) {
    const names = [...readFileSync(file, "utf8").matchAll(pattern)].map(({ groups }) => groups.name);
    for (const name of new Set(names)) places.set(name, [...(places.get(name) ?? []), file]);
  }
  return places;
}

for (const { name: room, files } of rooms)
  for (const [kind, { pattern, aim }] of Object.entries(kinds)) {
    const places = [...placesOf(files, pattern)];
    const all = places.flatMap(([, where]) => where).length;
    const shared = places.filter(([, where]) => where.length > 1);
    const declared = shared.flatMap(([, where]) => where).length;
    const share = declared / all;
    if (share > aim) process.exitCode = 1;
    console.log(
      `${room}: ${declared} of ${all} ${kind} share a name (${(100 * share).toFixed(1)} %; aim ${100 * aim} %)`,
    );
    for (const [name, where] of shared.sort(([, a], [, b]) => b.length - a.length))
      console.log(`  ${name} ×${where.length}: ${where.join(", ")}`);
  }
