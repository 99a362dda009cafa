import type { Signer } from "../../ports/signer.ts";

/** Where there is no server, as in `drafthorse run`, there is no key whose word anybody could know. */
export const noSigner: Signer = { sign: async () => "none", keys: async () => [], keysUrl: undefined };
