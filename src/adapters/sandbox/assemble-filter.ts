import { answers, type Condition, type Processor, processors, type RefusedCall } from "./syscall-table.ts";

/** One instruction of classic BPF: code, jump if true, jump if false, operand. */
type Instruction = [code: number, yes: number, no: number, operand: number];

const [loadWord, equal, atLeast, hasBit, returnCode] = [0x20, 0x15, 0x35, 0x45, 0x06];
const allow = 0x7fff0000;
const refuseCode = 0x00050000;
/** Where `struct seccomp_data` keeps the number, the processor and the halves of an argument (little endian). */
const [numberAt, auditAt] = [0, 4];
const argumentAt = ({ argument, half }: Pick<Condition, "argument" | "half">): number =>
  16 + 8 * argument + (half === "upper" ? 4 : 0);

/** Assembles the filter of one processor from the table; calls of a foreign ABI are refused, the rest is allowed. */
export function assembleFilter(table: RefusedCall[], processor: Processor): Buffer {
  const { audit, foreignFrom } = processors[processor];
  const refuse: Instruction = [returnCode, 0, 0, refuseCode | answers.EPERM];
  const program: Instruction[] = [
    [loadWord, 0, 0, auditAt],
    [equal, 1, 0, audit],
    refuse,
    [loadWord, 0, 0, numberAt],
    ...(foreignFrom === undefined ? [] : [[atLeast, 0, 1, foreignFrom] satisfies Instruction, refuse]),
    ...table.flatMap((refusal) => refusalRule(refusal, refusal[processor])),
    [returnCode, 0, 0, allow],
  ];
  return Buffer.concat(program.map(encode));
}

function refusalRule({ answer, where }: RefusedCall, number: number | null): Instruction[] {
  if (number === null) return [];
  const refuse: Instruction = [returnCode, 0, 0, refuseCode | answers[answer]];
  const reload: Instruction = [loadWord, 0, 0, numberAt];
  // From the end, since each condition must know how far away the reload is to which it leaps when it does not hold.
  const body = [refuse];
  for (const condition of where.toReversed()) body.unshift(...checkCondition(condition, body.length));
  const whole = where.length > 0 ? [...body, reload] : body;
  return [[equal, 0, whole.length, number], ...whole];
}

/** Falls through to the next condition where it holds, else skips `rest` instructions. */
function checkCondition({ when, values, ...place }: Condition, rest: number): Instruction[] {
  const load: Instruction = [loadWord, 0, 0, argumentAt(place)];
  const compare = values.map((value, index): Instruction => {
    const left = values.length - index - 1;
    const met = when === "none of" ? left + rest : left;
    const unmet = left > 0 || when === "none of" ? 0 : rest;
    return [when === "has bit" ? hasBit : equal, met, unmet, value];
  });
  return [load, ...compare];
}

function encode([code, yes, no, operand]: Instruction): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(yes, 2);
  bytes.writeUInt8(no, 3);
  bytes.writeUInt32LE(operand >>> 0, 4);
  return bytes;
}
