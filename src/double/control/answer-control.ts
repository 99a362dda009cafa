import { z } from "zod";
import type { GitHub } from "../github.ts";
import { type Answer, noContent, ok, refused } from "../http/answer.ts";
import { findRoute, type Params, type Route, route } from "../http/router.ts";
import type { Repository } from "../model.ts";
import { notFound, Refusal } from "../refusal.ts";
import type { World } from "../world.ts";

type Control = { world: World; github: GitHub; body: unknown };

const NewRepository = z.object({
  owner: z.string(),
  name: z.string(),
  files: z.record(z.string(), z.string()).exactOptional(),
  copyOf: z.string().exactOptional(),
  collaborators: z
    .record(z.string(), z.enum(["admin", "maintain", "write", "triage", "read"]))
    .exactOptional(),
  defaultBranch: z.string().exactOptional(),
  private: z.boolean().exactOptional(),
  drafts: z.boolean().exactOptional(),
  installed: z.boolean().exactOptional(),
});
const times = z.number().int().positive().exactOptional();
const onRequests = { method: z.string().exactOptional(), path: z.string(), times };
const onDeliveries = { event: z.string(), times };
const NewFault = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("lose"), ...onRequests }),
  z.object({ kind: z.literal("cut"), ...onRequests }),
  z.object({ kind: z.literal("fail"), status: z.number().int().exactOptional(), ...onRequests }),
  z.object({ kind: z.literal("hold"), when: z.enum(["before", "after"]), ...onRequests }),
  z.object({ kind: z.literal("drop"), ...onDeliveries }),
  z.object({ kind: z.literal("double"), ...onDeliveries }),
  z.object({ kind: z.literal("delay"), ...onDeliveries }),
]);

const routes = [
  control("POST", "/_double/repositories", async ({ github, body }) =>
    ok({ repository: await github.createRepository(NewRepository.parse(body)) }),
  ),
  control("GET", "/_double/repositories/:owner/:name", ({ github, params }) =>
    ok(snapshot(github.repository(`${params.owner}/${params.name}`))),
  ),
  control("POST", "/_double/people/:login/:act", ({ github, params, body }) => act(github, params, body)),
  control("PUT", "/_double/webhook", ({ github, body }) => {
    github.sendWebhooksTo(z.object({ url: z.string().optional() }).parse(body).url);
    return noContent();
  }),
  control("GET", "/_double/effects", ({ world }) => ok(world.effects.list())),
  control("GET", "/_double/deliveries", ({ github }) => ok(github.deliveries())),
  control("POST", "/_double/deliveries/:id/attempts", ({ github, params }) =>
    github.redeliver(Number(params.id)) ? noContent() : refused(notFound()),
  ),
  control("GET", "/_double/settled", async ({ github }) => {
    await github.settled();
    return noContent();
  }),
  control("POST", "/_double/faults", ({ world, body }) => arm(world, NewFault.parse(body))),
  control("DELETE", "/_double/faults", ({ world }) => {
    world.faults.clear();
    return noContent();
  }),
  control("GET", "/_double/gates/:id/hit", async ({ world, params }) => {
    await gateAt(world, params.id).hit;
    return noContent();
  }),
  control("POST", "/_double/gates/:id/release", ({ world, params }) => {
    gateAt(world, params.id).release();
    return noContent();
  }),
];

function control<const Path extends string>(
  method: string,
  path: Path,
  handle: (call: Control & { params: Params<Path> }) => Promise<Answer> | Answer,
): Route<Control> {
  return route<Path, Control>(method, path, handle);
}

/** Lets another process do to the double what a test in its own process can. */
export async function answerControl(
  { world, github }: Omit<Control, "body">,
  { method, url, body }: { method: string; url: URL; body: unknown },
): Promise<Answer> {
  const found = findRoute(routes, method, url.pathname);
  if (!found) return refused(notFound());
  try {
    return await found.route.handle({ world, github, body, params: found.params });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return refused(error instanceof Refusal ? error : new Refusal(422, message));
  }
}

async function act(
  github: GitHub,
  { login, act }: { login: string; act: string },
  body: unknown,
): Promise<Answer> {
  const person = github.as(login);
  const method: unknown = Reflect.get(person, act);
  if (act === "constructor" || typeof method !== "function") return refused(notFound());
  const result: unknown = await Reflect.apply(method, person, z.array(z.unknown()).parse(body));
  return ok({ result });
}

function arm({ faults }: World, fault: z.infer<typeof NewFault>): Answer {
  switch (fault.kind) {
    case "lose":
      faults.loseAnswers(fault);
      return noContent();
    case "cut":
      faults.cutRequests(fault);
      return noContent();
    case "fail":
      faults.failRequests(fault);
      return noContent();
    case "hold":
      return ok({ gate: faults.holdRequests(fault).id });
    case "drop":
      faults.dropDeliveries(fault);
      return noContent();
    case "double":
      faults.doubleDeliveries(fault);
      return noContent();
    case "delay":
      return ok({ gate: faults.delayDeliveries(fault).id });
  }
}

function gateAt({ faults }: World, id: string) {
  const gate = faults.gate(Number(id));
  if (!gate) throw notFound();
  return gate;
}

/** A repository as JSON can carry it. */
function snapshot({ collaborators, classicRules, checkSuites, signed, alone, ...rest }: Repository) {
  return {
    ...rest,
    collaborators: Object.fromEntries(collaborators),
    classicRules: Object.fromEntries(classicRules),
    checkSuites: Object.fromEntries(checkSuites),
    signed: [...signed],
  };
}
