/**
 * Whether a link at a path leaves the tree. A `..` behind a name is taken as leaving: the name may itself be a link,
 * and then nobody can tell from the text where `..` leads.
 */
export function leadsOut(path: string, target: string): boolean {
  const parts = target.split("/").filter((part) => part !== "" && part !== ".");
  const named = parts.findIndex((part) => part !== "..");
  const climbs = named === -1 ? parts.length : named;
  const rest = parts.slice(climbs);
  const depth = path.split("/").length - 1;
  return (
    target.startsWith("/") || climbs > depth || rest.some((part) => part === ".." || /^\.git$/i.test(part))
  );
}
