/**
 * Joins what `tsc` wrote for the command line into few files: Node takes as long to find and link a thousand modules as a
 * service takes for the rest of its start. Packages stay packages. What is imported on demand stays a file of its own.
 */
import { rmSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { rollup } from "rollup";

const directory = "dist/src/cli";
const main = `${directory}/main.js`;
const isPackage = (id) => !id.startsWith(".") && !isAbsolute(id);

/** A module goes on finding the files beside it: its own address is told from that of the file it is in now. */
const ownAddress = {
  name: "own-address",
  resolveImportMeta(property, { moduleId, chunkId }) {
    if (property !== "url")
      throw new Error(`${moduleId}: only import.meta.url is kept right, not ${property}`);
    const path = relative(dirname(`${directory}/${chunkId}`), relative(".", moduleId));
    return `new URL(${JSON.stringify(path)}, import.meta.url).href`;
  },
};

/** What every command needs is no part of the entry: a file that imports from it would run it once more where it has a query. */
function chunkOf(id, { getModuleInfo }) {
  const entry = resolve(main);
  const needed = new Set([entry]);
  for (const one of needed)
    for (const imported of getModuleInfo(one)?.importedIds ?? []) needed.add(imported);
  return needed.has(id) && id !== entry ? "every-command" : undefined;
}

const bundle = await rollup({
  input: main,
  external: isPackage,
  plugins: [ownAddress],
  treeshake: false,
  onwarn: ({ message }) => {
    throw new Error(message);
  },
});
await bundle.write({
  ...{ dir: directory, format: "es", chunkFileNames: "chunks/[name].js" },
  manualChunks: chunkOf,
});
await bundle.close();
// It tells of the file that this one replaced.
rmSync(`${main}.map`);
