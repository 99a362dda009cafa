import { randomUUID } from "node:crypto";
import { S3ServiceError } from "s3mini";
import type { ArtefactsExam } from "../../ports/doctor.ts";
import type { ArtefactsPlace } from "./opened-artefacts.ts";
import { openS3Client } from "./s3-client.ts";

/** What is asked of a bucket, in order, and what a person does where one is refused. */
const repairs: Record<string, string> = {
  write: "Give the key `s3:PutObject` and `s3:AbortMultipartUpload` below this address.",
  read: "Give the key `s3:GetObject` below this address.",
  delete: "Give the key `s3:DeleteObject` below this address.",
};

/** Writes, reads and deletes one object of the bucket; nothing stays behind. Never rejects. */
export async function examineArtefacts({ directory, s3, proxies }: ArtefactsPlace): Promise<ArtefactsExam> {
  if (s3 === undefined) return { kind: "directory", place: `${directory}/artefacts` };
  const place = s3.url;
  const key = `doctor-${randomUUID()}`;
  const trial = { step: "write" };
  try {
    const client = openS3Client(s3, proxies, []);
    await client.put(key, Buffer.from(key));
    trial.step = "read";
    const read = await client.get(key);
    if (Buffer.from(read ?? []).toString() !== key)
      return {
        kind: "blocked",
        place,
        why: "what was written is not read",
        repair: repairOf(undefined, "read"),
      };
    trial.step = "delete";
    await client.remove(key);
    return { kind: "bucket", place };
  } catch (error) {
    const why = `nothing can be ${pastOf[trial.step]}: ${innermostMessage(error)}`;
    return { kind: "blocked", place, why, repair: repairOf(s3Code(error), trial.step) };
  }
}

const pastOf: Record<string, string> = { write: "written", read: "read", delete: "deleted" };

/** S3's own word for what was wrong, from the XML of its answer. */
function s3Code(error: unknown): string | undefined {
  if (!(error instanceof S3ServiceError)) return undefined;
  return /<Code>(?<code>\w+)<\/Code>/.exec(error.body ?? "")?.groups?.code ?? error.serviceCode;
}

function repairOf(code: string | undefined, step: string): string {
  if (code === "NoSuchBucket") return "Make the bucket, or mend its name in S3_URL.";
  if (code === "InvalidAccessKeyId" || code === "SignatureDoesNotMatch")
    return "Mend S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.";
  if (code === "AuthorizationHeaderMalformed") return "Set S3_REGION to the region of the bucket.";
  if (code === "AccessDenied") return repairs[step] ?? "";
  return "Start the S3 store there, or mend S3_URL: address, bucket.";
}

/** The innermost cause says what happened; around it stands that a fetch failed. */
function innermostMessage(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error
    ? innermostMessage(cause)
    : error instanceof Error
      ? error.message
      : String(error);
}
