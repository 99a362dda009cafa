import {
  type Attributes,
  type context,
  ROOT_CONTEXT,
  type SpanContext,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { TaskSpan, TaskTrace } from "./trace-task.ts";

/** Sends traces away; `close` sends what waits, within the exporter's own time. Neither rejects for a collector that is away. */
export type TraceExport = { send(made: TaskTrace): void; close(): Promise<void> };

/** Opens the way to an OTLP collector, such as `http://collector:4318`. */
export function openTraceExport({ endpoint, version }: { endpoint: string; version: string }): TraceExport {
  const ids = { trace: "", span: "" };
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": "drafthorse", "service.version": version }),
    idGenerator: { generateTraceId: () => ids.trace, generateSpanId: () => ids.span },
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer("drafthorse");
  const startSpan = (traceId: string, { id, parent, name, from, attributes }: TaskSpan) => {
    Object.assign(ids, { trace: traceId, span: id });
    const options = { startTime: Date.parse(from), attributes: attributes satisfies Attributes };
    return tracer.startSpan(name, options, parentContext(traceId, parent));
  };
  return {
    send: (made) => {
      for (const span of made.spans) startSpan(made.id, span).end(Date.parse(span.to));
    },
    close: () => provider.shutdown().catch(() => undefined),
  };
}

function parentContext(traceId: string, spanId: string | undefined): ReturnType<typeof context.active> {
  if (spanId === undefined) return ROOT_CONTEXT;
  const parent: SpanContext = { traceId, spanId, traceFlags: TraceFlags.SAMPLED };
  return trace.setSpanContext(ROOT_CONTEXT, parent);
}
