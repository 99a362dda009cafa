import { createHash } from "node:crypto";

/** User ids that a sandbox may take: `count` of them from `first`. */
export type UserRange = { first: number; count: number };

/** A range that neither systemd nor the tools for containers hand out, so large that two attempts hardly meet. */
const usual: UserRange = { first: 1_900_000_000, count: 1 << 20 };
/** What a container has that maps only the ids of 16 bits. */
const narrow: UserRange = { first: 20_000, count: 40_000 };

/** The slots that this machine maps, from the text of `/proc/self/uid_map`; none where root is somebody's disguise. */
export function slotsIn(uidMap: string): UserRange | undefined {
  const mapped = uidMap
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const holds = ({ first, count }: UserRange): boolean =>
    mapped.some(([inside = 0, , length = 0]) => inside <= first && first + count <= inside + length);
  return [usual, narrow].find(holds);
}

/** The slot of whatever works in a directory: the same after a restart, without a book of who has which. */
export function slotOf(directory: string, { first, count }: UserRange): number {
  return first + (createHash("sha256").update(directory).digest().readUInt32BE(0) % count);
}
