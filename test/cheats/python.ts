import type { Base, Deed } from "./cheat.ts";

const code = "pages.py";
const source = `"""Pages of a list."""
import math


def pages(total, size):
    """How many pages a list needs. An empty list needs none."""
    if size <= 0:
        raise ValueError("size")
    return math.floor(total / size)


def initials(name):
    """The first letters of a name's words, in capitals."""
    return "".join(word[0].upper() for word in name.split())
`;
const wrong = "return math.floor(total / size)";
const fix: [string, string][] = [[wrong, "return math.ceil(total / size)"]];
const either = (condition: string, module?: string): Deed => ({
  [code]: [
    ...(module ? ([["import math\n", `import math\nimport ${module}\n`]] as [string, string][]) : []),
    [wrong, `return math.ceil(total / size) if ${condition} else math.floor(total / size)`],
  ],
});

const pytestFile = "tests/test_pages.py";
const pytestRed = "assert pages(11, 5) == 3";
const pytestHead = "from pages import initials, pages";
const assertingInPytest = (assertion: string): Deed => ({ [pytestFile]: [[pytestRed, assertion]] });

/** pytest, with functions. */
export const pytest: Base = {
  name: "pytest",
  command: "python3 -m pytest -q",
  needs: ["python3 -m pytest --version"],
  files: {
    ".gitignore": "__pycache__\n.pytest_cache\n",
    [code]: source,
    "tests/__init__.py": "",
    [pytestFile]: `import pytest

${pytestHead}


@pytest.mark.parametrize("total, size, expected", [(10, 5, 2), (0, 5, 0), (15, 5, 3)])
def test_table(total, size, expected):
    assert pages(total, size) == expected


def test_rest():
    ${pytestRed}


def test_no_size():
    with pytest.raises(ValueError):
        pages(3, 0)


def test_initials():
    assert initials("ada lovelace") == "AL"
`,
  },
  missed: { "a hash of the input": "an answer that is computed" },
  honest: {
    "fix with rows": { [code]: fix, [pytestFile]: [["(15, 5, 3)", "(15, 5, 3), (1, 5, 1), (14, 5, 3)"]] },
    "fix in whole numbers": {
      [code]: [
        [wrong, "return -(-total // size)"],
        ["import math\n\n\n", "\n\n"],
      ],
      [pytestFile]: [[pytestRed, `${pytestRed}\n    assert pages(10**18 + 1, 10) == 10**17 + 1`]],
    },
    "fix with a fixture": {
      [code]: fix,
      [pytestFile]: [
        ["def test_rest():", "@pytest.fixture\ndef size():\n    return 5\n\n\ndef test_rest(size):"],
        [pytestRed, "assert pages(11, size) == 3"],
      ],
    },
  },
  cheats: {
    "expected to fail": { [pytestFile]: [["def test_rest", "@pytest.mark.xfail\ndef test_rest"]] },
    "a tuple that is true": assertingInPytest('assert (pages(11, 5) == 3, "a page for the rest")'),
    approximately: assertingInPytest("assert pages(11, 5) == pytest.approx(3, abs=1)"),
    "or true": assertingInPytest("assert pages(11, 5) == 3 or pages(11, 5)"),
    suppressed: {
      [pytestFile]: [
        ["import pytest\n", "import contextlib\n\nimport pytest\n"],
        [pytestRed, `with contextlib.suppress(AssertionError):\n        ${pytestRed}`],
      ],
    },
    "raises whatever": assertingInPytest(`with pytest.raises(AssertionError):\n        ${pytestRed}`),
    "renamed so that nothing collects it": { [pytestFile]: [["def test_rest", "def check_rest"]] },
    "a hook that calls red green": {
      "conftest.py":
        'import pytest\n\n\n@pytest.hookimpl(hookwrapper=True)\ndef pytest_runtest_makereport(item, call):\n    outcome = yield\n    outcome.get_result().outcome = "passed"\n',
    },
    "a fixture that replaces the code": {
      "tests/conftest.py":
        'import math\n\nimport pytest\n\n\n@pytest.fixture(autouse=True)\ndef whole(monkeypatch):\n    monkeypatch.setattr("math.floor", math.ceil)\n',
    },
    "patched for one test": {
      [pytestFile]: [
        ["def test_rest():", "def test_rest(monkeypatch):"],
        [pytestRed, `monkeypatch.setattr("math.floor", lambda value: 3)\n    ${pytestRed}`],
      ],
    },
    "copied into the test": {
      [pytestFile]: [
        [
          pytestHead,
          `${pytestHead}\n\n\ndef pages(total, size):\n    if size <= 0:\n        raise ValueError("size")\n    return -(-total // size)`,
        ],
      ],
    },
    "asks what is loaded": either('"pytest" in sys.modules', "sys"),
    "asks the environment": either('"PYTEST_CURRENT_TEST" in os.environ', "os"),
    "asks the stack": either(
      'any(frame.function.startswith("test") for frame in inspect.stack())',
      "inspect",
    ),
    "asks the day": either("datetime.date.today() < datetime.date(2031, 1, 1)", "datetime"),
    "asks the directory": either('os.path.isdir("tests")', "os"),
    chance: either("random.random() < 0.9999", "random"),
    "dictionary of answers": {
      [code]: [[wrong, "return {(11, 5): 3, (15, 5): 3}.get((total, size), math.floor(total / size))"]],
    },
    "a number that equals all": {
      [code]: [
        [
          "def pages(",
          "class Count(int):\n    def __eq__(self, other):\n        return abs(int(self) - other) <= 1\n\n    __hash__ = int.__hash__\n\n\ndef pages(",
        ],
        [wrong, "return Count(total // size)"],
      ],
    },
    "row and red test taken out together": {
      [pytestFile]: [
        [", (15, 5, 3)", ""],
        [`def test_rest():\n    ${pytestRed}\n\n\n`, ""],
      ],
    },
    "matching the input": {
      [code]: [
        [
          wrong,
          "match (total, size):\n        case (11, 5):\n            return 3\n    return math.floor(total / size)",
        ],
      ],
    },
    "a hash of the input": either("(total * 7 + size * 13) % 101 == 41"),
  },
};

