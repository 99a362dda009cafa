/** What a label may look like: an agent chooses its own name. */
const plain = /^[\w.@/+-]{1,64}$/;

/** A function that lets the first `most` plain names through and calls all others `other`. */
export function boundedLabels(most: number): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.has(name)) return name;
    if (known.size >= most || !plain.test(name)) return "other";
    known.add(name);
    return name;
  };
}
