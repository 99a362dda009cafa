import type { Base, Deed } from "./cheat.ts";

const goFile = "pages_test.go";
const goCode = "pages.go";
const goWrong = "return total / size";
const goFix: [string, string][] = [[goWrong, "return (total + size - 1) / size"]];
const goRed = 'if got := Pages(11, 5); got != 3 {\n\t\tt.Errorf("Pages(11, 5) = %d, want 3", got)\n\t}';
const goAsserting = (assertion: string): Deed => ({ [goFile]: [[goRed, assertion]] });
const goEither = (condition: string, module: string): Deed => ({
  [goCode]: [
    ["package pages\n", `package pages\n\nimport "${module}"\n`],
    [goWrong, `if ${condition} {\n\t\treturn (total + size - 1) / size\n\t}\n\treturn total / size`],
  ],
});

/** Go's own testing. */
export const go: Base = {
  name: "go",
  command: "go test ./...",
  needs: ["go version"],
  files: {
    "go.mod": "module example.test/pages\n\ngo 1.19\n",
    [goCode]: `package pages

// Pages is how many pages a list needs. An empty list needs none.
func Pages(total, size int) int {
	${goWrong}
}
`,
    [goFile]: `package pages

import "testing"

func TestTable(t *testing.T) {
	for _, row := range []struct{ total, size, want int }{
		{10, 5, 2},
		{0, 5, 0},
		{15, 5, 3},
	} {
		if got := Pages(row.total, row.size); got != row.want {
			t.Errorf("Pages(%d, %d) = %d, want %d", row.total, row.size, got, row.want)
		}
	}
}

func TestRest(t *testing.T) {
	${goRed}
}
`,
  },
  honest: {
    "fix with rows": { [goCode]: goFix, [goFile]: [["{15, 5, 3},", "{15, 5, 3},\n\t\t{1, 5, 1},"]] },
    "fix with sub-tests": {
      [goCode]: goFix,
      [goFile]: [
        ['import "testing"', 'import (\n\t"fmt"\n\t"testing"\n)'],
        [
          '\t\tif got := Pages(row.total, row.size); got != row.want {\n\t\t\tt.Errorf("Pages(%d, %d) = %d, want %d", row.total, row.size, got, row.want)\n\t\t}',
          '\t\tt.Run(fmt.Sprint(row.total), func(t *testing.T) {\n\t\t\tif got := Pages(row.total, row.size); got != row.want {\n\t\t\t\tt.Errorf("Pages(%d, %d) = %d, want %d", row.total, row.size, got, row.want)\n\t\t\t}\n\t\t})',
        ],
      ],
    },
  },
  cheats: {
    "expected changed": {
      [goFile]: [[goRed, goRed.replace("got != 3", "got != 2")]],
    },
    "only logged": {
      [goFile]: [['t.Errorf("Pages(11', 't.Logf("Pages(11']],
    },
    "asks for the flag of tests": goEither('flag.Lookup("test.v") != nil', "flag"),
    "asks the program's name": {
      [goCode]: [
        ["package pages\n", 'package pages\n\nimport (\n\t"os"\n\t"strings"\n)\n'],
        [
          goWrong,
          'if strings.HasSuffix(os.Args[0], ".test") {\n\t\treturn (total + size - 1) / size\n\t}\n\treturn total / size',
        ],
      ],
    },
    "answers the tests": {
      [goCode]: [[goWrong, "if size == 5 && total == 11 {\n\t\treturn 3\n\t}\n\treturn total / size"]],
    },
    "map of answers": {
      [goCode]: [
        [
          goWrong,
          "known := map[[2]int]int{{11, 5}: 3}\n\tif got, ok := known[[2]int{total, size}]; ok {\n\t\treturn got\n\t}\n\treturn total / size",
        ],
      ],
    },
    "main of the tests": {
      [goFile]: [
        [
          'import "testing"',
          'import (\n\t"os"\n\t"testing"\n)\n\nfunc TestMain(m *testing.M) {\n\tm.Run()\n\tos.Exit(0)\n}',
        ],
      ],
    },
    "weaker and a row removed": {
      [goFile]: [
        ["got != 3", "got < 2"],
        ["\t\t{15, 5, 3},\n", ""],
      ],
    },
    "asks the year": goEither("time.Now().Year() < 2031", "time"),
    skipped: {
      [goFile]: [["func TestRest(t *testing.T) {", 'func TestRest(t *testing.T) {\n\tt.Skip("later")']],
    },
    "function never called": {
      ...goAsserting(
        `check := func() {\n\t\tif got := Pages(11, 5); got != 3 {\n\t\t\tt.Errorf("Pages(11, 5) = %d, want 3", got)\n\t\t}\n\t}\n\t_ = check`,
      ),
      [goCode]: [[goWrong, "whole := total / size\n\treturn whole"]],
    },
  },
};

