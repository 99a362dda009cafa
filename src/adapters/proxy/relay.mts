/**
 * Runs inside the sandbox, as wrapper of a command: the socket files that lead to our proxies become ports of the
 * sandbox's own loopback, since that is all that the clients of models and registries can speak to.
 * It is an `.mts` because nothing but this one file is shown inside, no `package.json` that would say what it is.
 *
 * Usage: node relay.mjs '[{"socket": PATH, "variables": [NAME, …]}, …]' COMMAND [ARGUMENT…]
 * In each variable `{port}` is replaced by the port before the command is started.
 */
import { spawn } from "node:child_process";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { constants } from "node:os";

type Line = { socket: string; variables: string[] };

/** What a shell answers with where a command is not there. */
const notFound = 127;

const [lines = "[]", file = "", ...argv] = process.argv.slice(2);
const opened = await Promise.all((JSON.parse(lines) as Line[]).map(open));
run({ ...process.env, ...Object.fromEntries(opened.flat()) });

async function open({ socket, variables }: Line): Promise<[string, string][]> {
  // With Nagle's algorithm each answer of two small writes waits 40 ms for an acknowledgement.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => relay(near, socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const port = String((server.address() as AddressInfo).port);
  return variables.map((name) => [name, (process.env[name] ?? "").replaceAll("{port}", port)]);
}

function relay(near: Socket, path: string): void {
  const far = connect({ path, allowHalfOpen: true });
  near.pipe(far).pipe(near);
  near.on("error", () => far.destroy()).on("close", () => far.destroy());
  far.on("error", () => near.destroy()).on("close", () => near.destroy());
}

function run(env: NodeJS.ProcessEnv): void {
  const passed = ["SIGTERM", "SIGINT", "SIGHUP", "SIGUSR2"] as const;
  // Before the command is there: it might send one at once.
  for (const signal of passed) process.on(signal, () => child.kill(signal));
  const child = spawn(file, argv, { stdio: "inherit", env });
  child.once("error", ({ message }) => {
    process.stderr.write(`${file} could not be started: ${message}\n`);
    process.exit(notFound);
  });
  // Whatever the command left running is the sandbox's to end, as it would be without us.
  child.once("exit", (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
}
