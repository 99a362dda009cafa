/** A bucket of an S3 store. `url` has the bucket in its path or in its host, and may have a prefix behind it. */
export type S3Place = { url: string; region: string; accessKeyId: string; secretAccessKey: string };