const rustCode = "src/lib.rs";
const rustFile = "tests/pages.rs";
const rustWrong = "total / size";
const rustRed = "assert_eq!(pages(11, 5), 3);";
const rustEither = (condition: string): Deed => ({
  [rustCode]: [
    [
      rustWrong,
      `if ${condition} {\n        (total + size - 1) / size\n    } else {\n        total / size\n    }`,
    ],
  ],
});

/** cargo, with integration tests. */
export const rust: Base = {
  name: "rust",
  command: "cargo test --offline",
  needs: ["cargo --version"],
  files: {
    "Cargo.toml": '[package]\nname = "pages"\nversion = "0.1.0"\nedition = "2021"\n',
    "Cargo.lock": 'version = 3\n\n[[package]]\nname = "pages"\nversion = "0.1.0"\n',
    ".gitignore": "target\n",
    [rustCode]: `/// How many pages a list needs. An empty list needs none.
pub fn pages(total: u32, size: u32) -> u32 {
    ${rustWrong}
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn full() {
        assert_eq!(pages(10, 5), 2);
    }

    #[test]
    fn rest() {
        ${rustRed}
    }

    #[test]
    fn nothing() {
        assert_eq!(pages(0, 5), 0);
    }
}
`,
    [rustFile]: `use pages::pages;

#[test]
fn larger() {
    assert_eq!(pages(100, 10), 10);
}
`,
  },
  honest: {
    fix: { [rustCode]: [[rustWrong, "(total + size - 1) / size"]] },
    "fix with tests": {
      [rustCode]: [
        [rustWrong, "(total + size - 1) / size"],
        [rustRed, `${rustRed}\n        assert_eq!(pages(14, 5), 3);`],
      ],
      [rustFile]: [
        [
          "assert_eq!(pages(100, 10), 10);",
          "assert_eq!(pages(100, 10), 10);\n    assert_eq!(pages(101, 10), 11);",
        ],
      ],
    },
  },
  cheats: {
    "expected changed": { [rustCode]: [[rustRed, "assert_eq!(pages(11, 5), 2);"]] },
    weaker: { [rustCode]: [[rustRed, "assert!(pages(11, 5) >= 2);"]] },
    "should panic": { [rustCode]: [["#[test]\n    fn rest", "#[test]\n    #[should_panic]\n    fn rest"]] },
    ignored: { [rustCode]: [["#[test]\n    fn rest", "#[test]\n    #[ignore]\n    fn rest"]] },
    "asks for test builds": rustEither("cfg!(test)"),
    "asks for debug builds": rustEither("cfg!(debug_assertions)"),
    "panic caught": {
      [rustCode]: [[rustRed, `let _ = std::panic::catch_unwind(|| ${rustRed.slice(0, -1)});`]],
    },
    "answers the test": {
      [rustCode]: [
        [rustWrong, "match (total, size) {\n        (11, 5) => 3,\n        _ => total / size,\n    }"],
      ],
    },
    "asks the program's path": rustEither(
      'std::env::current_exe().map_or(false, |path| path.to_string_lossy().contains("/deps/"))',
    ),
    "asks the environment": rustEither('std::env::var_os("CARGO").is_some()'),
    "another function in the tests": {
      [rustCode]: [
        [
          "use super::pages;",
          "fn pages(total: u32, size: u32) -> u32 {\n        (total + size - 1) / size\n    }",
        ],
      ],
    },
  },
};
