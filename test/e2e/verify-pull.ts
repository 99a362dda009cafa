import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import type { Double } from "../../src/double/start-double.ts";
import { asInstallation } from "../double/clients.ts";

const cli = resolve(import.meta.dirname, "../../src/cli/main.js");

/** What a stranger with a clone sees of a pull request; a token is theirs since the repository is private. */
export async function verifyPull(
  double: Double,
  { repository, number }: { repository: string; number: number },
  ...args: string[]
): Promise<{ stdout: string; exitCode?: number | undefined }> {
  const clone = await mkdtemp(join(tmpdir(), "drafthorse-clone-"));
  try {
    await execa("git", ["clone", "-q", double.github.repository(repository).directory, clone]);
    const octokit = await asInstallation(double, repository);
    const { token } = (await octokit.auth({ type: "installation" })) as { token: string };
    const address = `${double.url}/${repository}/pull/${number}`;
    return await execa(process.execPath, [cli, "verify", address, ...args], {
      ...{ cwd: clone, extendEnv: false, reject: false },
      env: {
        ...{ PATH: process.env.PATH ?? "", SANDBOX: "bwrap", GITHUB_TOKEN: token },
        ...{ GITHUB_SERVER_URL: double.url, GITHUB_API_URL: double.url },
      },
    });
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
}
