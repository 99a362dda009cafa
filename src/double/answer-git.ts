import { refMoved } from "./acts/ref-acts.ts";
import { allows, type Grant } from "./auth/grants.ts";
import { listRefs } from "./git/read-objects.ts";
import { serveGit } from "./git/serve-git.ts";
import type { Answer } from "./http/answer.ts";
import { fullName, type Repository } from "./model.ts";
import { findRepository, type World } from "./world.ts";

/** The paths of git's smart HTTP protocol, with or without `.git`. */
export const gitPath =
  /^\/(?<owner>[^/]+)\/(?<name>[^/]+?)(?:\.git)?\/(?<service>info\/refs|git-upload-pack|git-receive-pack)$/;

/** What reached the server. */
export type RawRequest = {
  method: string;
  url: URL;
  headers: Record<string, string | undefined>;
  body: Uint8Array;
};

/** Lets git clone, fetch and push with an installation token as password, as far as the token may. */
export async function answerGit(world: World, request: RawRequest): Promise<Answer> {
  const { owner = "", name = "", service = "" } = gitPath.exec(request.url.pathname)?.groups ?? {};
  const writes = service === "git-receive-pack" || request.url.search.includes("git-receive-pack");
  const repository = findRepository(world, owner, name);
  const refusal = refuse(world, repository, { password: passwordOf(request), writes });
  if (refusal || !repository) return refusal ?? textAnswer(404, "Repository not found.");
  const git = () =>
    serveGit({
      ...request,
      root: world.directory,
      path: `/${repository.owner.login}/${repository.name}.git/${service}`,
      search: request.url.search,
      user: writes ? world.app.bot.login : "",
    });
  if (service !== "git-receive-pack") return git();
  return repository.alone(() => push(world, repository, git));
}

async function push(world: World, repository: Repository, git: () => Promise<Answer>): Promise<Answer> {
  const before = await listRefs(repository.directory, "refs");
  const answer = await git();
  const after = await listRefs(repository.directory, "refs");
  const moved = [...new Set([...before.keys(), ...after.keys()])].filter(
    (ref) => before.get(ref) !== after.get(ref),
  );
  for (const ref of moved)
    await refMoved(
      { world, repository, actor: world.app.bot },
      { ref, from: before.get(ref), to: after.get(ref) },
    );
  return moved.length > 0 ? { ...answer, effect: { kind: "git.pushed", subject: moved.join(" ") } } : answer;
}

type Asked = { password: string | undefined; writes: boolean };

function refuse(world: World, repository: Repository | undefined, asked: Asked): Answer | undefined {
  const readsPublic = repository !== undefined && !repository.private && !asked.writes;
  if (!asked.password) return readsPublic ? undefined : unauthorized("Authentication required.");
  const grant = world.grants.find(asked.password);
  if (!grant) return unauthorized("Invalid username or token.");
  if (readsPublic) return undefined;
  return refuseGrant(world, repository, { grant, writes: asked.writes });
}

function refuseGrant(
  world: World,
  repository: Repository | undefined,
  { grant, writes }: { grant: Grant; writes: boolean },
): Answer | undefined {
  const granted = repository !== undefined && grant.repositoryIds.has(repository.id);
  if (!repository || (!granted && repository.private)) return textAnswer(404, "Repository not found.");
  if (granted && allows(grant.permissions, [writes ? "contents:write" : "contents:read"])) return undefined;
  return textAnswer(403, `Permission to ${fullName(repository)}.git denied to ${world.app.bot.login}.`);
}

function passwordOf({ headers }: RawRequest): string | undefined {
  const basic = headers.authorization?.match(/^basic\s+(?<code>\S+)$/i)?.groups?.code;
  if (!basic) return undefined;
  const pair = Buffer.from(basic, "base64").toString();
  return pair.slice(pair.indexOf(":") + 1);
}

function unauthorized(message: string): Answer {
  const answer = textAnswer(401, message);
  return { ...answer, headers: { ...answer.headers, "www-authenticate": 'Basic realm="GitHub"' } };
}

function textAnswer(status: number, message: string): Answer {
  return { status, body: `${message}\n`, headers: { "content-type": "text/plain; charset=utf-8" } };
}
