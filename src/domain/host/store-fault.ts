/** A setting of a database by which something that it acknowledged could be lost. Nothing is started on one that is `wrong`. */
export type StoreFault = { state: "warning" | "wrong"; why: string; repair: string };
