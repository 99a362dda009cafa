/** More edits than these between two texts are not told apart: all lines between are taken as changed. */
const mostEdits = 2_000;

/**
 * The numbers of the lines, from 1, that are in `after` and not in `before`, by the shortest edit (Myers, "An O(ND)
 * Difference Algorithm", 1986). Lines that differ in nothing but blanks at their end are the same.
 */
export function changedLines(before: string, after: string): Set<number> {
  const [old, now] = [trimmedLines(before), trimmedLines(after)];
  let head = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head++;
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > head && nowEnd > head && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd--;
    nowEnd--;
  }
  const kept = keptLines(old.slice(head, oldEnd), now.slice(head, nowEnd));
  const changed = Array.from({ length: nowEnd - head }, (_, index) => index).filter(
    (index) => !kept.has(index),
  );
  return new Set(changed.map((index) => head + index + 1));
}

function trimmedLines(text: string): string[] {
  return text === "" ? [] : text.split("\n").map((line) => line.trimEnd());
}

/** The indices of `now` that a shortest edit keeps; none where there are too many edits. */
function keptLines(old: string[], now: string[]): Set<number> {
  const rows: Map<number, number>[] = [];
  let row = new Map([[1, 0]]);
  for (let edits = 0; edits <= Math.min(old.length + now.length, mostEdits); edits++) {
    rows.push(new Map(row));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const x = furthest(row, { diagonal, edits });
      const end = followSame([old, now], { x, y: x - diagonal });
      row.set(diagonal, end);
      if (end >= old.length && end - diagonal >= now.length) return trackBack(rows, { old, now });
    }
    row = new Map(row);
  }
  return new Set();
}

function furthest(
  row: Map<number, number>,
  { diagonal, edits }: { diagonal: number; edits: number },
): number {
  const down = row.get(diagonal + 1) ?? -1;
  const right = row.get(diagonal - 1) ?? -1;
  return diagonal === -edits || (diagonal !== edits && right < down) ? down : right + 1;
}

function followSame([old, now]: [string[], string[]], { x, y }: { x: number; y: number }): number {
  let steps = 0;
  while (x + steps < old.length && y + steps < now.length && old[x + steps] === now[y + steps]) steps++;
  return x + steps;
}

function trackBack(rows: Map<number, number>[], { old, now }: { old: string[]; now: string[] }): Set<number> {
  const kept = new Set<number>();
  let [x, y] = [old.length, now.length];
  for (let edits = rows.length - 1; edits >= 0; edits--) {
    const row = rows[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const down = row.get(diagonal + 1) ?? -1;
    const right = row.get(diagonal - 1) ?? -1;
    const from = diagonal === -edits || (diagonal !== edits && right < down) ? diagonal + 1 : diagonal - 1;
    const startX = row.get(from) ?? 0;
    const startY = startX - from;
    while (x > Math.max(startX, 0) && y > Math.max(startY, 0) && x > startX && y > startY) {
      x--;
      y--;
      kept.add(y);
    }
    [x, y] = [startX, startY];
  }
  return kept;
}
