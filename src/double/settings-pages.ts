import type { HookSettings } from "./hooks/hooks.ts";
import type { Permissions } from "./model.ts";
import { repositoryAt } from "./places.ts";
import { installationOf, now, type World } from "./world.ts";

/** What owners set on GitHub's pages: of the App, of its webhook, of where it is installed, of a repository. */
export class SettingsPages {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Changes what the App asks for. Accounts on which it is installed have not accepted that yet. */
  changesApp(changes: { permissions?: Permissions; events?: string[] }): void {
    const { app, installations } = this.#world;
    for (const one of installations) one.permissions = { ...one.permissions };
    Object.assign(app, changes);
  }

  /** Accepts all that the App asks for, on every account. */
  acceptsAll(): void {
    const { app, installations } = this.#world;
    for (const one of installations) one.permissions = app.permissions;
  }

  /** Changes the App's webhook; GitHub never shows the secret again. */
  changesWebhook({ url, ...settings }: { url?: string | undefined } & Partial<HookSettings>): void {
    const { hooks } = this.#world;
    if (url !== undefined) hooks.url = url || undefined;
    Object.assign(hooks.settings, settings);
  }

  /** Suspends the App on the account that has the repository, or lifts that. */
  suspends(repository: string, isSuspended = true): void {
    const installation = installationOf(this.#world, repositoryAt(this.#world, repository));
    if (installation) installation.suspendedAt = isSuspended ? now(this.#world) : undefined;
  }

  /** Installs the App on the repository of an account that has it already, or takes it away. */
  installs(repository: string, isInstalled: boolean): void {
    const { id, owner } = repositoryAt(this.#world, repository);
    const installation = this.#world.installations.find(({ account }) => account.id === owner.id);
    if (isInstalled) installation?.repositoryIds.add(id);
    else installation?.repositoryIds.delete(id);
  }

  /** Changes a repository. */
  changesRepository(repository: string, changes: { archived?: boolean; hasIssues?: boolean }): void {
    Object.assign(repositoryAt(this.#world, repository), changes);
  }
}
