import { httpsOf } from "../git/judge-submodule.ts";
import { askGit } from "../git/run-git.ts";

/** The https address of the remote `origin` of a repository on this machine; nothing where it has none. */
export async function originOf(gitDir: string): Promise<string | undefined> {
  const named = await askGit(["config", "--local", "--get", "remote.origin.url"], { at: { gitDir } }).catch(
    () => "",
  );
  const text = httpsOf(named) ?? named;
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, pathname } = new URL(text);
  return /^https?:$/.test(protocol) && pathname !== "/" ? `${protocol}//${host}${pathname}` : undefined;
}
