import { execFile } from "node:child_process";
import { mkdir, rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { openArtefacts } from "../../src/adapters/artefacts/open-artefacts.ts";
import { ends, label, openIssue, openLane, repositoryOf } from "../e2e/lane.ts";
import { outcomeOf } from "../e2e/outcome.ts";
import { s3Server } from "../support/s3-server.ts";
import { startEngine } from "./engines.ts";
import { judgeOutcome } from "./judge-history.ts";

/** The size of the disk of the worker's data, a tmpfs, in bytes. */
const diskBytes = 24 * 1024 * 1024;

/** What the worker said of each try on a full disk, what the issue said, and what is wrong afterwards. */
export type FullDiskReport = { causes: string[]; said: string; faults: string[] };

const execute = promisify(execFile);

/**
 * Fills the disk of a worker's data before it works, makes room when it has failed twice, and waits for the end. Mounts a file
 * system, so it is for root.
 */
export async function fillDisk(): Promise<FullDiskReport> {
  const [engine, bucket] = await Promise.all([startEngine("redis"), s3Server()]);
  const lane = await openLane({
    ...engine.environment,
    ...bucket.environment,
    SANDBOX: "none",
    ONBOARDING: "none",
  });
  const disk = join(lane.dataDir, "small-disk");
  await mkdir(disk, { recursive: true });
  await execute("mount", ["-t", "tmpfs", "-o", `size=${diskBytes}`, "tmpfs", disk]);
  try {
    const artefacts = await openArtefacts({ directory: "", s3: bucket.place, proxies: { direct: [] } });
    await lane.start({ ROLE: "web", AGENT: "" });
    const worker = await lane.start({ ROLE: "worker", DATA_DIR: disk });
    const { bavail, bsize } = await statfs(disk);
    await writeFile(join(disk, "filler"), Buffer.alloc(bavail * bsize - bsize));
    const task = await openIssue(lane, "full-disk");
    await label(lane, task);
    const interruptions = () =>
      worker.lines.filter(
        ({ msg, job }) => msg === "attempt interrupted" && repositoryOf(job as never) === task.repositoryId,
      );
    await worker.line(() => interruptions().length >= 2);
    const said = lane.double.github
      .issue(task)
      .comments.map(({ body }) => body)
      .join("\n");
    await rm(join(disk, "filler"));
    await worker.line(ends(task, 1));
    return {
      causes: interruptions().map(({ failure }) => JSON.stringify(failure)),
      said: /^> .*$/m.exec(said)?.[0] ?? said.slice(0, 500),
      faults: judgeOutcome(await outcomeOf({ ...lane, artefacts }, task)),
    };
  } finally {
    await Promise.all([lane.service().kill("SIGKILL")]);
    await execute("umount", ["-l", disk]);
    await lane.close();
    await engine.remove();
    await bucket.remove();
  }
}
