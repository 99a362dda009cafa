const most = 2000;

/**
 * Makes a function that asks git only once for what cannot change. Everything that is named by object ids alone is so;
 * a process for each question is what makes the double slow.
 */
export function once<Result>(
  read: (directory: string, ...ids: string[]) => Promise<Result>,
): (directory: string, ...ids: string[]) => Promise<Result> {
  const known = new Map<string, Promise<Result>>();
  return (directory, ...ids) => {
    const key = [directory, ...ids].join("\0");
    const answer = known.get(key) ?? read(directory, ...ids);
    known.set(key, answer);
    answer.catch(() => known.delete(key));
    if (known.size > most) known.delete(known.keys().next().value ?? "");
    return answer;
  };
}
