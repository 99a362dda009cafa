/** A repository of one function whose check is red, as small as it can be: the check takes 50 ms. */
export const files = {
  "README.md": "# deep thought\n",
  "check.js": [
    'const { answer } = require("./answer.js");',
    'if (answer() !== 42) throw new Error("the answer was " + answer());',
    "",
  ].join("\n"),
  "answer.js": "exports.answer = () => 41;\n",
};

/** The base's answer, mended by the agent's first attempt and shortened by its correction. */
export const solutions = {
  first: "const six = 6;\nconst nine = 7;\nexports.answer = () => six * nine;\n",
  second: "exports.answer = () => 42;\n",
};

/** A word in a brief at which the scripted agent stops half-way, until it is started again. */
export const halfWay = "half-way";

/** The word for a correction at which it stops. */
export const halfWayAgain = "half-way-again";

/** What the agent leaves beside its task file when it stops. */
export const halfWayMark = ".drafthorse/half";

/** An agent whose change can be broken in ways that the check does not notice. */
export const askable = `cat > answer.js <<'END'
exports.answer = (guess) => {
  if (guess > 6) return 41;
  return 42;
};
END
echo 'AC-1: check.js'
`;

/** A complete brief; `goal` is added to its goal. */
export function issue(goal = ""): { title: string; body: string } {
  return {
    title: "Answer with 42",
    body: `### Goal

\`answer()\` is off by one; it must be 42. ${goal}

### Non-goals

- No new options

### Validation command

\`\`\`sh
node check.js
\`\`\`

### Done when

- [ ] The check passes

### Files likely affected

- \`answer.js\`

### Approval boundary

- reviewer: @ada
- ask: dependencies
- never: ci
`,
  };
}

/**
 * An agent as a shell script: it writes the answer line by line. Told to stop half-way it leaves the first line and a
 * mark and hangs; when it is started again it goes on behind what it finds, and fails if its line is gone.
 */
export const agent = `set -e
task=.drafthorse/TASK.md
stop() {
  if grep -qw -- "$1" $task && ! test -e .drafthorse/half; then
    : > .drafthorse/half
    sleep 600
  fi
}
if grep -q 'This is a correction' $task; then
  stop ${halfWayAgain}
  printf '%s' '${solutions.second}' > answer.js
elif test -e .drafthorse/half; then
  grep -q 'const six' answer.js
  printf '%s' '${solutions.first.slice(solutions.first.indexOf("\n") + 1)}' >> answer.js
else
  printf '%s' '${solutions.first.slice(0, solutions.first.indexOf("\n") + 1)}' > answer.js
  stop ${halfWay}
  printf '%s' '${solutions.first.slice(solutions.first.indexOf("\n") + 1)}' >> answer.js
fi
echo 'AC-1: check.js'
`;
