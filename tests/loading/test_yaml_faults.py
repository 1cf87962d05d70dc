"""What the reader says about a text that is not YAML, by libyaml and by PyYAML alike."""

import pytest
import yaml

from natodata.errors import DataError, Problem
from natodata.loading.strict_yaml import read
from natodata.loading.yaml_faults import (
    cut,
    excerpt,
    fault,
    invisible,
    kind_of,
    offset_of,
    place_of,
    position_of,
    start_of,
    syntax_error,
)

pytestmark = pytest.mark.filterwarnings("ignore::natodata.errors.SlowParserWarning")

STARTS = "quotes around a text that starts with this character"
COLON = 'quotes around a text with ": " in it, or other indentation'
CLOSING = "a closing quote for this text"
BELOW = "nothing behind a closing quote or bracket, and keys or dashes below one another"
ITEM = 'a list to start on a line of its own, each item with "- "'
ESCAPE = r"an escape such as \" or \\ or \n in double quotes"
AFTER_KEY = '": " after this key, or quotes around a text of two lines'
COMMA = '"," or "{}" here, or quotes around a text with a bracket or "?" in it'

MISTAKES = {
    "unquoted colon": ("a: Iraq: training", (1, 8, COLON, "': training'")),
    "deeper key": ("a: b\n  c: d", (2, 4, COLON, "': d'")),
    "at sign": ("a: @b", (1, 4, STARTS, "'@b'")),
    "backtick": ("a: `b", (1, 4, STARTS, "'`b'")),
    "per cent": ("a: %b", (1, 4, STARTS, "'%b'")),
    "closing bracket": ("a: ]b", (1, 4, STARTS, "']b'")),
    "asterisk": ("a: *\nb: c", (1, 5, STARTS, "the end of the line")),
    "ampersand": ("a: & b", (1, 5, STARTS, "' b'")),
    "question mark": ("a: ? b", (1, 4, STARTS, "'? b'")),
    "open quote": ("a: 'b\nc: d\n", (1, 4, CLOSING, '"\'b"')),
    "open double quote": ('a: "b\n', (1, 4, CLOSING, "'\"b'")),
    "marker in a quote": ("a: 'b\n---\nc'", (1, 4, CLOSING, '"\'b"')),
    "line without colon": ("a: b\nc\nd: e", (3, 1, AFTER_KEY, "'d: e'")),
    "list on the line of its key": ("a: - b", (1, 4, ITEM, "'- b'")),
    "open bracket": ("a: [b\nc: d", (2, 2, COMMA.format("]"), "': d'")),
    "open brace": ("a: {b: c\nd: e", (2, 2, COMMA.format("}"), "': e'")),
    "shallower key": ("a:\n  b: c\n d: e", (3, 2, BELOW, "'d: e'")),
    "text behind a quote": ("a: 'b' c", (1, 8, BELOW, "'c'")),
    "item among keys": ("a: b\n- c", (2, 1, BELOW, "'- c'")),
    "key among items": ("a:\n  - b\n  c: d", (3, 3, BELOW, "'c: d'")),
    "second root": ("{a: b}\nc", (2, 1, "nothing behind the root mapping", "'c'")),
    "unknown prefix": (
        "a: !x!y b",
        (1, 4, "no tag: the schema says what a text means", "'!x!y b'"),
    ),
}
LOADERS = [name for name in ("CSafeLoader", "SafeLoader") if hasattr(yaml, name)]


@pytest.fixture(params=LOADERS)
def loader(request, monkeypatch):
    """Run a test with each parser that PyYAML has here."""
    if request.param == "SafeLoader":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    return request.param


def refused(text):
    """Return line, column, what was expected and what was found in the one problem of a text."""
    with pytest.raises(DataError) as caught:
        read(text.encode(), "f.yaml")
    (problem,) = caught.value.problems
    return problem.line, problem.column, problem.expected, problem.got


