/** The path that a glob begins with, up to its first segment that is no plain name. */
export function literalPart(glob: string): string {
  const segments = glob.replace(/\/+$/, "").split("/");
  const wild = segments.findIndex((segment) => /[*?{}[\]]/.test(segment));
  return segments.slice(0, wild === -1 ? undefined : wild).join("/");
}
