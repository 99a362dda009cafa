import { openSandbox } from "../adapters/sandbox/open-sandbox.ts";
import { isUntried, probeGroups } from "../adapters/sandbox/probes/probe.ts";
import { repairs } from "../adapters/sandbox/probes/repairs.ts";
import { runProbes } from "../adapters/sandbox/probes/run-probes.ts";
import { readConfig, readEnvironment } from "../config.ts";
import { Failure } from "../domain/task/failure.ts";
import { type ExaminedWay, examineNetwork, renderNetwork } from "./examine-network.ts";
import { type Examined, isClosed, renderDoctor } from "./render-doctor.ts";
import { say } from "./say.ts";

/**
 * Tries to get out of the sandbox of this machine and says what succeeded, and where the App is configured also whether what it
 * needs of the network goes through; exit code 1 if anything is wrong.
 */
export async function doctor({ json = false }: { json?: boolean }): Promise<void> {
  const examined = await examineSandbox();
  const network = await examineWays();
  const lines = [...(network.length > 0 ? ["Network:", renderNetwork(network)] : []), renderDoctor(examined)];
  say(json ? JSON.stringify({ ...examined, network }) : lines.join("\n"));
  const isOpen = network.every(({ blocked }) => blocked === null);
  process.exitCode = isOpen && examined.trouble === null && examined.probes.every(isClosed) ? 0 : 1;
}

/** Without a configuration nobody knows what would be asked for; `start` says what is wrong with one. */
async function examineWays(): Promise<ExaminedWay[]> {
  const reading = readConfig(readEnvironment());
  return reading.kind === "config" ? examineNetwork(reading.config) : [];
}

async function examineSandbox(): Promise<Examined> {
  try {
    const sandbox = await openSandbox({ kind: "bwrap" });
    const probes = (await runProbes(sandbox)).map(({ probe: { name, group, means }, tried }) => {
      const [untried, seen] = isUntried(tried) ? [tried, null] : [undefined, tried];
      return {
        ...{ group, name, means, seen, untried: untried?.untried ?? null },
        repair: untried?.repair ?? repairs[group],
      };
    });
    const inOrder = probeGroups.flatMap((group) => probes.filter((probe) => probe.group === group));
    return { driver: sandbox.describe(), trouble: null, probes: inOrder };
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "sandbox") throw error;
    return { driver: null, trouble: error.message, probes: [] };
  }
}
