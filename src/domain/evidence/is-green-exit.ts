/** Whether a command ended by itself, and well. */
export function isGreenExit({ endedBy, exitCode }: { endedBy: string; exitCode: number | null }): boolean {
  return endedBy === "itself" && exitCode === 0;
}
