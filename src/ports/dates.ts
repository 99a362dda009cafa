/**
 * How the programs of a command are made to believe that it is another day. Nothing here rejects.
 */
export type Dates = {
  /** Whether programs made of such a file can be told another date here; or why they cannot, as a sentence without its end. */
  reach(path: string): { can: true } | { can: false; why: string };
  /** `told` makes of a command's environment the one with the later date; what it runs must be shown `readable` too. */
  shift(days: number): {
    told: (environment: Record<string, string>) => Record<string, string>;
    readable: string[];
  };
};