class TestSyntaxError:
    """`syntax_error` says how to mend the common mistakes, and shows the place."""

    @pytest.mark.usefixtures("loader")
    @pytest.mark.parametrize(("text", "problem"), MISTAKES.values(), ids=list(MISTAKES))
    def test_named_mistake(self, text, problem):
        """Both parsers lead to the same words at the same place."""
        assert problem == refused(text)

    @pytest.mark.parametrize(
        ("text", "fast", "slow"),
        [
            (r'a: "\q"', (1, 5, ESCAPE, "'\\\\q\"'"), (1, 6, ESCAPE, "'q\"'")),
            (r'a: "\x4"', (1, 7, ESCAPE, "'4\"'"), (1, 7, ESCAPE, "'4\"'")),
            (
                "a: |x",
                (1, 5, "YAML", "'x': did not find expected comment or line break"),
                (1, 5, "YAML", "'x': expected chomping or indentation indicators, but found 'x'"),
            ),
            (
                "a: |0\n  b",
                (1, 5, "YAML", "'0': found an indentation indicator equal to 0"),
                (
                    1,
                    5,
                    "YAML",
                    "'0': expected indentation indicator in the range 1-9, but found 0",
                ),
            ),
        ],
    )
    def test_words_of_the_parser(self, text, fast, slow, loader):
        """Where the parsers differ, or the mistake is a rare one, their own words are shown."""
        assert (fast if loader == "CSafeLoader" else slow) == refused(text)

    def test_without_words(self):
        """A parser that gives no reason is excused."""
        mark = yaml.Mark("f", 2, 0, 2, "a: b", 2)
        (problem,) = syntax_error(yaml.MarkedYAMLError(problem_mark=mark), "a: b", "f").problems

        assert ("YAML", "' b': a syntax error") == (problem.expected, problem.got)


class TestFault:
    """`fault` makes an error of one problem."""

    def test_one_problem(self):
        """The place and the two texts arrive in the problem; record and path stay empty."""
        expected = (Problem("f", 2, 3, "", "", "this", "that"),)
        assert expected == fault("f", (2, 3), "this", "that").problems


class TestInvisible:
    """`invisible` names a refused character."""

    def test_names(self):
        """A tab has its own advice; others have their code point."""
        assert "a tab" == invisible("\t")[1]
        assert "U+202E" == invisible("\u202e")[1]


class TestKindOf:
    """`kind_of` says what a value is."""

    def test_kinds(self):
        """Texts are shown, lists and mappings named, aliases shown with their sign."""
        events = yaml.parse("{a: '', b: [*c]}", Loader=yaml.SafeLoader)
        shown = [kind_of(event) for event in events if isinstance(event, yaml.NodeEvent)]
        assert ["a mapping", "the text 'a'", "nothing", "the text 'b'", "a list", "*c"] == shown


class TestCut:
    """`cut` shortens a text."""

    def test_lengths(self):
        """Forty characters are shown whole, and no more."""
        assert repr("x" * 40) == cut("x" * 40)
        assert repr("x" * 40 + "…") == cut("x" * 41)


class TestExcerpt:
    """`excerpt` shows what stands at an offset."""

    @pytest.mark.parametrize(
        ("at", "shown"),
        [(0, "'ab'"), (1, "'b'"), (2, "the end of the line"), (4, "the end of the file")],
    )
    def test_rest_of_line(self, at, shown):
        """It ends with the line, and says so where nothing is left."""
        assert shown == excerpt("ab\nc\n", at)

    def test_length(self):
        """It is never longer than forty characters."""
        assert repr("x" * 40) == excerpt("x" * 50, 5)


class TestPlaceOf:
    """`place_of` counts lines and columns."""

    def test_counts_from_one(self):
        """Both are counted from 1, columns in characters."""
        places = [(1, 1), (1, 2), (2, 1), (3, 1), (3, 2)]
        assert places == [place_of("é\n\nb", at) for at in range(5)]


class TestMarks:
    """`start_of`, `position_of` and `offset_of` read PyYAML's marks."""

    def test_with_and_without(self):
        """Marks are counted from 0; a missing one stands for the beginning of the file."""
        scalar = list(yaml.parse("é:\n  b", Loader=yaml.SafeLoader))[4]
        assert (2, 3) == start_of(scalar) == position_of(scalar.start_mark)
        assert 5 == offset_of(scalar.start_mark)
        assert (1, 1) == start_of(None) == position_of(None)
        assert 0 == offset_of(None)
