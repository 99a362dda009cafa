import type { Processor } from "../syscall-table.ts";

/** One call: its number and up to six arguments; bytes are put into the program, and their address is the argument. */
export type SystemCall = { number: number; arguments: (number | Buffer)[]; by?: "int 0x80" };

const base = 0x400000;
const headerBytes = 64 + 56;
/** An entry: number, six arguments, the way of calling, and the answer as `wait4` tells it. */
const entryBytes = 9 * 8;
const answerAt = 64;

/** A program without any library that makes each call in a child of its own and writes the table with the answers. */
export function assembleProgram(calls: SystemCall[], processor: Processor): Buffer {
  const make = processor === "x64" ? codeOfX64 : codeOfArm64;
  const codeBytes = make(0, calls.length).length;
  const tableAt = Math.ceil((headerBytes + codeBytes) / 8) * 8;
  const code = make(tableAt - headerBytes, calls.length);
  const filler = Buffer.alloc(tableAt - headerBytes - codeBytes);
  const body = Buffer.concat([code, filler, callTable(calls, base + tableAt)]);
  return Buffer.concat([header(processor, headerBytes + body.length), body]);
}

function callTable(calls: SystemCall[], address: number): Buffer {
  const table = Buffer.alloc(calls.length * entryBytes);
  const data: Buffer[] = [];
  for (const [index, call] of calls.entries()) {
    const at = index * entryBytes;
    table.writeBigInt64LE(BigInt(call.number), at);
    for (const [place, argument] of call.arguments.entries()) {
      const stored = Buffer.isBuffer(argument) ? address + table.length + totalBytes(data) : argument;
      if (Buffer.isBuffer(argument)) data.push(Buffer.concat([argument, Buffer.alloc(-argument.length & 7)]));
      table.writeBigInt64LE(BigInt(stored), at + 8 * (place + 1));
    }
    table.writeBigInt64LE(call.by ? 1n : 0n, at + 56);
    table.writeInt32LE(-1, at + answerAt);
  }
  return Buffer.concat([table, ...data]);
}

function totalBytes(data: Buffer[]): number {
  return data.reduce((sum, { length }) => sum + length, 0);
}

/** The header of an ELF file with one segment, which is read, written and executed. */
function header(processor: Processor, size: number): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  bytes.writeUInt16LE(2, 16);
  bytes.writeUInt16LE(processor === "x64" ? 62 : 183, 18);
  bytes.writeUInt32LE(1, 20);
  bytes.writeBigUInt64LE(BigInt(base + headerBytes), 24);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(64, 52);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(1, 56);
  bytes.writeUInt32LE(1, 64);
  bytes.writeUInt32LE(7, 68);
  bytes.writeBigUInt64LE(BigInt(base), 80);
  bytes.writeBigUInt64LE(BigInt(base), 88);
  bytes.writeBigUInt64LE(BigInt(size), 96);
  bytes.writeBigUInt64LE(BigInt(size), 104);
  bytes.writeBigUInt64LE(0x1000n, 112);
  return bytes;
}

/** For each entry: fork; the child calls and exits with the error; the parent waits. Then the table is written. */
function codeOfX64(tableAt: number, count: number): Buffer {
  const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
  const int32 = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return bytes;
  };
  const call = hex("0f05");
  const child = Buffer.concat([
    hex("488b03 488b7b08 488b7310 488b5318 4c8b5320 4c8b4328 4c8b4b30"), // the number and the arguments
    hex("48837b3800 7504"), // which way?
    ...[call, hex("eb02 cd80")],
    hex("f7d8 3dff0f0000 7602 31c0 89c7 b8e7000000"), // the error, or 0
    call,
  ]);
  const parent = Buffer.concat([hex("89c7 488d7340 31d2 4531d2 b83d000000"), call]);
  const loop = Buffer.concat([
    ...[hex("b839000000"), call, hex("85c0 75"), Buffer.from([child.length])],
    ...[child, parent, hex("4883c348 41ffcc")],
  ]);
  const first = Buffer.concat([hex("488d1d"), int32(tableAt - 7), hex("41bc"), int32(count)]);
  const again = Buffer.concat([hex("0f85"), int32(-(loop.length + 6))]);
  const before = first.length + loop.length + again.length;
  const write = Buffer.concat([
    ...[hex("bf01000000 488d35"), int32(tableAt - before - 12)],
    ...[hex("ba"), int32(count * entryBytes), hex("b801000000"), call, hex("31ff b8e7000000"), call],
  ]);
  return Buffer.concat([first, loop, again, write]);
}

/** The same for 64-bit ARM. */
function codeOfArm64(tableAt: number, count: number): Buffer {
  const set = (register: number, value: number) => 0xd2800000 + value * 32 + register;
  const load = (register: number, at: number) => 0xf9400000 + (at / 8) * 1024 + 19 * 32 + register;
  const address = (register: number, from: number) => {
    const way = tableAt - from;
    return 0x10000000 + (way & 3) * 2 ** 29 + ((way >> 2) & 0x7ffff) * 32 + register;
  };
  const call = 0xd4000001;
  const fork = [set(0, 17), set(1, 0), set(2, 0), set(3, 0), set(4, 0), set(8, 220), call];
  const child = [
    ...[load(8, 0), load(0, 8), load(1, 16), load(2, 24), load(3, 32), load(4, 40), load(5, 48), call],
    ...[0xcb0003e0, 0xf13ffc1f, 0x9a9f9000, set(8, 94), call], // x0 = -x0 if that is at most 4095, else 0
  ];
  const parent = [0x91010261, set(2, 0), set(3, 0), set(8, 260), call];
  const branch = 0xb5000000 + (child.length + 1) * 32;
  const step = [0x91012273, 0x71000694]; // the next entry; one less to go
  const loop = [...fork, branch, ...child, ...parent, ...step];
  const first = [address(19, 0), 0x52800014 + count * 32];
  const again = 0x54000001 + (-loop.length & 0x7ffff) * 32;
  const before = 4 * (first.length + loop.length + 1);
  const write = [set(0, 1), address(1, before + 4), set(2, count * entryBytes), set(8, 64), call];
  const words = [...first, ...loop, again, ...write, set(0, 0), set(8, 94), call];
  const bytes = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) bytes.writeUInt32LE(word >>> 0, index * 4);
  return bytes;
}
