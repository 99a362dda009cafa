import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";

/**
 * The arrows of the house: which folder may import which. Anything that is not listed is forbidden.
 * A step is a stranger to every other step; `ports` is imported for its types.
 */
const steps = ["policy", "intake", "brief", "schedule", "queue", "run", "proof", "publish", "review"];
const mayImport: Record<string, string[]> = {
  domain: ["domain"],
  // Starting a program is no fact about GitHub, so that the double may share it.
  programs: ["programs"],
  ports: ["ports", "domain"],
  ...Object.fromEntries(steps.map((step) => [step, [step, "domain", "ports"]])),
  adapters: ["adapters", "programs", "domain", "ports"],
  publish: ["publish", "views", "domain", "ports"],
  // What makes an attempt one worker's and its steps durable; no step knows that it is claimed.
  ledger: ["ledger", "domain", "ports"],
  pipeline: ["pipeline", "ledger", ...steps, "domain", "ports"],
  "compose/commands": ["intake", "queue", "pipeline", "ports", "domain"],
  "compose/jobs": ["intake", "queue", "pipeline", "ledger", "ports", "domain"],
  views: ["views", "domain"],
  web: ["web", "views", "domain", "ports"],
  cli: [
    "cli",
    "intake",
    "pipeline",
    "policy",
    "brief",
    "proof",
    "publish",
    "views",
    "ports",
    "domain",
    "compose/service",
    "compose/runner",
    "compose/set-up",
    "compose/github-access",
    "compose/secrets-of",
    "compose/doctor",
    "config",
    "double",
    "doctor",
    "adapters",
  ],
  // Its checks ask what several steps know, as a recipe does.
  doctor: ["doctor", ...steps, "domain", "ports"],
  double: ["double", "programs"],
  config: ["config", "domain", "policy"],
  "compose/service": ["*"],
  "compose/start-web": ["*"],
  "compose/open-probot": ["compose/commands", "ports", "domain", "config"],
  "compose/github-access": ["adapters", "domain", "config"],
  "compose/secrets-of": ["adapters", "domain", "config"],
  "compose/doctor": ["*"],
  "compose/try-command": ["*"],
  "compose/app-exam": ["compose/github-access", "adapters", "policy", "ports", "domain", "config"],
  "compose/prompt-agents": ["adapters", "compose/runner", "ports", "domain", "config"],
  "compose/runner": ["adapters", "ports", "domain", "config"],
  "compose/open-operations": ["adapters", "ports", "domain", "config"],
  "compose/trace-attempts": ["adapters", "ports", "domain", "config"],
  "compose/set-up": ["web", "adapters", "ports", "domain", "config"],
  "compose/dashboard": ["web", "review", "adapters", "ports", "domain", "config"],
};

/**
 * The arrows inside the rooms that have inner walls: which folder may import which other folder of the same room. The
 * room's own files, `.`, stand above its folders, except that the audit stands above them: it reads what a proof said.
 */
const innerWalls: Record<string, Record<string, string[]>> = {
  brief: {
    ".": ["visible", "command", "fields", "answer"],
    visible: [],
    command: [],
    fields: ["visible", "command"],
    answer: ["visible", "fields"],
  },
  proof: {
    ".": ["run", "counts", "explain", "checks"],
    counts: [],
    run: ["counts"],
    explain: [],
    checks: ["run", "explain"],
    audit: [".", "run", "checks"],
  },
  adapters: {
    artefacts: ["host", "proxy"],
    host: [],
    sandbox: ["host"],
    git: ["host"],
    proxy: ["host", "sandbox"],
    agent: ["host", "proxy"],
    github: ["host", "proxy"],
    local: ["git"],
    operations: ["host", "github"],
    reports: ["git"],
    secrets: ["host"],
    sessions: ["host"],
    setup: ["host", "git"],
    signing: ["host"],
    store: ["host"],
    webhook: ["host"],
  },
};

/** Packages that reach the world, and the rooms that may hold them. */
const worldly =
  /^(@octokit\/|probot|bullmq|ioredis|@electric-sql\/|execa|s3mini|@agentclientprotocol\/|node:(?!path|url|util|buffer|crypto))/;
