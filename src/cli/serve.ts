import { resolve } from "node:path";
import type { Service } from "../compose/service.ts";
import type { Config } from "../config.ts";
import { describeSystemError } from "../domain/host/system-error.ts";
import { openLog } from "./open-log.ts";

/** Runs the service until this process is told to stop; resolves once it is ready. */
export async function serve(config: Config): Promise<Service> {
  const log = openLog(config);
  // Most of what is loaded: a configuration that cannot be used is refused without it.
  const { startService } = await import("../compose/service.ts");
  const starting = startService(config, log);
  const stop = (signal: string): void => {
    log.info({ signal, graceSeconds: config.shutdownGraceSeconds }, "stopping");
    // What cannot be stopped in time is taken up by the next start, which a crash needs as well.
    setTimeout(() => process.exit(0), config.shutdownGraceSeconds * 1000).unref();
    void starting
      .then((service) => service.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  // Listened to from the beginning: a start takes seconds, and its first job may be under way before it is over.
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  const service = await starting.catch((error: unknown) => {
    throw explained(error, config);
  });
  const { dashboard: address } = service;
  if (address) log.info({ address }, "dashboard opens at this address, on this machine");
  return service;
}

/** What an error of the system keeps from starting, by the setting that leads to it. */
function explained(error: unknown, { server, store }: Config): unknown {
  const what = describeSystemError(error);
  if (what === undefined) return error;
  const isOfData = what.startsWith(resolve(store.dataDir));
  const repair = isOfData
    ? "Set DATA_DIR to a directory that this user may write."
    : `Set HOST and PORT to an address of this machine that is free, instead of ${server.host}:${server.port}.`;
  return new Error(`${what}. ${repair}`, { cause: error });
}
