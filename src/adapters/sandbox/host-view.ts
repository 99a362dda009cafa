import { existsSync, lstatSync, readdirSync, readlinkSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parentDirectories } from "./parent-directories.ts";

/** The few files of `/etc` without which programs cannot link, resolve names or trust a certificate. */
const etcPaths = [
  ..."ld.so.cache ld.so.conf ld.so.conf.d nsswitch.conf hosts localtime alternatives".split(" "),
  ..."protocols services mime.types ssl/certs ssl/openssl.cnf ca-certificates ca-certificates.conf".split(
    " ",
  ),
  ..."pki/tls/certs pki/ca-trust".split(" "),
];

/** What of this machine is shown inside the sandbox, as arguments of bwrap. */
export type HostView = { system: string[]; processFiles: string[]; node: string[]; visible: string[] };

/** Looks at this machine once: its top-level links, the files of `/etc` that exist, where Node lies. */
export function hostView(): HostView {
  const tops = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"].filter((path) => existsSync(path));
  const etc = [...etcPaths, ...javaSettings()]
    .map((name) => `/etc/${name}`)
    .filter((path) => existsSync(path));
  const node = nodeDirectories();
  return {
    system: [
      ...["--ro-bind", "/usr", "/usr"],
      ...tops.flatMap(topLevel),
      ...etc.flatMap((path) => [...parentDirectories(path), "--ro-bind", path, path]),
    ],
    processFiles: readdirSync("/proc").flatMap(covered),
    node,
    visible: ["/usr", ...tops, ...node],
  };
}

function topLevel(path: string): string[] {
  return lstatSync(path).isSymbolicLink()
    ? ["--symlink", readlinkSync(path), path]
    : ["--ro-bind", path, path];
}

/** Debian's Java keeps its settings here and does not start without them. */
function javaSettings(): string[] {
  return readdirSync("/etc").filter((name) => name.startsWith("java-"));
}

/** What programs read of `/proc` beside their own processes; the rest tells of the machine or is a lever of it. */
const proc = "cpuinfo filesystems loadavg meminfo stat uptime version".split(" ");

/** Covers what is not needed. bwrap's own covers depend on a test for capabilities that a dropped root does not pass. */
function covered(name: string): string[] {
  const path = join("/proc", name);
  if (/^\d+$/.test(name) || proc.includes(name) || lstatSync(path).isSymbolicLink()) return [];
  if (name === "sys") return ["--ro-bind", path, path];
  return statSync(path).isDirectory()
    ? ["--tmpfs", path, "--remount-ro", path]
    : ["--ro-bind", "/dev/null", path];
}

/** Only the directories of Node's own programs and packages: its prefix may be somebody's home. */
function nodeDirectories(): string[] {
  const bin = dirname(process.execPath);
  if (bin.startsWith("/usr/")) return [];
  return [bin, resolve(bin, "../lib/node_modules")].filter((path) => existsSync(path));
}
