/** The file mode mask that this process was started with, once it was replaced. */
let startedWith: number | undefined;

/**
 * Lets others read what root makes from now on, and write none of it. In a sandbox root's commands are another user, to whom
 * the usual masks of hardened machines (027, 077) would hide checkouts and packages. What we keep lies below directories that
 * are made with modes of their own.
 */
export function widenUmask(user = process.getuid?.()): void {
  if (user !== 0) return;
  const before = process.umask(0o022);
  startedWith ??= before;
  process.umask(startedWith & 0o022);
}

/** The mode of a directory that a person asked for, as their own mask has it. */
export function askedMode(): number {
  return 0o777 & ~(startedWith ?? 0);
}
