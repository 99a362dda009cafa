import { setTimeout as pause } from "node:timers/promises";
import { S3mini, S3ServiceError } from "s3mini";
import type { NetworkProxies } from "../../domain/host/network-proxies.ts";
import type { S3Place } from "../../domain/host/s3-place.ts";
import { fetchThrough } from "../proxy/fetch-through.ts";

/** Objects by key. Each promise rejects where the store refuses or does not answer in time. */
export type S3Client = {
  put(key: string, content: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  /** A range of an object, fewer or no bytes where it ends before. */
  part(key: string, at: { from: number; bytes: number }): Promise<Uint8Array | undefined>;
  remove(key: string): Promise<void>;
  /** Removes every object whose key begins so. */
  removeBelow(prefix: string): Promise<void>;
};

/** The longest that one request may take, in milliseconds; what is larger than 8 MiB is sent in several. */
const requestMs = 60_000;

/** How long is waited before each further try, in milliseconds. S3 asks clients to try again where it is busy (503 SlowDown). */
const usualPausesMs = [250, 1_000, 4_000];

/** A client of a bucket, over the network's proxy; `pauses` are those between its tries, in milliseconds. */
export function openS3Client(
  { url, ...place }: S3Place,
  proxies: NetworkProxies,
  pauses: readonly number[] = usualPausesMs,
): S3Client {
  const opened = (endpoint: string): S3mini =>
    new S3mini({
      ...{ ...place, endpoint, requestAbortTimeout: requestMs },
      fetch: fetchThrough(proxies) as typeof fetch,
    });
  const s3 = opened(url.replace(/\/+$/, ""));
  return {
    put: (key, content) => patiently(pauses, async () => void (await s3.putAnyObject(key, content))),
    get: (key) =>
      patiently(pauses, async () => {
        const answer = await s3.getObjectArrayBuffer(key);
        return answer === null ? undefined : new Uint8Array(answer);
      }),
    part: (key, at) => patiently(pauses, () => readPart(s3, key, at)),
    removeBelow: (prefix) => patiently(pauses, () => removeBelow(opened, url, prefix)),
    remove: (key) => patiently(pauses, async () => void (await s3.deleteObject(key))),
  };
}

async function readPart(
  s3: S3mini,
  key: string,
  { from, bytes }: { from: number; bytes: number },
): Promise<Uint8Array | undefined> {
  try {
    const answer = await s3.getObjectRaw(key, false, from, from + bytes);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : lackOf(answer.status);
  } catch (error) {
    if (error instanceof S3ServiceError && (error.status === 404 || error.status === 416))
      return lackOf(error.status);
    throw error;
  }
}

/** 416: the object ends before the range begins. */
function lackOf(status: number): Uint8Array | undefined {
  return status === 416 ? new Uint8Array() : undefined;
}

/**
 * Removes what a listing of the bucket names. The endpoint is the bucket with our prefix behind it, and a bucket is listed at its
 * own address: the first part of the path, or the host where that is no bucket.
 */
async function removeBelow(opened: (endpoint: string) => S3mini, url: string, below: string): Promise<void> {
  const { origin, pathname } = new URL(url);
  const parts = pathname.split("/").filter(Boolean);
  for (const bucket of [1, 0]) {
    const [place, prefix] = [parts.slice(0, bucket), parts.slice(bucket)];
    const s3 = opened([origin, ...place].join("/"));
    const found = await s3.listObjects("/", [...prefix, below].join("/"));
    for (const { Key: key } of found ?? []) await s3.deleteObject(key);
    if (found !== null) return;
  }
}

/** Every request of ours can be made twice: an object has the same content whenever it is written. */
async function patiently<T>(pauses: readonly number[], ask: () => Promise<T>): Promise<T> {
  for (const ms of pauses) {
    try {
      return await ask();
    } catch (error) {
      if (!mayPass(error)) throw error;
      await pause(ms);
    }
  }
  return ask();
}

/** No answer, a busy server or a broken one; what else it refuses it would refuse again. */
function mayPass(error: unknown): boolean {
  return !(error instanceof S3ServiceError) || error.status >= 500 || error.status === 429;
}
