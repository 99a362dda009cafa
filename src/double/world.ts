import type { KeyObject } from "node:crypto";
import type { Authorizations } from "./auth/authorizations.ts";
import type { Grants } from "./auth/grants.ts";
import type { Effects } from "./effects.ts";
import type { Exchange } from "./exchange.ts";
import type { Faults } from "./faults.ts";
import type { Hooks } from "./hooks/hooks.ts";
import type { Account, Installation, Permissions, Repository, Team } from "./model.ts";

/** The App as it is registered with the double. */
export type RegisteredApp = {
  id: number;
  slug: string;
  name: string;
  owner: Account;
  bot: Account;
  publicKey: KeyObject;
  permissions: Permissions;
  events: string[];
  createdAt: string;
  clientId: string;
  clientSecret: string;
  /** Where people may be sent back to after they signed in. */
  callbackUrls: string[];
};

/** All that the double knows. */
export type World = {
  /** Where the double answers; set once it listens. */
  url: string;
  /** The directory of the bare repositories. */
  directory: string;
  /** Milliseconds since 1970. */
  clock: () => number;
  app: RegisteredApp;
  accounts: Map<string, Account>;
  repositories: Repository[];
  teams: Team[];
  installations: Installation[];
  hooks: Hooks;
  faults: Faults;
  effects: Effects;
  grants: Grants;
  authorizations: Authorizations;
  /** What each code of a manifest makes of the App once it is exchanged. */
  manifests: Map<string, () => void>;
  /** What only the App's owner is told, once. */
  secrets: { privateKey: string; webhookSecret: string };
  /** Is shown every exchange of the REST API. */
  observe: (exchange: Exchange) => void;
  /** The next unused id; ids are unique over all kinds. */
  newId: () => number;
};

/** The present moment as GitHub writes it. */
export function now(world: World): string {
  return timestamp(world.clock());
}

/** A moment as GitHub writes it, without milliseconds. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}

/** The account with this login, made if it is new. */
export function account(world: World, login: string, type: Account["type"] = "User"): Account {
  const known = findAccount(world, login);
  if (known) return known;
  const made: Account = { id: world.newId(), login, type };
  world.accounts.set(login.toLowerCase(), made);
  return made;
}

/** The account with this login, or undefined. */
export function findAccount(world: World, login: string): Account | undefined {
  return world.accounts.get(login.toLowerCase());
}

/** The team `org/slug`, or undefined. */
export function findTeam(world: World, name: string): Team | undefined {
  const wanted = name.toLowerCase();
  return world.teams.find(({ org, slug }) => `${org.login}/${slug}`.toLowerCase() === wanted);
}

/** The App of this name: ours, or the one that another bot belongs to. */
export function findApp(world: World, slug: string): RegisteredApp | undefined {
  if (slug === world.app.slug) return world.app;
  const bot = findAccount(world, `${slug}[bot]`);
  // An App's id is not its bot's.
  return bot && { ...world.app, id: bot.id + 1_000_000, slug, name: slug, bot, permissions: {}, events: [] };
}

/** The repository with this owner and name, or undefined. */
export function findRepository(world: World, owner: string, name: string): Repository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase();
  return world.repositories.find((one) => `${one.owner.login}/${one.name}`.toLowerCase() === wanted);
}

/** The installation that may see a repository, or undefined. */
export function installationOf(world: World, repository: Repository): Installation | undefined {
  return world.installations.find((one) => one.repositoryIds.has(repository.id));
}
