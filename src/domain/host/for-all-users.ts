/** How an operator brings a program that sandboxed commands find: many machines have it only in somebody's home. */
export const forAllUsers =
  "have the operator install it for all users of this machine, below /usr: a home, where rustup, pyenv and nvm install, is not shown in the sandbox.";
