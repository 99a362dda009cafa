import type { Context, Hono } from "hono";
import type { Child } from "hono/jsx";
import type { IssueAt } from "../ports/github.ts";

/** Who looks at a page, and what they may see. Every page is made for one viewer. */
export type Viewer = {
  /** GitHub's login, or what the person is called where nobody signs in with GitHub. */
  login: string;
  /** Whether they can read the repository on GitHub. What they may not read is answered as if it were not there. */
  mayRead(repositoryId: number): Promise<boolean>;
  /** Comments on GitHub as this person; absent where nobody signs in with GitHub. */
  say?(at: IssueAt, body: string): Promise<"said" | "refused">;
  /** Where a form is sent that signs them out; absent where nobody can. */
  signOut?: string;
};

/** What a request carries from the door to the page: its viewer. */
export type PageEnv = { Variables: { viewer: Viewer } };

/** How the dashboard finds out who asks. Without a viewer nobody sees anything but what this shows. */
export type SignIn = {
  /** The pages on the way in and out, such as the one that a link with a token leads to. They are asked before `find`. */
  routes: Hono;
  /** Who asks; undefined: nobody that we know. MUST NOT trust anything that the sender could have made up. */
  find(context: Context): Promise<Viewer | undefined>;
  /** What a stranger is told: how to sign in. It is the whole of the page's main part. */
  invitation(context: Context): Child;
};
