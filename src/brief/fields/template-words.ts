/** What GitHub's own templates say to those who fill them in: nobody's words where they are left as they are. */
export const templateWords = [
  "A clear and concise description of what the bug is.",
  "A clear and concise description of what you expected to happen.",
  "A clear and concise description of what the problem is. Ex. I'm always frustrated when [...]",
  "A clear and concise description of what you want to happen.",
  "A clear and concise description of any alternative solutions or features you've considered.",
  "If applicable, add screenshots to help explain your problem.",
  "Add any other context about the problem here.",
  "Add any other context or screenshots about the feature request here.",
  "Steps to reproduce the behavior:",
];

/** How a user story begins, and what it holds. */
export const storyWords: readonly (readonly [string, string])[] = [
  ...(["as a ", "as an ", "as the ", "as someone "] as const).flatMap((lead) =>
    (["i want", "i would like", "i'd like", "i need", "i can", "we want"] as const).map(
      (wish) => [lead, wish] as const,
    ),
  ),
  ["als ", "möchte ich"],
  ["als ", "will ich"],
  ["en tant que ", "je veux"],
  ["en tant que ", "je souhaite"],
  ["en tant qu'", "je veux"],
  ["como ", "quiero"],
  ["como ", "quero"],
  ["как ", "хочу"],
  ["作为", "我想"],
  ["作为", "我希望"],
];

/** Labels of trackers, whose exports have them beside the fields. */
export const trackerLabels = [
  ...["title", "assignee", "reporter", "priority", "status", "labels", "type", "issue type", "sprint"],
  ...[
    "story points",
    "epic",
    "epic link",
    "component",
    "components",
    "component/s",
    "fix version",
    "estimate",
  ],
  ...[
    "affects version",
    "created",
    "updated",
    "resolution",
    "due date",
    "severity",
    "environment",
    "milestone",
  ],
];
