import type { NetworkProxies } from "../../domain/host/network-proxies.ts";
import type { S3Place } from "../../domain/host/s3-place.ts";
import type { Artefacts } from "../../ports/store.ts";

/** Where artefacts are kept: in the bucket where there is one, else below the directory. */
export type ArtefactsPlace = { directory: string; s3: S3Place | undefined; proxies: NetworkProxies };

/** Artefacts that can be handed out as files of their own. */
export type OpenedArtefacts = Artefacts & {
  /** Copies an artefact to a file; false if nobody wrote it. */
  copy(name: string, file: string): Promise<boolean>;
};
