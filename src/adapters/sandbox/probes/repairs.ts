import type { ProbeGroup } from "./probe.ts";

const bubblewrap = "Install bubblewrap 0.8 or newer, and remove wrappers around it.";
const filter =
  "Run a kernel with CONFIG_SECCOMP_FILTER; in a container, lift a profile that takes `seccomp` away.";
const container =
  "Run the worker outside of the container, or give the container namespaces of its own (docs/adr/0010).";

/** What mends an open probe, by its group. */
export const repairs: Record<ProbeGroup, string> = {
  files: bubblewrap,
  environment: bubblewrap,
  proc: container,
  "other tasks": bubblewrap,
  network: container,
  sockets: container,
  signals: container,
  ptrace: filter,
  namespaces: container,
  mounts: bubblewrap,
  capabilities:
    "Install util-linux (setpriv, prlimit) and bubblewrap 0.8 or newer; run the worker as an ordinary user.",
  devices: container,
  "kernel interfaces": filter,
  limits: "Install util-linux (prlimit) and bubblewrap 0.8 or newer, which bound what the sandbox holds.",
};
