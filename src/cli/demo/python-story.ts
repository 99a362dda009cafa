import type { DemoStory } from "./demo-story.ts";

/** The tests of the repository: two of the three are red. Only the standard library is used, so that nothing is installed. */
const tests = `import unittest

from durations import minutes


class Minutes(unittest.TestCase):
    def test_minutes_stand_alone(self):
        self.assertEqual(minutes("45m"), 45)

    def test_an_hour_is_sixty_minutes(self):
        self.assertEqual(minutes("1h30m"), 90)

    def test_anything_else_is_refused(self):
        with self.assertRaises(ValueError):
            minutes("soon")
`;

/** The test that the agent adds. */
const addedTest = `
    def test_hours_stand_alone(self):
        self.assertEqual(minutes("2h"), 120)
`;

const evidence =
  'AC-1: tests/test_durations.py, "test_an_hour_is_sixty_minutes". AC-2: tests/test_durations.py, "test_anything_else_is_refused".';

const pattern = String.raw`r"(?:(\d+)h)?(?:(\d+)m)?"`;

/** A module of one function in Python, whose tests are red. */
export const pythonStory: DemoStory = {
  repository: "durations",
  files: {
    "README.md": "# durations\n\nReads durations such as 1h30m.\n",
    "durations.py": String.raw`"""Reads durations such as 1h30m."""

import re


def minutes(text):
    """The minutes of a duration."""
    return sum(int(number) for number in re.findall(r"\d+", text))
`,
    "tests/__init__.py": "",
    "tests/test_durations.py": tests,
  },
  issue: {
    title: "Count hours as sixty minutes, and refuse what is no duration",
    body: `### Goal

\`minutes("1h30m")\` is 31 and must be 90; \`minutes("soon")\` is 0 and must be refused with a ValueError.

### Non-goals

- No days or seconds

### Validation command

\`\`\`sh
python3 -m unittest -v
\`\`\`

### Done when

- [ ] An hour counts sixty minutes
- [ ] What is no duration raises a ValueError

### Files likely affected

- \`durations.py\`

### Approval boundary

- reviewer: @ada
- ask: dependencies
- never: ci
`,
  },
  script: {
    name: "scripted-agent",
    version: "1.0.0",
    turns: [
      {
        when: "This is a correction",
        steps: [
          { say: "I shorten the function." },
          {
            write: {
              path: "durations.py",
              text: `"""Reads durations such as 1h30m."""

import re


def minutes(text):
    """The minutes of a duration; a ValueError for anything else."""
    match = re.fullmatch(${pattern}, text) if text else None
    if match is None:
        raise ValueError(f"{text!r} is no duration")
    return 60 * int(match[1] or 0) + int(match[2] or 0)
`,
            },
          },
          { run: { command: "python3 -m unittest" } },
          { say: `The function has three lines now. ${evidence}` },
        ],
      },
      {
        steps: [
          { think: "Every number is added up, whatever its unit, and text without one is 0." },
          { plan: ["Read hours and minutes", "Refuse anything else", "Run the tests"] },
          {
            write: {
              path: "durations.py",
              text: `"""Reads durations such as 1h30m."""

import re

_DURATION = re.compile(${pattern})


def minutes(text):
    """The minutes of a duration; a ValueError for anything else."""
    match = _DURATION.fullmatch(text)
    if not text or match is None:
        raise ValueError(f"{text!r} is no duration")
    hours, rest = match.groups()
    total = 0
    if hours is not None:
        total += 60 * int(hours)
    if rest is not None:
        total += int(rest)
    return total
`,
            },
          },
          { write: { path: "tests/test_durations.py", text: `${tests}${addedTest}` } },
          { run: { command: "python3 -m unittest" } },
          { say: `Hours count sixty minutes, and anything else is refused. ${evidence}` },
        ],
      },
    ],
  },
};
