/** What a stranger sees in place of every page, whether there is such a page or not. */
export const AskToSignIn = ({ begin, refused }: { begin: string; refused: boolean }) => (
  <section class="notice">
    <h1>Sign in to see this</h1>
    {refused && (
      <p role="alert">
        GitHub did not sign you in, or the sign-in began in another browser or too long ago. Try again.
      </p>
    )}
    <p>
      You see the repositories that you can read on GitHub and that Drafthorse works for. Nobody else sees
      them.
    </p>
    <p>
      <a class="button" href={begin}>
        Sign in with GitHub
      </a>
    </p>
    <p class="muted">
      Drafthorse learns your login and which of these repositories you can read. Your token stays on this
      server.
    </p>
  </section>
);
