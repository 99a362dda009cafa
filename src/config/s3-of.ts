import type { S3Place } from "../domain/host/s3-place.ts";
import type { Environment } from "../policy/environment.ts";

/** The bucket that the settings name; undefined where they name none, or not its whole key. */
export function s3Of(settings: Environment): S3Place | undefined {
  const { S3_URL: url, S3_REGION: region } = settings;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = settings;
  return url && accessKeyId && secretAccessKey ? { url, region, accessKeyId, secretAccessKey } : undefined;
}
