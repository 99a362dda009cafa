import type { Permission } from "../domain/task/permission.ts";
import type { People } from "../ports/github.ts";

/** The same people for the handling of one delivery: what somebody may do is asked once, and again where that failed. */
export function peopleOnce(people: People): People {
  const asked = new Map<string, Promise<Permission>>();
  return {
    ...people,
    permission: (repository, login) => {
      const key = `${repository.id} ${login.toLowerCase()}`;
      const answer = asked.get(key) ?? people.permission(repository, login);
      asked.set(key, answer);
      answer.catch(() => asked.delete(key));
      return answer;
    },
  };
}
