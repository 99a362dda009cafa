import { type Gate, type InnerGate, makeGate } from "./gate.ts";

/**
 * Which requests a fault meets. In a path `*` stands for one segment and `**` for any rest. `meets` is asked of each request that
 * fits, and lets it pass where it says no: chance is whoever tests. A mutation of GraphQL has the path `/graphql/createCheckRun`.
 */
export type RequestPattern = {
  method?: string | undefined;
  path: string;
  times?: number | undefined;
  meets?: () => boolean;
};

/** Which deliveries a fault meets: `issues` or `issues.labeled`. */
export type DeliveryPattern = { event: string; times?: number | undefined };

/** What may go wrong with a request. */
export type RequestFault =
  | { kind: "lose" }
  | { kind: "cut" }
  | { kind: "fail"; status: number }
  | { kind: "hold"; when: "before" | "after"; gate: InnerGate };

/** What may go wrong with a delivery. */
export type DeliveryFault = { kind: "drop" } | { kind: "double" } | { kind: "delay"; gate: InnerGate };

type Armed<Fault> = { fault: Fault; left: number; meets: (what: string) => boolean };

/** What goes wrong on demand. Each fault meets the next `times` matching requests or deliveries (1 unless told). */
export class Faults {
  #requests: Armed<RequestFault>[] = [];
  #deliveries: Armed<DeliveryFault>[] = [];
  readonly #gates: InnerGate[] = [];

  /** The effect happens, its answer never arrives. */
  loseAnswers(pattern: RequestPattern): void {
    this.#armRequest({ kind: "lose" }, pattern);
  }

  /** The connection breaks before anything happens. */
  cutRequests(pattern: RequestPattern): void {
    this.#armRequest({ kind: "cut" }, pattern);
  }

  /** GitHub answers with an error of its own and nothing happens. */
  failRequests(pattern: RequestPattern & { status?: number | undefined }): void {
    this.#armRequest({ kind: "fail", status: pattern.status ?? 502 }, pattern);
  }

  /** The request waits at a gate before its effect, or its answer does after it. */
  holdRequests(pattern: RequestPattern & { when: "before" | "after" }): Gate {
    const gate = this.#newGate();
    this.#armRequest({ kind: "hold", when: pattern.when, gate }, pattern);
    return gate;
  }

  /** The delivery is never sent. */
  dropDeliveries(pattern: DeliveryPattern): void {
    this.#armDelivery({ kind: "drop" }, pattern);
  }

  /** The delivery arrives twice at once. */
  doubleDeliveries(pattern: DeliveryPattern): void {
    this.#armDelivery({ kind: "double" }, pattern);
  }

  /** The delivery waits at a gate before it is sent. */
  delayDeliveries(pattern: DeliveryPattern): Gate {
    const gate = this.#newGate();
    this.#armDelivery({ kind: "delay", gate }, pattern);
    return gate;
  }

  /** The gate with this id. */
  gate(id: number): Gate | undefined {
    return this.#gates[id - 1];
  }

  /** Disarms every fault and opens every gate. */
  clear(): void {
    this.#requests = [];
    this.#deliveries = [];
    for (const gate of this.#gates) gate.release();
  }

  /** The fault that meets this request, used up by one. */
  takeRequestFault(method: string, path: string): RequestFault | undefined {
    return take(this.#requests, `${method} ${path}`);
  }

  /** The fault that meets this delivery, used up by one. */
  takeDeliveryFault(event: string, action: string | null): DeliveryFault | undefined {
    return take(this.#deliveries, action ? `${event}.${action}` : event);
  }

  #armRequest(fault: RequestFault, { method, path, times = 1, meets: picks }: RequestPattern): void {
    const matcher = pathMatcher(path);
    const meets = (request: string): boolean => {
      const [verb = "", target = ""] = request.split(" ");
      return (!method || method.toUpperCase() === verb) && matcher.test(target) && (picks?.() ?? true);
    };
    this.#requests.push({ fault, left: times, meets });
  }

  #armDelivery(fault: DeliveryFault, { event, times = 1 }: DeliveryPattern): void {
    const meets = (name: string): boolean => name === event || name.startsWith(`${event}.`);
    this.#deliveries.push({ fault, left: times, meets });
  }

  #newGate(): InnerGate {
    const gate = makeGate(this.#gates.length + 1);
    this.#gates.push(gate);
    return gate;
  }
}

function take<Fault>(armed: Armed<Fault>[], what: string): Fault | undefined {
  const found = armed.find((one) => one.left > 0 && one.meets(what));
  if (found) found.left -= 1;
  return found?.fault;
}

function pathMatcher(pattern: string): RegExp {
  const source = pattern
    .split(/(?<star>\*\*|\*)/)
    .map((part) => {
      if (part === "**") return ".*";
      if (part === "*") return "[^/]*";
      return part.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
    })
    .join("");
  return new RegExp(`^${source}$`);
}
