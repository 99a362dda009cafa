/**
 * Names in package-lock.json the optional packages of other platforms that a registry would not show when the
 * lockfile was written; without them `npm ci` refuses the file. Run it after `npm install` has changed the lockfile.
 */
import { readFileSync, writeFileSync } from "node:fs";

const systems = ["android", "darwin", "win32", "freebsd", "openharmony", "linux"];
const processors = ["arm64", "arm", "x64", "ia32", "loong64", "riscv64", "ppc64", "s390x", "wasm32"];

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
for (const [path, entry] of Object.entries({ ...lock.packages }))
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (!(lock.packages[key] ?? lock.packages[`${path}/${key}`]))
      lock.packages[key] = absent(name, version, entry.dev);
  }
for (const entry of Object.values(lock.packages)) delete entry.resolved;
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);

function absent(name, version, dev) {
  const os = systems.find((system) => name.includes(system));
  const cpu = processors.find((processor) => name.includes(processor));
  const libc = name.includes("musl") ? "musl" : name.includes("gnu") ? "glibc" : undefined;
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(dev && { dev: true }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] }),
  };
}
