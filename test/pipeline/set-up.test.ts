import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Exit } from "../../src/domain/evidence/exit.ts";
import { repositoryFilePath } from "../../src/domain/rules/repository-file.ts";
import { Failure } from "../../src/domain/task/failure.ts";
import type { SetupOrder } from "../../src/domain/task/setup-order.ts";
import type { Prepared } from "../../src/ports/setups.ts";
import type { Ports } from "../../src/ports.ts";
import { Office } from "./office.ts";

const at = {} as { office: Office; orders: SetupOrder[]; furnished: string[] };
beforeEach(() => {
  at.office = new Office();
  at.orders = [];
  at.furnished = [];
  at.office.github.fileTexts.set(repositoryFilePath, "setup: { run: npm ci }");
});

/** A base that has these files, and whatever else a brief's command names. */
function filesOf(texts: Record<string, string>): Ports["baseFiles"] {
  const { baseFiles } = at.office.ports;
  return {
    find: async (repository, base, paths) =>
      new Set(
        [...(await baseFiles.find(repository, base, paths))].filter((path) => texts[path] !== undefined),
      ),
    list: async () => [],
    read: async (_repository, _base, path) => texts[path],
  };
}

/** Lets every set-up end as `how` says. */
function setUpsEnd(how: (order: SetupOrder) => Partial<Prepared>): void {
  at.office.ports.setups = {
    registries: async () => undefined,
    prepare: async (order) => {
      at.orders.push(order);
      const furnish = async (place: { directory: string }) => void at.furnished.push(place.directory);
      return { kind: "ready", exclude: [], programs: [], furnish, ...how(order) } as Prepared;
    },
  };
}

const redExit: Exit = {
  ...{ argv: ["sh", "-c", "npm ci"], exitCode: 1, signal: null, endedBy: "itself", durationMs: 5 },
  log: { sha256: "", bytes: 0, head: "", tail: "the lockfile is out of step" },
};