const worldlyRooms = new Set([
  "programs",
  "compose/open-probot",
  "adapters",
  "compose/service",
  "compose/start-web",
  "compose/github-access",
  "compose/secrets-of",
  "compose/runner",
  "compose/open-operations",
  "compose/doctor",
  "compose/try-command",
  "compose/prompt-agents",
  "compose/set-up",
  "compose/commands",
  "cli",
  "double",
  "config",
]);

const source = resolve(import.meta.dirname, "../../src");

function sourceFiles(): string[] {
  return readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:[mc]?ts|tsx)$/.test(file))
    .map((file) => join(source, file));
}

/** The files of `compose` wire different parts, so that each is a room of its own. */
function roomOf(file: string): string {
  const [room = "", inner = ""] = relative(source, file).split("/");
  return (room === "compose" ? `${room}/${inner}` : room).replace(/\.tsx?$/, "");
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [
    ...text.matchAll(
      /^(?:(?:import|export)\b[^;"]*\bfrom|import) "(?<from>[^"]+)"|\bimport\("(?<called>[^"]+)"/gm,
    ),
  ].map((match) => match.groups?.from ?? match.groups?.called ?? "");
}

describe("the house", () => {
  test.each(sourceFiles().map((file) => [relative(source, file), file]))(
    "%s imports only what its room may",
    (_, file) => {
      const room = roomOf(file);
      const allowed = mayImport[room] ?? [];

      const strangers = importsOf(file)
        .filter((from) => from.startsWith("."))
        .map((from) => roomOf(resolve(file, "..", from)))
        .filter((to) => !allowed.includes(to) && !allowed.includes("*"));

      expect(strangers).toEqual([]);
    },
  );

  test.each(sourceFiles().map((file) => [relative(source, file), file]))(
    "%s reaches the world only where it may",
    (_, file) => {
      const reached = importsOf(file).filter((from) => worldly.test(from));

      expect(worldlyRooms.has(roomOf(file)) ? [] : reached).toEqual([]);
    },
  );

  test.each(Object.entries(innerWalls))("%s keeps to its inner walls", (room, walls) => {
    const floorOf = (file: string): string => {
      const parts = relative(join(source, room), file).split("/");
      return parts.length === 1 ? "." : (parts[0] ?? "");
    };
    const strangers = sourceFiles()
      .filter((file) => roomOf(file) === room)
      .flatMap((file) =>
        importsOf(file)
          .map((from) => resolve(file, "..", from))
          .filter((to) => to.startsWith(join(source, `${room}/`)))
          .filter((to) => floorOf(to) !== floorOf(file) && !walls[floorOf(file)]?.includes(floorOf(to)))
          .map((to) => `${relative(source, file)} -> ${relative(source, to)}`),
      );

    expect(strangers).toEqual([]);
  });

  test("the environment is read in config.ts alone", () => {
    const readers = sourceFiles().filter((file) => /process\.env/.test(readFileSync(file, "utf8")));

    // These run inside the sandbox, on their own or in the command: what they read is the command's environment, not ours.
    const inSandbox = ["proxy/relay.mts", "reports/shift-date-node.cts", "reports/trace-node.cts"];
    const known = ["config.ts", ...inSandbox.map((file) => `adapters/${file}`)];

    expect(readers.map((file) => relative(source, file)).filter((file) => !known.includes(file))).toEqual([]);
  });

  test("nothing is decided on the text of a message", () => {
    // What programs of others say has no codes. It is read where it comes in, and nowhere else.
    const doors = ["adapters/github/", "adapters/store/redis/", "cli/protect.ts", "double/"];
    const decision =
      /\bmsg\s*[!=]==?|\.(?:message|cause)\s*[!=]==?\s*["'`]|\.message\??\.(?:includes|startsWith|endsWith|match|search)\(|\.test\(\w+\.message\)/;
    // Whoever shows evidence has a row's status, its reason and its findings' fields to decide upon.
    const showing = /^(?:publish|review|pipeline|web|cli)\//;
    const onWords = /\b(?:line|message)\.(?:includes|startsWith|endsWith|match|search)\(/;
    const decided = sourceFiles()
      .map((file) => ({ file: relative(source, file), text: readFileSync(file, "utf8") }))
      .filter(
        ({ file, text }) =>
          (!doors.some((door) => file.startsWith(door)) && decision.test(text)) ||
          (showing.test(file) && onWords.test(text)),
      );

    expect(decided.map(({ file }) => file)).toEqual([]);
  });

  test("an exported type's name stands for one thing", () => {
    // The double is a program of its own, with GitHub's words for GitHub's things: it is held to the rule apart.
    const declared = (isDouble: boolean) =>
      sourceFiles()
        .filter((file) => (roomOf(file) === "double") === isDouble)
        .flatMap((file) =>
          [
            ...readFileSync(file, "utf8").matchAll(
              /^export (?:type|interface|class|const) (?<name>[A-Z]\w*)/gm,
            ),
          ].map((match) => ({ name: match.groups?.name ?? "", file: relative(source, file) })),
        );
    const shared = [declared(false), declared(true)].flatMap((types) =>
      types.filter(({ name, file }) => types.some((other) => other.name === name && other.file !== file)),
    );

    expect(shared).toEqual([]);
  });

  test("constants are in one case, and a minute is counted once", () => {
    const texts = sourceFiles().map((file) => ({
      file: relative(source, file),
      text: readFileSync(file, "utf8"),
    }));
    const shouted = texts.filter(({ text }) => /^(?:export )?const \[?[A-Z][A-Z0-9_]+\b/m.test(text));
    const minutes = texts.filter(({ text }) => /\bconst minute(?:Ms)? = /.test(text));

    expect(shouted.map(({ file }) => file)).toEqual([]);
    expect(minutes.map(({ file }) => file)).toEqual(["domain/rules/minute.ts"]);
  });

  test("a name stands for one thing, but for a small share of types and of functions", () => {
    const script = resolve(source, "../scripts/count-names.js");
    const { status, stdout } = spawnSync(process.execPath, [script], {
      cwd: resolve(source, ".."),
      encoding: "utf8",
    });

    // It lists the names with their files, and ends with 1 where a share is above its aim.
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/functions share a name/),
    });
  });

  test("no exported type has a name that the glossary avoids", () => {
    const rows = [
      ...readFileSync(resolve(source, "../CONTEXT.md"), "utf8").matchAll(
        /^\| \*\*(?<word>[^*]+)\*\* *\|[^|]*\|(?<avoid>[^|]*)\|$/gm,
      ),
    ].map(({ groups }) => ({ word: groups?.word ?? "", avoid: groups?.avoid ?? "" }));
    const words = rows.map(({ word }) => word.toLowerCase());
    const avoided = rows
      .flatMap(({ avoid }) => avoid.split(","))
      .map((word) => word.trim())
      .filter((word) => word !== "" && !words.includes(word));
    const types = sourceFiles()
      .filter((file) => roomOf(file) !== "double")
      .flatMap((file) => [
        ...readFileSync(file, "utf8").matchAll(/^export (?:type|interface|class|const) (?<name>[A-Z]\w*)/gm),
      ])
      .map(({ groups }) => groups?.name ?? "");

    expect(avoided.length).toBeGreaterThan(15);
    expect(types.filter((name) => avoided.includes(name.toLowerCase()))).toEqual([]);
  });

  test("a claim is no turn, and a lease is not held", () => {
    // A turn is one request to a model; held is what a task is that something keeps waiting.
    const wrong = sourceFiles()
      .filter((file) => ["pipeline", "ledger"].includes(roomOf(file)))
      .map((file) => ({ file: relative(source, file), text: readFileSync(file, "utf8") }))
      .filter(({ text }) => /\b(?:const|let|function|type) (?:turn|Turn|withTurn|heldTask)\b/.test(text));

    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  test("no file outgrows 250 lines", () => {
    const long = sourceFiles().filter((file) => readFileSync(file, "utf8").split("\n").length > 251);

    expect(long.map((file) => relative(source, file))).toEqual([]);
  });

  test("no file imports itself by a circle", () => {
    const files = sourceFiles();
    const arrows = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter((from) => from.startsWith("."))
          .map((from) => resolve(file, "..", from)),
      ]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, path: string[]): void => {
      if (path.includes(file))
        circles.push([...path.slice(path.indexOf(file)), file].map((f) => relative(source, f)).join(" -> "));
      if (path.includes(file) || done.has(file)) return;
      for (const next of arrows.get(file) ?? []) walk(next, [...path, file]);
      done.add(file);
    };

    for (const file of files) walk(file, []);

    expect(circles).toEqual([]);
  });
});
