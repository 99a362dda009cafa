/** The head of a horse, drawn here so that a page asks for no picture. */
export const Logo = () => (
  <svg class="logo" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
    <path d="M4 22v-7.5C4 8.6 8 4.6 13 3l.8-2 1.5 2.6c2.6 1 4.6 3.2 5.7 6.4l1 3.4c.3 1-.2 1.9-1.1 2.3l-1.3.5c-.7.3-1.5.1-2-.5l-1.4-1.6-3 .3c-.5 1.6-.2 2.9 1 4.2 1 1 1.4 2.100 1.400 3.400z" />
    <circle cx="15.600" cy="8" r="1" class="logo-eye" />
  </svg>
);
