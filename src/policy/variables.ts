/** The variables of an environment; one that is not set is undefined or not there. */
export type Variables = Record<string, string | undefined>;
