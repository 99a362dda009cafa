const path = require("node:path");

/** Snapshots lie beside the sources of their tests, since what `tsc` writes is thrown away before each run. */
const root = path.resolve(__dirname, "..");

module.exports = {
  resolveSnapshotPath: (test, extension) =>
    path.join(root, path.relative(path.join(root, "dist"), test)).replace(/\.js$/, `.ts${extension}`),
  resolveTestPath: (snapshot, extension) =>
    path.join(root, "dist", path.relative(root, snapshot)).replace(`.ts${extension}`, ".js"),
  testPathForConsistencyCheck: path.join(root, "dist/test/some.test.js"),
};
