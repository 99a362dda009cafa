import { type DestinationStream, type Logger, pino } from "pino";
import { redactor } from "../adapters/secrets/redactor.ts";
import { secretsOf } from "../compose/secrets-of.ts";
import type { Config } from "../config.ts";

/** The service's log: JSON lines, none of which holds a secret value, whatever an error quotes. */
export function openLog(config: Config, destination: DestinationStream = pino.destination(1)): Logger {
  const redact = redactor(secretsOf(config));
  return pino({ level: config.logLevel, hooks: { streamWrite: redact } }, destination);
}
