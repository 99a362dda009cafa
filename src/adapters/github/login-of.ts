/** Who did something, as GraphQL tells it: null for an account that is gone. */
export type Actor = { __typename: string; login: string } | null;

/** The login as the REST API has it: GraphQL names an App without the suffix that tells it from a person of that name. */
export function loginOf(actor: Actor): string {
  if (!actor) return "ghost";
  return actor.__typename === "User" ? actor.login : `${actor.login}[bot]`;
}
