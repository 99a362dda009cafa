/** The processor's time that this process has used, in seconds. Other programs do not lengthen it, as they do the clock's. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}
