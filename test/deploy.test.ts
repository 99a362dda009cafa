import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { openMetrics } from "../src/adapters/operations/metrics.ts";

const root = resolve(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
/** Names that our own metrics are shown under; a histogram has three. */
async function metricNames(): Promise<Set<string>> {
  const text = await openMetrics().text(undefined);
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return new Set(
    types.flatMap(([, name = "", type]) =>
      type === "histogram" ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
}

describe("what is counted", () => {
  const Dashboard = z.object({
    panels: z.array(
      z.object({ id: z.number(), title: z.string(), targets: z.array(z.object({ expr: z.string() })) }),
    ),
  });
  const named = (text: string): string[] => text.match(/\b(?:drafthorse|nodejs|process)_[a-z0-9_]+/g) ?? [];

  test("is what the dashboard of Grafana asks for, and the page for operators names", async () => {
    const { panels } = Dashboard.parse(JSON.parse(read("deploy/grafana/drafthorse.json")));
    const known = await metricNames();

    const asked = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => named(expr)));
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
    const ours = [...known].filter((name) => /^drafthorse_.*(?<!_bucket|_sum|_count)$/.test(name));
    const shown = asked.map((name) => name.replace(/_bucket$/, ""));
    expect(ours.filter((name) => !shown.includes(name))).toEqual([]);
    expect(ours.filter((name) => !read("docs/operate.md").includes(`\`${name}\``))).toEqual([]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});

type Container = {
  name: string;
  env?: { name: string; value: string }[];
  ports: { name?: string; containerPort: number }[];
  securityContext: { allowPrivilegeEscalation: boolean; capabilities: { drop: string[] } };
  readinessProbe: { httpGet?: { path: string; port: string } };
  livenessProbe?: { httpGet: { path: string; port: string } };
};
type Manifest = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  spec?: {
    selector?: { matchLabels: object };
    scaleTargetRef?: { name: string };
    triggers?: { metadata: { listName: string } }[];
    template?: {
      metadata: { labels: object };
      spec: { securityContext: { runAsNonRoot: boolean }; containers: Container[] };
    };
  };
};

describe("the manifests of Kubernetes", () => {
  const folder = "deploy/kubernetes";
  const manifests = readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".yml"))
    .flatMap((name) =>
      parseAllDocuments(read(`${folder}/${name}`)).map((document) => {
        expect(document.errors).toEqual([]);
        return document.toJS() as Manifest;
      }),
    );
  const workloads = manifests.filter(({ spec }) => spec?.template);

  test("are whole, and all in one namespace", () => {
    expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual([
      "Deployment web",
      "Deployment worker",
      "Namespace drafthorse",
      "NetworkPolicy redis",
      "PersistentVolumeClaim data",
      "ScaledObject worker",
      "Service redis",
      "Service web",
      "StatefulSet redis",
    ]);
    for (const { apiVersion, kind, metadata } of manifests) {
      expect(apiVersion).toMatch(/^(?:[a-z0-9.]+\/)?v1(?:alpha1)?$/);
      expect(kind === "Namespace" ? "drafthorse" : metadata.namespace).toBe("drafthorse");
    }
  });

  test.each(workloads.map((one) => [one.metadata.name, one] as const))(
    "%s runs as nobody special",
    (_, one) => {
      const { template, selector } = one.spec ?? {};
      expect(selector?.matchLabels).toEqual(template?.metadata.labels);
      expect(template?.spec.securityContext.runAsNonRoot).toBe(true);
      for (const { securityContext } of template?.spec.containers ?? []) {
        expect(securityContext.allowPrivilegeEscalation).toBe(false);
        expect(securityContext.capabilities.drop).toEqual(["ALL"]);
      }
    },
  );

  test.each(["web", "worker"])("%s is asked for its health where it answers", (name) => {
    const [container] =
      workloads.find(({ metadata }) => metadata.name === name)?.spec?.template?.spec.containers ?? [];
    const port = container?.ports[0];
    expect(container?.readinessProbe.httpGet).toEqual({ path: "/readyz", port: port?.name });
    expect(container?.livenessProbe?.httpGet).toEqual({ path: "/healthz", port: port?.name });
    const setting = name === "web" ? "PORT" : "OPERATIONS_PORT";
    expect(container?.env).toContainEqual({ name: setting, value: String(port?.containerPort) });
    expect(container?.env).toContainEqual({ name: "HOST", value: "0.0.0.0" });
  });

  test("the scaler scales the workers by the lists of our queue", () => {
    const { spec } = manifests.find(({ kind }) => kind === "ScaledObject") ?? {};
    expect(spec?.scaleTargetRef).toEqual({ name: "worker" });
    // What BullMQ calls them stands in src/adapters/store/redis/bull-queue.ts by prefix and name.
    expect(read("src/adapters/store/redis/bull-queue.ts")).toMatch(
      /queueName = "jobs";\nconst prefix = "drafthorse";/,
    );
    const lists = spec?.triggers?.map(({ metadata }) => metadata.listName);
    expect(lists).toEqual(["drafthorse:jobs:wait", "drafthorse:jobs:active"]);
  });
});

describe("containers of one machine", () => {
  const compose = parse(read("docker-compose.yml")) as {
    services: Record<
      string,
      {
        command: string | string[];
        environment?: Record<string, string>;
        security_opt?: string[];
        cap_drop?: string[];
      }
    >;
  };

  test("have a Redis that loses nothing, and a health check where they answer", () => {
    const { redis, web, worker } = compose.services;
    expect(redis?.command).toBe(
      "redis-server --appendonly yes --appendfsync always --maxmemory-policy noeviction",
    );
    expect(web?.environment?.PORT).toBe("3000");
    expect(worker?.environment).toMatchObject({ OPERATIONS_PORT: "9464", HOST: "0.0.0.0" });
    const file = read("Dockerfile");
    expect(file).toMatch(/HEALTHCHECK[\s\S]*OPERATIONS_PORT \|\| process\.env\.PORT[\s\S]*\/readyz/);
    expect(file).toMatch(/\nUSER node\n/);
    for (const [, path = ""] of file.matchAll(/^COPY (?!--from)(\S+) /gm))
      expect(existsSync(join(root, path))).toBe(true);
  });

  test("give workers a seccomp profile that leaves the sandbox what it needs and nothing dangerous", () => {
    const { web, worker } = compose.services;
    for (const service of [web, worker]) {
      expect(service?.security_opt).toContain("no-new-privileges:true");
      expect(service?.cap_drop).toEqual(["ALL"]);
    }
    const path =
      worker?.security_opt?.find((one) => one.startsWith("seccomp:"))?.slice("seccomp:".length) ?? "";
    const Profile = z.object({
      defaultAction: z.literal("SCMP_ACT_ALLOW"),
      archMap: z.array(z.object({ architecture: z.string(), subArchitectures: z.array(z.string()) })),
      syscalls: z.array(z.object({ names: z.array(z.string()), action: z.literal("SCMP_ACT_ERRNO") })),
    });
    const profile = Profile.parse(JSON.parse(read(path)));
    const refused = new Set(profile.syscalls.flatMap(({ names }) => names));
    for (const needed of [
      "clone",
      "clone3",
      "unshare",
      "setns",
      "mount",
      "umount2",
      "pivot_root",
      "prctl",
      "seccomp",
    ])
      expect(refused).not.toContain(needed);
    for (const dangerous of [
      "bpf",
      "kexec_load",
      "init_module",
      "perf_event_open",
      "keyctl",
      "open_by_handle_at",
      "userfaultfd",
    ])
      expect(refused).toContain(dangerous);
    expect(profile.archMap.map(({ architecture }) => architecture)).toEqual([
      "SCMP_ARCH_X86_64",
      "SCMP_ARCH_AARCH64",
    ]);
  });
});

test("the unit of systemd starts what is there, keeps to its directory and takes no namespace away", () => {
  const unit = read("deploy/systemd/drafthorse.service");
  const settings = [...unit.matchAll(/^(?<name>[A-Z]\w+)=(?<value>.*)$/gm)];
  const value = (name: string) =>
    settings.filter(({ groups }) => groups?.name === name).map(({ groups }) => groups?.value);

  expect(value("ExecStart")).toEqual(["/usr/bin/env drafthorse start"]);
  expect(value("User")).toEqual(["drafthorse"]);
  expect(value("NoNewPrivileges")).toEqual(["true"]);
  expect(value("RestartPreventExitStatus")).toEqual(["78"]);
  for (const breaking of [
    "RestrictNamespaces",
    "ProtectProc",
    "ProtectKernelTunables",
    "SystemCallFilter",
    "PrivateDevices",
  ])
    expect(value(breaking)).toEqual([]);
});
