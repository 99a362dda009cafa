import { isCollection, isPair, isScalar, parseDocument } from "yaml";
import { z } from "zod";
import { signInPaths } from "../github-sign-in/github-sign-in.tsx";
import type { SetUpAnswers } from "./answers.ts";

/** What `app.yml` asks GitHub for, each with the reason that stands behind it in the file. */
export type ExplainedManifest = {
  name: string;
  description: string;
  url: string;
  permissions: { name: string; level: string; reason: string }[];
  events: { name: string; reason: string }[];
};

const File = z.object({
  name: z.string(),
  description: z.string(),
  url: z.url(),
  default_permissions: z.record(z.string(), z.enum(["read", "write"])),
  default_events: z.array(z.string()),
});

/** Reads `app.yml`; throws where it is no manifest. */
export function parseAppManifest(text: string): ExplainedManifest {
  const document = parseDocument(text);
  const file = File.parse(document.toJS());
  const reasons = {
    permissions: reasonsIn(document.get("default_permissions")),
    events: reasonsIn(document.get("default_events")),
  };
  const { name, description, url } = file;
  return {
    ...{ name, description, url },
    permissions: Object.entries(file.default_permissions).map(([permission, level]) => ({
      ...{ name: permission, level, reason: reasons.permissions.get(permission) ?? "" },
    })),
    events: file.default_events.map((event) => ({ name: event, reason: reasons.events.get(event) ?? "" })),
  };
}

/** The comment behind each line of a part, by what the line names. */
function reasonsIn(part: unknown): Map<string, string> {
  const reasons = new Map<string, string>();
  if (!isCollection(part)) return reasons;
  for (const item of part.items) {
    const [named, value] = isPair(item) ? [item.key, item.value] : [item, item];
    if (!isScalar(named) || !isScalar(value)) continue;
    // A comment of several lines stands below the last entry, and is of the file.
    const [reason = ""] = value.comment?.split("\n") ?? [];
    reasons.set(String(named.value), reason.trim());
  }
  return reasons;
}

/** GitHub wants an address for webhooks where an App has events; this one is never asked. */
const nowhere = "https://example.com/drafthorse-has-no-address-yet";

/** The manifest as GitHub takes it; `here` is this machine's address without a slash at its end. */
export function buildManifest(
  { name: _, permissions, events, ...manifest }: ExplainedManifest,
  { name, publicUrl }: Pick<SetUpAnswers, "name" | "publicUrl">,
  here: string,
): object {
  return {
    ...manifest,
    name,
    public: false,
    redirect_url: `${here}${comeBackPath}`,
    callback_urls: publicUrl ? [`${publicUrl}${signInPaths.callback}`] : [],
    hook_attributes: publicUrl
      ? { url: `${publicUrl}/api/github/webhooks`, active: true }
      : { url: nowhere, active: false },
    default_permissions: Object.fromEntries(permissions.map((one) => [one.name, one.level])),
    default_events: events.map((one) => one.name),
  };
}

/** Where GitHub sends a person back to once the App is registered. */
export const comeBackPath = "/set-up/callback";
