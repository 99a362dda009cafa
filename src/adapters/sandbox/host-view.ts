import { existsSync, lstatSync, readdirSync, readlinkSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The few files of `/etc` without which programs cannot link, resolve names or trust a certificate. */
const ETC = [
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
  const etc = [...ETC, ...javaSettings()].map((name) => `/etc/${name}`).filter((path) => existsSync(path));
  const node = nodeDirectories();
  return {
    system: [
      ...["--ro-bind", "/usr", "/usr"],
      ...tops.flatMap(topLevel),
      ...etc.flatMap((path) => ["--ro-bind", path, path]),
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

/**
 * Where this process is root, the command is still that user to the kernel: without these covers it wrote
 * `/proc/sys/kernel/core_pattern` of the host, which names a program that the kernel runs as root. bwrap's own
 * covers depend on a test for capabilities that a dropped root does not pass.
 */
function covered(name: string): string[] {
  const path = join("/proc", name);
  if (/^\d+$/.test(name) || lstatSync(path).isSymbolicLink()) return [];
  const { mode } = statSync(path);
  if ((mode & 0o004) === 0) return ["--ro-bind", "/dev/null", path];
  return statSync(path).isDirectory() || (mode & 0o222) !== 0 ? ["--ro-bind", path, path] : [];
}

/** Only the directories of Node's own programs and packages: its prefix may be somebody's home. */
function nodeDirectories(): string[] {
  const bin = dirname(process.execPath);
  if (bin.startsWith("/usr/")) return [];
  return [bin, resolve(bin, "../lib/node_modules")].filter((path) => existsSync(path));
}
