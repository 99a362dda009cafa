import { describe, expect, test } from "@jest/globals";
import { assembleFilter } from "../../../src/adapters/sandbox/assemble-filter.ts";
import { answers, processors, refusals } from "../../../src/adapters/sandbox/syscall-table.ts";

const allowed = 0x7fff0000;
const refused = (errno: number) => 0x50000 | errno;

type Call = { audit: number; number: number; arguments: number[] };

/** Runs a filter as the kernel does: only the five instructions that ours are made of. */
function answerTo(filter: Buffer, call: Call): number {
  const data = dataOf(call);
  let accumulator = 0;
  for (let at = 0; at < filter.length; at += 8) {
    const operand = filter.readUInt32LE(at + 4);
    const code = filter.readUInt16LE(at);
    if (code === 0x06) return operand;
    if (code === 0x20) accumulator = data.readUInt32LE(operand);
    else at += 8 * filter.readUInt8(at + (holds(code, accumulator, operand) ? 2 : 3));
  }
  throw new Error("the filter has no end");
}

function holds(code: number, accumulator: number, operand: number): boolean {
  if (code === 0x15) return accumulator === operand;
  if (code === 0x35) return accumulator >= operand;
  if (code === 0x45) return (accumulator & operand) !== 0;
  throw new Error(`an instruction that we do not make: ${code}`);
}

function dataOf(call: Call): Buffer {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(call.number >>> 0, 0);
  data.writeUInt32LE(call.audit, 4);
  for (const [index, value] of call.arguments.entries())
    data.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), 16 + 8 * index);
  return data;
}

describe.each(["x64", "arm64"] as const)("the filter for %s", (processor) => {
  const filter = assembleFilter(refusals, processor);
  const { audit } = processors[processor];
  const ask = (number: number, ...values: number[]) => answerTo(filter, { audit, number, arguments: values });
  const numberOf = (call: string) => refusals.find((one) => one.call === call)?.[processor] ?? -1;

  test.each(refusals.filter((one) => one.where.length === 0 && one[processor] !== null))(
    "refuses $call whatever its arguments",
    ({ answer, ...numbers }) => {
      const number = numbers[processor] ?? -1;

      expect(ask(number)).toBe(refused(answers[answer]));
      expect(ask(number, 0xffffffff, 0xffffffff, 0xffffffff)).toBe(refused(answers[answer]));
    },
  );

  test("lets every other call through", () => {
    const known = new Set(refusals.map((one) => one[processor]));
    const free = Array.from({ length: 480 }, (_, number) => number).filter((number) => !known.has(number));

    expect(free.filter((number) => ask(number) !== allowed)).toEqual([]);
    expect(free.length).toBeGreaterThan(380);
  });

  test.each([
    ["clone: a thread", "clone", [0x3d0f00], allowed],
    ["clone: a process", "clone", [17], allowed],
    ["clone: users", "clone", [0x10000011], refused(1)],
    ["clone: mounts", "clone", [0x20011], refused(1)],
    ["clone: time counts as a signal there", "clone", [0x80], allowed],
    ["ioctl: size of the terminal", "ioctl", [0, 0x5413], allowed],
    ["ioctl: typing", "ioctl", [0, 0x5412], refused(1)],
    ["ioctl: pasting", "ioctl", [0, 0x541c], refused(1)],
    ["personality: the usual one", "personality", [0], allowed],
    ["personality: the question", "personality", [0xffffffff], allowed],
    ["personality: readable is executable", "personality", [0x400000], refused(1)],
    ["socket: unix", "socket", [1, 1, 0], allowed],
    ["socket: TCP", "socket", [2, 1, 6], allowed],
    ["socket: IPv6", "socket", [10, 2, 17], allowed],
    ["socket: routes", "socket", [16, 3, 0], allowed],
    ["socket: audits", "socket", [16, 3, 9], refused(1)],
    ["socket: SCTP", "socket", [2, 1, 132], refused(93)],
    ["socket: packets", "socket", [17, 3, 0], refused(97)],
    ["socket: vsock", "socket", [40, 1, 0], refused(97)],
    ["socketpair: unix", "socketpair", [1, 1, 0], allowed],
    ["shmget: as PostgreSQL does", "shmget", [0, 56], allowed],
    ["shmget: the most", "shmget", [0, 65_535], allowed],
    ["shmget: more", "shmget", [0, 65_536], refused(22)],
    ["shmget: more than 4 GiB", "shmget", [0, 2 ** 32], refused(22)],
    ["prlimit64: asking for the limit of dumps", "prlimit64", [0, 4, 0, 1], allowed],
    ["prlimit64: setting it", "prlimit64", [0, 4, 0x7fff1000, 0], refused(0)],
    ["prlimit64: setting it from an even address", "prlimit64", [0, 4, 2 ** 32, 0], refused(0)],
    ["prlimit64: setting another", "prlimit64", [0, 7, 0x7fff1000, 0], allowed],
    ["setrlimit: dumps", "setrlimit", [4, 1], refused(0)],
    ["setrlimit: open files", "setrlimit", [7, 1], allowed],
    ["prctl: outliving the worker", "prctl", [1, 0], refused(0)],
    ["prctl: a name", "prctl", [15, 1], allowed],
    ["socketpair: TIPC", "socketpair", [30, 1, 0], refused(97)],
  ])("%s", (_, call, values, answer) => {
    expect(ask(numberOf(call), ...values)).toBe(answer);
  });

  test("refuses the calls of every other ABI", () => {
    const others = [0x40000003, 0xc000003e, 0xc00000b7, 0x40000028].filter((one) => one !== audit);

    expect(others.map((other) => answerTo(filter, { audit: other, number: 20, arguments: [] }))).toEqual(
      others.map(() => refused(1)),
    );
  });
});

test("x32 calls are refused on x64", () => {
  const filter = assembleFilter(refusals, "x64");

  expect(answerTo(filter, { audit: processors.x64.audit, number: 0x40000027, arguments: [] })).toBe(
    refused(1),
  );
});

test("no call has two numbers, and no number two calls", () => {
  for (const processor of ["x64", "arm64"] as const) {
    const pairs = refusals.filter((one) => one[processor] !== null);
    const byCall = new Set(pairs.map((one) => `${one.call} ${one[processor]}`));

    expect([
      new Set(pairs.map((one) => one.call)).size,
      new Set(pairs.map((one) => one[processor])).size,
    ]).toEqual([byCall.size, byCall.size]);
  }
});
