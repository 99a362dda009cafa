import { createRequire } from "node:module";
import { join } from "node:path";
import type { S3Place } from "../../src/domain/host/s3-place.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** What is used of s3rver, which has no types of its own. */
type S3rver = { run(): Promise<{ port: number }>; close(): Promise<void> };

const s3rver = createRequire(import.meta.url)("@20minutes/s3rver") as new (options: object) => S3rver;

/** A server that speaks S3 and checks signatures, on a free port, with one bucket. Its objects outlive `stop`. */
export type S3Server = {
  place: S3Place;
  /** The place as settings of a service. */
  environment: Record<string, string>;
  start(): Promise<void>;
  stop(): Promise<void>;
  remove(): Promise<void>;
};

/**
 * Starts a server; `S3RVER` and `S3RVER` are the only key that it takes. Of a listing s3rver computes another signature than
 * clients do, so that where something is listed it has to let them pass.
 */
export async function s3Server({ lists = false } = {}): Promise<S3Server> {
  const { directory, remove } = await temporaryDirectory();
  const options = {
    ...{ address: "127.0.0.1", silent: true, directory: join(directory, "objects"), resetOnClose: false },
    allowMismatchedSignatures: lists,
    ...{ configureBuckets: [{ name: "drafthorse" }], vhostBuckets: false },
  };
  const state: { server?: S3rver; port: number } = { port: 0 };
  const start = async () => {
    state.server = new s3rver({ ...options, port: state.port });
    state.port = (await state.server.run()).port;
  };
  const stop = async () => {
    await state.server?.close();
    delete state.server;
  };
  await start();
  const url = `http://127.0.0.1:${state.port}/drafthorse`;
  const place = { url, region: "us-east-1", accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
  return {
    place,
    environment: { S3_URL: url, S3_ACCESS_KEY_ID: "S3RVER", S3_SECRET_ACCESS_KEY: "S3RVER" },
    start,
    stop,
    remove: async () => {
      await stop();
      await remove();
    },
  };
}
