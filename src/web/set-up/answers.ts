import { z } from "zod";
import { knownModel } from "../../domain/rules/known-models.ts";

/** Names of this machine, whose addresses need no TLS. */
const ofThisMachine = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `It may have at most ${most} characters.`)
    .regex(/^[^\r\n\0]*$/, "It must be one line.");

/** What a person says before the App is registered, as the form sends it. */
const Form = z.object({
  name: line(34).min(1, "Give the App a name."),
  organization: line(39).regex(
    /^(?:[a-z\d](?:-?[a-z\d])*)?$/i,
    "It must be an organization's name, as in its address.",
  ),
  publicUrl: line(200)
    .transform((url) => url.replace(/\/+$/, ""))
    .refine(isAddress, {
      message:
        "It must be an address such as https://drafthorse.example.org, without a path. GitHub sends webhooks there.",
    }),
  agent: line(500),
  key: line(500),
});

/** What a person said; empty where they said nothing. `settings` are what `app.env` gets of it. */
export type SetUpAnswers = Pick<z.infer<typeof Form>, "name" | "organization" | "publicUrl"> & {
  settings: Record<string, string>;
};

/** What is wrong, by the name of the field. */
export type SetUpProblems = Partial<Record<keyof z.infer<typeof Form>, string>>;

/** What the environment says already, so that nobody is asked for it. */
export type KnownSettings = { agent: boolean; has(variable: string): boolean };

/** Reads the form; each problem says what would be right. */
export function parseAnswers(
  form: Record<string, unknown>,
  known: KnownSettings,
): { answers: SetUpAnswers } | { problems: SetUpProblems } {
  const parsed = Form.safeParse({ name: "", organization: "", publicUrl: "", agent: "", key: "", ...form });
  if (!parsed.success)
    return {
      problems: Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path[0], message])),
    };
  const { agent, key, name, organization, publicUrl } = parsed.data;
  const variable = knownModel(agent)?.key;
  if (!known.agent && !agent) return { problems: { agent: "Say which agent works." } };
  if (!known.agent && variable && !key && !known.has(variable))
    return { problems: { key: `${agent} needs a key of its model's provider. It becomes ${variable}.` } };
  const settings = {
    ...(publicUrl && { PUBLIC_URL: publicUrl }),
    ...(!known.agent && { AGENT: agent }),
    ...(!known.agent && variable && key && { [variable]: key }),
  };
  return { answers: { name, organization, publicUrl, settings } };
}

function isAddress(url: string): boolean {
  if (url === "") return true;
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin, username } = new URL(url);
  const isSafe = protocol === "https:" || (protocol === "http:" && ofThisMachine.test(hostname));
  return isSafe && url === origin && username === "";
}
