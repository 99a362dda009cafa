/** What may not be read is answered in the same words as what is not there. */
export const NotFound = () => (
  <section class="notice">
    <h1>There is nothing here</h1>
    <p>
      The address is wrong, what it named is gone, or it belongs to a repository that you cannot read on
      GitHub.
    </p>
    <p>
      <a href="/">Go to the overview</a>
    </p>
  </section>
);

/** The cause is in the log, where secrets are taken out of it; a page says only what to do. */
export const Failed = () => (
  <section class="notice">
    <h1>This page could not be made</h1>
    <p>
      Load it again in a moment. If it stays so, whoever runs Drafthorse finds the cause in its log, at the
      line “a page failed”.
    </p>
    <p>
      <a href="/">Go to the overview</a>
    </p>
  </section>
);
