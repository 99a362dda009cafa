import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { execa } from "execa";
import { files, issue } from "../../src/cli/demo/demo-story.ts";
import { Evidence } from "../../src/domain/evidence/evidence.ts";
import { testDirectory } from "../support/test-directory.ts";

const cli = resolve(import.meta.dirname, "../../src/cli/main.js");
const root = testDirectory();

/** Node's own reporters: one for the log, one that writes JUnit. */
const reporters =
  "--test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination=junit.xml";
const manifest = { name: "slugger", type: "module", scripts: { test: `node --test ${reporters}` } };
const mend = `sed -i 's/a-z/a-z0-9/; s/, "-")/, "-").replace(\\/-$\\/, "")/' src/slugify.js`;

/** Has a task worked on in a repository whose tests write JUnit; resolves to the evidence and the body. */
async function workedOn(name: string, agent: string) {
  const at = join(root, name);
  const repo = join(at, "slugger");
  for (const [path, text] of Object.entries({ ...files, "package.json": JSON.stringify(manifest) })) {
    await mkdir(join(repo, path, ".."), { recursive: true });
    await writeFile(join(repo, path), text);
  }
  await writeFile(join(at, "brief.md"), `# ${issue.title}\n\n${issue.body}`);
  const git = (...args: string[]) =>
    execa("git", ["-c", "user.name=x", "-c", "user.email=x@y", ...args], { cwd: repo });
  await git("init", "-q", "-b", "trunk");
  await git("add", "-A");
  await git("commit", "-qm", "Begin");
  await execa(process.execPath, [cli, "run", "brief.md", "--repo", repo, "--agent", `exec:${agent}`], {
    ...{ cwd: at, env: { PATH: process.env.PATH ?? "", SANDBOX: "bwrap" }, extendEnv: false, reject: false },
  });
  const read = (file: string) => readFile(join(at, "drafthorse-run", file), "utf8");
  const verify = await execa(process.execPath, [cli, "verify", "drafthorse-run/evidence.json"], { cwd: at });
  expect(verify.stdout).not.toMatch(/^✗/m);
  return { evidence: Evidence.parse(JSON.parse(await read("evidence.json"))), body: await read("body.md") };
}

test("tests that write JUnit are counted by it and by their log, before and after", async () => {
  const { evidence, body } = await workedOn("counted", mend);

  expect(evidence.verdict).toBe("passed");
  expect(evidence.baseline?.reported).toMatchObject({ passed: 1, failed: 2, whole: true });
  expect(evidence.validation).toMatchObject({
    counts: { passed: 3, failed: 0, source: { kind: "log", names: ["node"] } },
    reported: { passed: 3, failed: 0, source: { kind: "JUnit", names: ["junit.xml"], files: 1 } },
  });
  expect(body).toContain("exit code 0; 3 passed (log: node; JUnit: junit.xml)");
  expect(body).toMatch(/before \(base\) \| `1` \| 1 passed, 2 failed \(log; JUnit\)/);
});

const evil = `import { execSync } from "node:child_process";
import { writeFileSync } from "node:fs";
execSync("mkdir reports && cd reports && ln -s /etc/passwd a.xml && mkfifo b.xml && truncate -s 200M c.xml");
const laughs = Array.from({ length: 30 }, (_, at) => '<!ENTITY l' + (at + 1) + ' "' + ('&l' + at + ';').repeat(10) + '">');
writeFileSync("reports/d.xml", '<!DOCTYPE t [<!ENTITY l0 "ha">' + laughs.join("") + ']><testsuite><testcase>&l30;</testcase></testsuite>');
writeFileSync("reports/e.xml", "<testsuite>" + "<a>".repeat(1e6));
for (let at = 0; at < 3000; at += 1) writeFileSync("reports/f" + at + ".xml", "<testsuite name='" + at + "'><testcase/></testsuite>");
`;

test("reports that were made to harm end in bounds, and the body says that not all were read", async () => {
  const planted = `echo ${Buffer.from(evil).toString("base64")} | base64 -d > test/evil.test.js`;

  const { evidence, body } = await workedOn("harmed", `${mend}; ${planted}`);

  expect(evidence.validation?.exit.exitCode).toBe(0);
  expect(evidence.validation?.reported).toMatchObject({ failed: 0, whole: false });
  expect(evidence.validation?.reported?.source?.files).toBeLessThanOrEqual(2_000);
  expect(body).toContain("in what was read (JUnit: ");
  expect(JSON.stringify(evidence)).not.toContain("root:");
});