describe("set-up in an attempt", () => {
  test("prepares the agent's worktree and every clean checkout", async () => {
    setUpsEnd(() => ({}));

    const task = await at.office.delegate();

    const base = task.attempts[0]?.base?.tree;
    const change = task.attempts[0]?.change?.tree;
    expect(at.orders.map(({ setup }) => setup)).toEqual(at.orders.map(() => ({ run: "npm ci" })));
    // The base is red in this story, and a red result is run once more; the change once with other surroundings.
    expect(at.orders.map(({ tree }) => tree)).toEqual([base, base, base, change, change]);
    expect(at.furnished).toEqual([
      ...[`/fake/${base}`, `/fake/${base}`],
      ...[expect.stringContaining("attempt-1"), `/fake/${change}`, `/fake/${change}`],
    ]);
    expect(task.state).toBe("proposed");
  });

  test("is guessed where the rules name none, and said on the issue and in the evidence", async () => {
    const { office } = at;
    office.github.fileTexts.delete(repositoryFilePath);
    office.ports.baseFiles = filesOf({
      "package.json": '{"scripts":{"test":"node --test"},"dependencies":{"ms":"2"}}',
      "package-lock.json": "{}",
    });
    setUpsEnd(() => ({}));

    const task = await office.delegate();

    expect(at.orders.map(({ setup }) => setup.run)).toEqual(at.orders.map(() => "npm ci"));
    expect(at.orders.length).toBeGreaterThan(2);
    expect(office.said(1).join()).toMatch(
      /Set-up: `npm ci` \(guessed from `package\.json`, `package-lock\.json`/,
    );
    const body = office.github.pulls.get(task.pullRequest ?? 0)?.body ?? "";
    expect(body).toMatch(/The set-up was guessed from `package\.json`, `package-lock\.json`/);
  });

  test("comes with the steps that the repository wrote for others and that are not run", async () => {
    const { office } = at;
    office.github.fileTexts.delete(repositoryFilePath);
    office.ports.baseFiles = filesOf({
      "package.json": '{"scripts":{"test":"node --test"},"dependencies":{"ms":"2"}}',
      ".devcontainer.json": '{"postCreateCommand": {"a": "sudo make install", "b": "npm ci"}}',
    });
    setUpsEnd(() => ({}));

    const task = await office.delegate();

    const said =
      /No step of `\.devcontainer\.json` is run, since these cannot be run here:\s+- `sudo make install`: it wants rights over the machine/;
    expect(office.said(1).join()).toMatch(said);
    expect(office.github.pulls.get(task.pullRequest ?? 0)?.body ?? "").toMatch(said);
  });

  test("comes with a word on the Node.js that the base asks for, where this machine's is another", async () => {
    const { office } = at;
    office.ports.baseFiles = filesOf({
      ".nvmrc": "4.2.0\n",
      "package.json": '{"scripts":{"test":"node --test"}}',
    });
    setUpsEnd(() => ({}));

    const task = await office.delegate();

    expect(office.said(1).join()).toMatch(
      /`\.nvmrc` asks for Node\.js `4\.2\.0`, and this machine has `\d+\./,
    );
    const body = office.github.pulls.get(task.pullRequest ?? 0)?.body ?? "";
    expect(body).toMatch(/`\.nvmrc` asks for Node\.js `4\.2\.0`; this was measured with `\d+\./);
  });

  test("comes with a word on the Go that the base asks for, where this machine's is older", async () => {
    const { office } = at;
    office.ports.baseFiles = filesOf({
      "go.mod": "module a.test/b\n\ngo 1.22\n",
      "package.json": '{"scripts":{"test":"node --test"}}',
    });
    setUpsEnd(() => ({}));

    const task = await office.delegate();

    expect(office.said(1).join()).toMatch(/`go\.mod` asks for Go `1\.22`, and this machine has `1\.19\.8`/);
    const body = office.github.pulls.get(task.pullRequest ?? 0)?.body ?? "";
    expect(body).toMatch(/`go\.mod` asks for Go `1\.22`; this was measured with `1\.19\.8`\./);
  });

  test("that was guessed and fails is told, and the command that starts without it goes on", async () => {
    const { office } = at;
    office.github.fileTexts.delete(repositoryFilePath);
    office.ports.baseFiles = filesOf({
      "package.json": '{"scripts":{"test":"node --test"},"dependencies":{"ms":"2"}}',
      "package-lock.json": "{}",
    });
    setUpsEnd(() => {
      throw new Failure("setup", "The set-up command (npm ci) ended with exit code 1. EUSAGE");
    });

    const task = await office.delegate();

    expect(at.orders).toHaveLength(1);
    expect(task.state).toBe("proposed");
    expect(office.said(1).join()).toMatch(
      /No set-up: `npm ci` \(guessed from .*\) failed on the base, and the validation runs without it\..*`setup: none`.*EUSAGE/s,
    );
    const body = office.github.pulls.get(task.pullRequest ?? 0)?.body ?? "";
    expect(body).toMatch(/No set-up ran: `npm ci`, guessed from .*, failed on the base/);
  });

  test("that was guessed and fails ends the task where the command does not start without it", async () => {
    const { office } = at;
    office.github.fileTexts.delete(repositoryFilePath);
    office.ports.baseFiles = filesOf({
      "package.json": '{"scripts":{"test":"mocha"},"devDependencies":{"mocha":"11"}}',
      "package-lock.json": "{}",
    });
    setUpsEnd(() => {
      throw new Failure("setup", "The set-up command (npm ci) ended with exit code 1. EUSAGE");
    });
    office.ports.sandbox = {
      ...office.ports.sandbox,
      run: async () => ({
        ...{ argv: ["sh"], exitCode: 127, signal: null, endedBy: "itself", durationMs: 5 },
        log: { sha256: "", bytes: 24, head: "", tail: "sh: 1: mocha: not found\n" },
      }),
    };

    const task = await office.delegate();

    expect(task.failure).toMatchObject({ kind: "setup", cause: expect.stringContaining("EUSAGE") });
    expect(office.workshop.prompts).toEqual([]);
  });

  test("is not guessed where the rules say that there is none", async () => {
    const { office } = at;
    office.github.fileTexts.set(repositoryFilePath, "setup: none");
    office.ports.baseFiles = filesOf({
      "package.json": '{"scripts":{"test":"node --test"},"dependencies":{"ms":"2"}}',
      "package-lock.json": "{}",
    });
    setUpsEnd(() => ({}));

    const task = await office.delegate();

    expect(at.orders).toEqual([]);
    expect(task.state).toBe("proposed");
  });

  test("that fails is told with the end of its output and the repair, and starts no agent", async () => {
    const { office } = at;
    setUpsEnd(() => {
      throw new Failure(
        "setup",
        "The set-up command (npm ci) ended with exit code 1. The end of its output:\nno <b>package</b>\n",
      );
    });

    const task = await office.delegate();

    expect(office.workshop.prompts).toEqual([]);
    expect(task).toMatchObject({ state: "ended: failed", failure: { kind: "setup" } });
    expect(office.said(1).join()).toMatch(
      /owner: repository.*npm ci.*exit code 1.*no.*package.*Mend the set-up, then add the label again/s,
    );
    expect(office.said(1).join()).toContain("\n```\nno <b>package</b>\n```\n");
  });

  test("that the change itself has broken is a red validation, and the command is not run", async () => {
    setUpsEnd((order) => (order.tree === order.base.tree ? {} : { kind: "red", exit: redExit }));

    const task = await at.office.delegate();

    const body = at.office.github.pulls.get(task.pullRequest ?? 0)?.body ?? "";
    expect(task.attempts[0]?.evidence?.verdict).toBe("failed");
    expect(body).toMatch(/out of step(?:.*\n)*.*the set-up command \(npm ci\) failed on this tree/);
  });

  test("is not asked for where the repository names none", async () => {
    at.office.github.fileTexts.set(repositoryFilePath, "");
    setUpsEnd(() => ({}));

    await at.office.delegate();

    expect(at.orders).toEqual([]);
  });
});

describe("the network of validation", () => {
  test.each([
    ["none where the rules say nothing", "", "none"],
    ["what the rules name", "validation: { network: [db.acme.test] }", ["db.acme.test"]],
  ])("is %s", async (_, rules, network) => {
    const { ports, github } = at.office;
    const seen: unknown[] = [];
    const { run } = ports.sandbox;
    ports.sandbox = {
      ...ports.sandbox,
      run: async (order, signal) => {
        seen.push(order.command.network);
        return run(order, signal);
      },
    };
    github.fileTexts.set(repositoryFilePath, rules);

    await at.office.delegate();

    expect(seen).toEqual(seen.map(() => network));
    expect(seen.length).toBeGreaterThan(1);
  });
});
