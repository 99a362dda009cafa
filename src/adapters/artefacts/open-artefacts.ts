import { Failure } from "../../domain/task/failure.ts";
import { openDirectoryArtefacts } from "./directory-artefacts.ts";
import { examineArtefacts } from "./examine-artefacts.ts";
import type { ArtefactsPlace, OpenedArtefacts } from "./opened-artefacts.ts";
import { openS3Artefacts } from "./s3-artefacts.ts";
import { openS3Client } from "./s3-client.ts";

/** Opens the artefacts; rejects with a `storage` failure and its repair where the bucket cannot be used. */
export async function openArtefacts(place: ArtefactsPlace): Promise<OpenedArtefacts> {
  if (place.s3 === undefined) return openDirectoryArtefacts(place.directory);
  const exam = await examineArtefacts(place);
  if (exam.kind === "blocked") throw new Failure("storage", `${exam.place}: ${exam.why}. ${exam.repair}`);
  return openS3Artefacts(openS3Client(place.s3, place.proxies));
}
