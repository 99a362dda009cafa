import type { Repository } from "../../domain/task/task.ts";
import type { DefaultFile, Files } from "../../ports/github.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import { isRefusal, unlessGone } from "./github-failure.ts";

/** What was read, and the tag under which GitHub says that it has not changed. */
type KeptFile = { etag: string | undefined; file: DefaultFile | undefined };

/** Files of the default branch. What has not changed is asked for by its tag, which GitHub does not count as a request. */
export function filesOf(client: GitHubClient): Files {
  const kept = new Map<string, KeptFile>();
  return {
    async read(repository, path) {
      const key = `${repository.id}/${path}`;
      const known = kept.get(key);
      const found = await readFile(client, { repository, path, known });
      kept.set(key, found);
      return found.file;
    },
  };
}

type ReadFileOrder = { repository: Repository; path: string; known: KeptFile | undefined };

async function readFile(client: GitHubClient, { repository, path, known }: ReadFileOrder): Promise<KeptFile> {
  try {
    const answer = await unlessGone(
      // Without `ref` this is the default branch, whatever it is called by now.
      client.request("GET /repos/{owner}/{repo}/contents/{path}", {
        ...accessTo(repository, { contents: "read" }),
        path,
        ...(known?.etag && { headers: { "if-none-match": known.etag } }),
      }),
    );
    const data = answer?.data;
    if (!data || Array.isArray(data) || data.type !== "file") return { etag: undefined, file: undefined };
    const text = "content" in data && data.encoding === "base64" ? data.content : undefined;
    const content = text ?? (await readGitHubBlob(client, repository, data.sha));
    return {
      etag: answer.headers.etag,
      file: { blob: data.sha, text: Buffer.from(content, "base64").toString("utf8") },
    };
  } catch (error) {
    if (known && isRefusal(error, 304)) return known;
    throw error;
  }
}

/** A file beyond 1 MB comes without its content. */
async function readGitHubBlob(client: GitHubClient, repository: Repository, sha: string): Promise<string> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
    ...accessTo(repository, { contents: "read" }),
    file_sha: sha,
  });
  return data.content;
}
