/** What is wrong where nobody says which agent works; a process that only receives needs none. */
export function agentProblems({ AGENT, ROLE }: { AGENT?: string | undefined; ROLE: string }): string[] {
  if (AGENT || ROLE === "web") return [];
  return [
    "AGENT is not set. Name a preset (AGENT=claude), several with commas between them, a command that speaks the Agent Client Protocol, or `exec:` and a command line.",
  ];
}