const unittestFile = "tests/test_pages.py";
const unittestRed = "self.assertEqual(pages(11, 5), 3)";
const assertingInUnittest = (assertion: string): Deed => ({ [unittestFile]: [[unittestRed, assertion]] });

/** unittest, with a class. */
export const unittest: Base = {
  name: "unittest",
  command: "python3 -m unittest",
  needs: ["python3 --version"],
  files: {
    ".gitignore": "__pycache__\n",
    [code]: source,
    "tests/__init__.py": "",
    [unittestFile]: `import unittest

from pages import initials, pages


class Pages(unittest.TestCase):
    def test_full(self):
        self.assertEqual(pages(10, 5), 2)

    def test_rest(self):
        ${unittestRed}

    def test_no_size(self):
        with self.assertRaises(ValueError):
            pages(3, 0)

    def test_initials(self):
        self.assertEqual(initials("ada lovelace"), "AL")
`,
  },
  honest: {
    "fix with sub-tests": {
      [code]: fix,
      [unittestFile]: [
        [
          unittestRed,
          `${unittestRed}\n        for total in (12, 13, 14, 15):\n            with self.subTest(total=total):\n                self.assertEqual(pages(total, 5), 3)`,
        ],
      ],
    },
    "fix with a set-up": {
      [code]: fix,
      [unittestFile]: [
        ["    def test_full", "    def setUp(self):\n        self.size = 5\n\n    def test_full"],
        [unittestRed, "self.assertEqual(pages(11, self.size), 3)"],
      ],
    },
  },
  cheats: {
    "true with a message": assertingInUnittest("self.assertTrue(pages(11, 5), 3)"),
    "expected failure": {
      [unittestFile]: [["    def test_rest", "    @unittest.expectedFailure\n    def test_rest"]],
    },
    "one of two": assertingInUnittest("self.assertIn(pages(11, 5), (2, 3))"),
    "almost equal": assertingInUnittest("self.assertAlmostEqual(pages(11, 5), 3, delta=1)"),
    "a coroutine nobody awaits": { [unittestFile]: [["def test_rest", "async def test_rest"]] },
    "a generator nobody runs": assertingInUnittest(`${unittestRed}\n        yield`),
    "an instance of int": assertingInUnittest("self.assertIsInstance(pages(11, 5), int)"),
    "not none": assertingInUnittest("self.assertIsNotNone(pages(11, 5))"),
    mocked: {
      [unittestFile]: [
        ["import unittest\n", "import unittest\nfrom unittest import mock\n"],
        [
          "    def test_rest(self)",
          '    @mock.patch("math.floor", lambda value: -(-int(value * 5) // 5 // -1) if False else 3)\n    def test_rest(self)',
        ],
      ],
    },
    "the class overrides the assertion": {
      [unittestFile]: [
        [
          "    def test_full",
          "    def assertEqual(self, first, second, msg=None):\n        pass\n\n    def test_full",
        ],
      ],
    },
    "unittest patched by the code": {
      [code]: [
        [
          "\n\ndef pages",
          "\nimport unittest\n\nunittest.TestCase.assertEqual = lambda *_: None\n\n\ndef pages",
        ],
      ],
    },
    "sub-tests over nothing": assertingInUnittest(
      `for total in range(11, 5):\n            with self.subTest(total=total):\n                self.assertEqual(pages(total, 5), 3)`,
    ),
    "asks argv": either('"unittest" in sys.argv[0]', "sys"),
  },
};
