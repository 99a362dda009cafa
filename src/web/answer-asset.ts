import type { Context } from "hono";

/** Static files by their names, and a version that changes with any of them. */
export type WebAssets = { files: Record<string, { type: string; text: string }>; version: string };

/** Answers with a static file; undefined where there is none of that name. */
export function answerAsset(context: Context, { files }: WebAssets): Response | undefined {
  const file = files[context.req.param("name") ?? ""];
  if (!file) return undefined;
  // The address has the version in it.
  const headers = { "content-type": file.type, "cache-control": "public, max-age=31536000, immutable" };
  return context.body(file.text, 200, headers);
}
