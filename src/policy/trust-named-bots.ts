import { isBotLogin } from "../domain/task/bot-login.ts";
import type { People } from "../ports/github.ts";
import type { Policies } from "../ports.ts";

/**
 * The same people; a bot may do what people with write access may where the rules name its App, and elsewhere nothing.
 * The App is asked for by its id, since anybody can make one with a trusted-looking name.
 */
export function trustNamedBots(people: People, policies: Pick<Policies, "read">): People {
  return {
    app: people.app,
    members: people.members,
    permission: async (repository, login) => {
      if (!isBotLogin(login)) return people.permission(repository, login);
      const { bots } = (await policies.read(repository)).policy;
      const app = bots.length > 0 ? await people.app(repository, login) : undefined;
      return app !== undefined && bots.includes(app) ? "write" : "none";
    },
  };
}
