import type { Environment } from "../policy/environment.ts";

/** Where this process is asked how it is, and where it sends traces; undefined: nowhere. */
export function operationsOf(settings: Environment) {
  const {
    OPERATIONS_PORT: port,
    METRICS_TOKEN: metricsToken,
    OTEL_EXPORTER_OTLP_ENDPOINT: traces,
  } = settings;
  return { port, metricsToken, traces };
}
