import { knownModels } from "../../domain/rules/known-models.ts";
import type { SetUpAnswers, SetUpProblems } from "./answers.ts";
import type { ExplainedManifest } from "./app-manifest.ts";
import type { SetUpEnd, SetUpParts } from "./set-up-parts.ts";

type GivenAnswers = Record<string, unknown>;

/** The first page: what Drafthorse may do and why, and what it has to know. */
export const AskPage = ({
  manifest,
  known,
  given,
  problems,
}: Pick<SetUpParts, "manifest" | "known"> & { given: GivenAnswers; problems: SetUpProblems }) => (
  <>
    <h1>Set up Drafthorse</h1>
    <p>
      {manifest.description} To do that it is registered as a GitHub App of yours. Nobody else gets its keys:
      they stay on this machine.
    </p>
    <Permissions manifest={manifest} />
    <form method="post" action="/set-up" class="ask">
      <h2>Register it</h2>
      <Field name="name" label="Name of the App" given={given} problems={problems} usual={manifest.name}>
        At most 34 characters, and no other App on GitHub may have it.
      </Field>
      <Field name="organization" label="Organization (optional)" given={given} problems={problems}>
        Whose App it is. Empty: your own account.
      </Field>
      <Field name="publicUrl" label="Address of this server (optional)" given={given} problems={problems}>
        Where GitHub reaches it by HTTPS, such as https://drafthorse.example.org. Without one no label
        arrives; you can set PUBLIC_URL and the App's webhook later.
      </Field>
      {!known.agent && <AgentFields given={given} problems={problems} />}
      <p>
        <button type="submit">Go on</button>
      </p>
    </form>
  </>
);

const Permissions = ({ manifest }: { manifest: ExplainedManifest }) => (
  <section aria-label="What it may do">
    <h2>What it will be allowed to do</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Permission</th>
          <th scope="col">For what</th>
        </tr>
      </thead>
      <tbody>
        {manifest.permissions.map(({ name, level, reason }) => (
          <tr>
            <td>
              {name.replaceAll("_", " ")}: {level}
            </td>
            <td>{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
    <p>
      It works only in the repositories that you install it on. It never merges, approves, or changes what
      your CI runs.
    </p>
    <details>
      <summary>What GitHub tells it</summary>
      <ul>
        {manifest.events.map(({ name, reason }) => (
          <li>
            <code>{name}</code>: {reason}
          </li>
        ))}
      </ul>
    </details>
  </section>
);

const AgentFields = ({ given, problems }: { given: GivenAnswers; problems: SetUpProblems }) => (
  <>
    <Field name="agent" label="Agent" given={given} problems={problems} usual="claude" list="agents">
      {Object.keys(knownModels).join(", ")}, or a command that speaks the Agent Client Protocol.
    </Field>
    <datalist id="agents">
      {Object.keys(knownModels).map((name) => (
        <option value={name} />
      ))}
    </datalist>
    <Field name="key" label="Key of its model's provider" given={{}} problems={problems} type="password">
      It is written to a file that only this user can read. The agent never sees it.
    </Field>
  </>
);

type FieldParts = {
  name: keyof SetUpProblems;
  label: string;
  given: GivenAnswers;
  problems: SetUpProblems;
  usual?: string;
  list?: string;
  type?: string;
  children: unknown;
};

const Field = ({ name, label, given, problems, usual = "", list, type = "text", children }: FieldParts) => (
  <p class="field">
    <label for={name}>{label}</label>
    <input
      id={name}
      name={name}
      type={type}
      list={list}
      value={typeof given[name] === "string" ? given[name] : usual}
      autocomplete="off"
      spellcheck={false}
      aria-describedby={`${name}-help`}
      aria-invalid={problems[name] ? "true" : undefined}
    />
    {problems[name] && <strong role="alert">{problems[name]}</strong>}
    <small id={`${name}-help`} class="muted">
      {children as string}
    </small>
  </p>
);

/** The second page: what is sent to GitHub, and the button that sends it. */
export const Confirm = ({
  action,
  manifest,
  answers,
}: {
  action: string;
  manifest: object;
  answers: SetUpAnswers;
}) => (
  <>
    <h1>Register {answers.name} on GitHub</h1>
    <p>
      GitHub shows you the name once more and asks for your word. Then it leads you back here, and Drafthorse
      goes on by itself.
    </p>
    {!answers.publicUrl && (
      <p role="note">
        No address was given, so that webhooks are off: label an issue, and nothing happens until the App's
        webhook has the address of this server.
      </p>
    )}
    <form method="post" action={action}>
      <input type="hidden" name="manifest" value={JSON.stringify(manifest)} />
      <button type="submit">Register on GitHub</button>
    </form>
    <details>
      <summary>What is sent</summary>
      <pre>{JSON.stringify(manifest, null, 2)}</pre>
    </details>
    <p>
      <a href="/">Back</a>
    </p>
  </>
);

/** The last page: it runs, and what comes next. */
export const Running = ({ installUrl, dashboard, checks }: Extract<SetUpEnd, { kind: "running" }>) => (
  <>
    <h1>Drafthorse is registered and runs</h1>
    <ul>
      {checks.map(({ name, line, repair }) => (
        <li>
          <strong>
            {repair ? "✗" : "✓"} {name}
          </strong>
          : {line} {repair}
        </li>
      ))}
    </ul>
    <h2>Next</h2>
    <ol>
      <li>
        <a class="button" href={installUrl} target="_blank" rel="noreferrer">
          Install it on a repository
        </a>
      </li>
      <li>
        Write an issue with a <em>brief</em> and label it <code>agent-task</code>.{" "}
        <code>npx drafthorse init</code> in a clone writes the issue form.
      </li>
      <li>
        <a class="button" href={dashboard}>
          Open the dashboard
        </a>{" "}
        to see it work.
      </li>
    </ol>
  </>
);

/** The App is registered, but what the environment says keeps it from running. */
export const NotStarted = ({ problems, file }: Extract<SetUpEnd, { kind: "problems" }>) => (
  <>
    <h1>Registered, but it does not run yet</h1>
    <p>
      The App's keys are kept in <code>{file}</code>. Mend this, and start Drafthorse again:
    </p>
    <ul>
      {problems.map((problem) => (
        <li>{problem}</li>
      ))}
    </ul>
  </>
);

/** GitHub did not confirm what this page was told. */
export const NotRegistered = () => (
  <>
    <h1>Not registered</h1>
    <p>
      GitHub does not know this registration, or it took longer than an hour, or it began before Drafthorse
      was last started. Nothing was kept.
    </p>
    <p>
      <a href="/">Begin again</a>
    </p>
  </>
);
