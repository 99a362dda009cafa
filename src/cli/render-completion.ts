/** The shells that there are completions for. */
export const shells = ["bash", "zsh", "fish"] as const;
export type CompletedShell = (typeof shells)[number];

/** A command as a shell completes it. `choices` are the words that its arguments may be; none: a file. */
export type CompletedCommand = {
  name: string;
  description: string;
  options: { flag: string; description: string; takesValue: boolean }[];
  choices: readonly string[];
};

/** A program as a shell completes it. Names, flags and choices are plain words. */
export type CompletedProgram = { name: string; commands: CompletedCommand[] };

/**
 * What a shell evaluates to complete a program. Nothing of it runs the program: a completion that starts Node at each key
 * would be felt, and what is typed is never evaluated.
 */
export function renderCompletion(shell: CompletedShell, program: CompletedProgram): string {
  return renderers[shell](program).join("\n");
}

const renderers: Record<CompletedShell, (program: CompletedProgram) => string[]> = { bash, zsh, fish };

/** `-o default` offers files where no word fits. */
function bash({ name, commands }: CompletedProgram): string[] {
  const cases = (wordsOf: (command: CompletedCommand) => readonly string[]): string[] =>
    commands
      .filter((command) => wordsOf(command).length > 0)
      .map((command) => `      ${command.name}) words="${wordsOf(command).join(" ")}" ;;`);
  return [
    `_${name}() {`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    '  local current=${COMP_WORDS[COMP_CWORD]} words=""',
    "  if ((COMP_CWORD == 1)); then",
    `    words="${commands.map((command) => command.name).join(" ")} --help --version"`,
    "  elif [[ $current == -* ]]; then",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    "    case ${COMP_WORDS[1]} in",
    ...cases(({ options }) => options.map(({ flag }) => flag)),
    "    esac",
    "  else",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    "    case ${COMP_WORDS[1]} in",
    ...cases(({ choices }) => choices),
    "    esac",
    "  fi",
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    "}",
    `complete -o default -F _${name} ${name}`,
  ];
}

function zsh({ name, commands }: CompletedProgram): string[] {
  return [
    `#compdef ${name}`,
    `_${name}() {`,
    "  local -a commands",
    "  commands=(",
    ...commands.map((command) => `    ${quoted(`${command.name}:${command.description}`)}`),
    "  )",
    "  if ((CURRENT == 2)); then _describe command commands; return; fi",
    "  shift words; ((CURRENT--))",
    "  case $words[1] in",
    ...commands.map((command) => `    ${command.name}) _arguments ${zshArguments(command).join(" ")} ;;`),
    "  esac",
    "}",
    // Autoloaded from $fpath this file is the function; evaluated it has to name it.
    `if [[ $funcstack[1] == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi`,
  ];
}

function zshArguments({ options, choices }: CompletedCommand): string[] {
  const flags = options.map(({ flag, description, takesValue }) => {
    const told = `${flag}[${description.replace(/[[\]]/g, "\\$&")}]`;
    return quoted(takesValue ? `${told}:value:_files` : told);
  });
  return [...flags, quoted(choices.length > 0 ? `*:choice:(${choices.join(" ")})` : "*:file:_files")];
}

function fish({ name, commands }: CompletedProgram): string[] {
  return commands.flatMap((command) => {
    const seen = `complete -c ${name} -n '__fish_seen_subcommand_from ${command.name}'`;
    return [
      `complete -c ${name} -f -n __fish_use_subcommand -a ${command.name} -d ${fishQuoted(command.description)}`,
      ...command.options.map(
        ({ flag, description, takesValue }) =>
          `${seen} -l ${flag.slice(2)} ${takesValue ? "-r " : ""}-d ${fishQuoted(description)}`,
      ),
      ...(command.choices.length > 0 ? [`${seen} -f -a '${command.choices.join(" ")}'`] : []),
    ];
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
