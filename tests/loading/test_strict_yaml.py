"""The strict reader: every scalar is text, and what could be misread is refused at its place."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from natodata.errors import BadArgument, DataError, SlowParserWarning
from natodata.loading.strict_yaml import (
    DEFAULT_LIMITS,
    LONGEST_CHAIN,
    Limits,
    checked_limits,
    locate,
    locate_key,
    positions,
    read,
    source_text,
    steps,
)

pytestmark = pytest.mark.filterwarnings("ignore::natodata.errors.SlowParserWarning")

LOADERS = [name for name in ("CSafeLoader", "SafeLoader") if hasattr(yaml, name)]

PLACES = b"""\
# Two places.
places:
  - id: kabul
    names: [Kabul, "K\xc3\xa4bul"]
  - {id: mons, country: {code: BEL}}
kinds: []
"""


@pytest.fixture(params=LOADERS, autouse=True)
def loader(request, monkeypatch):
    """Run every test with each parser that PyYAML has here."""
    if request.param == "SafeLoader":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    return request.param


def refused(text, limits=DEFAULT_LIMITS):
    """Return line, column, what was expected and what was found in the one problem of a text."""
    with pytest.raises(DataError) as caught:
        read(text if isinstance(text, bytes) else text.encode(), "f.yaml", limits)
    (problem,) = caught.value.problems
    assert ("f.yaml", "", "", "") == (
        problem.file,
        problem.record,
        problem.path,
        problem.suggestion,
    )
    return problem.line, problem.column, problem.expected, problem.got


class TestRead:
    """`read` returns texts in lists and mappings, and nothing else."""

    @pytest.mark.parametrize(
        "text",
        ["NO", "no", "on", "y", "true", "2003", "2003-08-11", "2003-02-30", "0123", "1_000", "=",
         "+32", "12:30:45", "1e3", "1.10", ".inf", "-5", "nil", "a#b", "a:b", "it's", "?x"],
    )  # fmt: skip
    def test_plain_text_is_kept(self, text):
        """No plain text is taken for a boolean, a number or a date."""
        assert {"a": text, "b": [text], text: "c"} == read(
            f"a: {text}\nb:\n  - {text}\n{text}: c\n".encode(), "f"
        )

    @pytest.mark.parametrize(
        ("written", "text"),
        [
            ('""', ""),
            ("''", ""),
            ('"null"', "null"),
            ("'~'", "~"),
            ('"<<"', "<<"),
            ("'it''s # so: x'", "it's # so: x"),
            (r'"\ttab\n\"x\" \\x00 \xe9 \u00a0"', '\ttab\n"x" \\x00 é \u00a0'),
            ("one\n  two", "one two"),
            (">-\n  one\n  two # three\n\n  four", "one two # three\nfour"),
            ("|\n  one # two\n  # three\n", "one # two\n# three\n"),
            ("|\n", ""),
            ('"one\n  # two"', "one # two"),
            ("https://example.org/#c", "https://example.org/#c"),
        ],
    )
    def test_written_text_is_undone(self, written, text):
        """Quotes, escapes and folding are undone; a number sign in a text is no comment."""
        assert {"a": text, "b": "c"} == read(f"a: {written}\nb: c\n".encode(), "f")

    def test_nested(self):
        """Lists and mappings nest in both styles, and keep the order of the file."""
        text = b"b:\n- [x, [y]]\n- {k: {l: m}, j: []}\n- - z\n  - {}\na:\n  c: d\n"
        expected = {
            "b": [["x", ["y"]], {"k": {"l": "m"}, "j": []}, ["z", {}]],
            "a": {"c": "d"},
        }
        assert json.dumps(expected) == json.dumps(read(text, "f"))

    def test_same_key_in_other_mappings(self):
        """A key may come again in another mapping, and inside its own value."""
        assert {"a": {"a": [{"a": "1"}, {"a": "2"}]}} == read(b"a: {a: [{a: 1}, {a: 2}]}", "f")

    def test_comments_and_markers(self):
        """Comments on lines of their own, a document marker and Windows line ends are fine."""
        text = b"# one\r\n---\r\na:\r\n    # two: [x\r\n  - b\r\n# 'three' # x\r\n...\r\n"
        assert {"a": ["b"]} == read(text, "f")

    def test_empty_mapping(self):
        """An empty mapping is a file without collections."""
        assert {} == read(b"{}\n", "f")

    @given(
        st.recursive(
            st.text("ab é#:,'\"\\\n", max_size=8),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner),
            max_leaves=8,
        )
    )
    def test_json_is_read_alike(self, node):
        """A JSON file of texts is strict YAML and reads as the same tree."""
        tree = {"root": node}
        for name in LOADERS:
            with pytest.MonkeyPatch.context() as patch:
                if name == "SafeLoader":
                    patch.delattr(yaml, "CSafeLoader", raising=False)
                assert tree == read(json.dumps(tree, ensure_ascii=False).encode(), "f")

    def test_warns_without_libyaml(self, loader):
        """Only the slow parser is worth a warning, and it names the caller."""
        if loader == "CSafeLoader":
            read(b"a: b", "f")
            return
        with pytest.warns(SlowParserWarning, match="no libyaml") as caught:
            read(b"a: b", "f")
        assert [__file__] == [warning.filename for warning in caught]

    def test_indented_comments(self):
        """A comment on a line of its own may be indented, whatever stands above it."""
        assert {"a": "b"} == read(b"\n # c\na: b", "f")
        assert {"a": "x # y", "b": {"c": "d"}} == read(b"a: 'x # y'\nb:\n  # e\n  c: d", "f")

    def test_words_of_the_warning(self, monkeypatch):
        """The warning says what is missing, and what that costs."""
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
        with pytest.warns(SlowParserWarning) as caught:
            read(b"a: b", "f")
        expected = "PyYAML has no libyaml here, so reading YAML takes about ten times as long"
        assert [expected] == [str(warning.message) for warning in caught]

    def test_builds_no_nodes(self):
        """Only events are used: nothing of PyYAML stays in what is returned."""
        tree = read(PLACES, "f")
        assert dict is type(tree)
        assert {"BEL"} == set(tree["places"][1]["country"].values())
        assert {str} == {type(key) for key in tree["places"][0]}


ONCE = "each key once in a mapping"
NO_ALIAS = "no alias: write the value out"
NO_ANCHOR = "no anchor: write the value out where it is needed"
NO_TAG = "no tag: the schema says what a text means"
NO_MERGE = "no merge key: write the values out"
A_VALUE = "a value: leave the field out where there is none, or quote the text"
ROOT = "a mapping as the root of the file"
VISIBLE = "characters that a reviewer can see"
SPACES = r"spaces (\t in double quotes, where a text needs it)"
OWN_LINE = 'a comment on a line of its own, or quotes around a text with " #" in it'
NO_BOM = ("UTF-8 without a byte-order mark", "a byte-order mark")


REFUSED = {
    "duplicate key": ("a: 1\nb: 2\na: 3", (3, 1, ONCE, "'a' again")),
    "duplicate key in flow": ("a: {b: 1, b: 2}", (1, 11, ONCE, "'b' again")),
    "duplicate key in quotes": ("a: 1\n'a': 3", (2, 1, ONCE, "'a' again")),
    "duplicate collection": ("a: [1]\na: [2]", (2, 1, ONCE, "'a' again")),
    "long duplicate key": (
        f"{'a' * 50}: 1\n{'a' * 50}: 2",
        (2, 1, ONCE, f"'{'a' * 40}…' again"),
    ),
    "alias": ("a: [*x]", (1, 5, NO_ALIAS, "*x")),
    "alias as key": ("? *x\n: b", (1, 3, NO_ALIAS, "*x")),
    "alias as root": ("*x", (1, 1, ROOT, "*x")),
    "anchor of a text": ("a: &x b", (1, 4, NO_ANCHOR, "&x")),
    "anchor of a list": ("a: &x [b]", (1, 4, NO_ANCHOR, "&x")),
    "anchor of a key": ("&x a: b", (1, 1, NO_ANCHOR, "&x")),
    "anchor of the root": ("&x\na: b", (1, 1, NO_ANCHOR, "&x")),
    "merge key": ("a:\n  <<: {b: c}", (2, 3, NO_MERGE, "<<")),
    "merge sign as value": ("a: <<", (1, 4, NO_MERGE, "<<")),
    "standard tag": ("a: !!str b", (1, 4, NO_TAG, "tag:yaml.org,2002:str")),
    "python tag": (
        "a: !!python/object/apply:os.system [b]",
        (1, 4, NO_TAG, "tag:yaml.org,2002:python/object/apply:os.system"),
    ),
    "own tag": ("a: !x {b: c}", (1, 4, NO_TAG, "!x")),
    "bare tag": ("a: ! b", (1, 4, NO_TAG, "!")),
    "tag of a key": ("!x a: b", (1, 1, NO_TAG, "!x")),
    "tag of the root": ("!x\na: b", (1, 1, NO_TAG, "!x")),
    "second document": ("a: b\n---\nc: d", (2, 1, "one document in a file", "a second one")),
    "YAML directive": ("%YAML 1.2\n---\na: b", (1, 1, "no directive", "'%YAML 1.2'")),
    "TAG directive": (
        "# é\n%TAG ! x:\n---\na: b",
        (2, 1, "no directive", "'%TAG ! x:'"),
    ),
    "two directives": ("%X\n%Y\n---\na: b", (1, 1, "no directive", "'%X'")),
    "unknown directive": ("%X\n---\na: b", (1, 1, "no directive", "'%X'")),
    "tab indentation": ("a:\n\tb: c", (2, 1, SPACES, "a tab")),
    "tab behind a colon": ("a:\tb", (1, 3, SPACES, "a tab")),
    "tab in a text": ("a: 'b\tc'", (1, 6, SPACES, "a tab")),
    "bad UTF-8": ("é: b\né: é".encode() + b"\xff", (2, 5, "UTF-8", "byte 0xff at offset 12")),
    "cut UTF-8": (b"a: \xc3", (1, 4, "UTF-8", "byte 0xc3 at offset 3")),
    "surrogate in UTF-8": (b"a: \xed\xa0\x80", (1, 4, "UTF-8", "byte 0xed at offset 3")),
    "NUL": (b"a: b\nc: \0", (2, 4, VISIBLE, "U+0000")),
    "bell": (b"a: \x07", (1, 4, VISIBLE, "U+0007")),
    "delete": (b"a: \x7f", (1, 4, VISIBLE, "U+007F")),
    "carriage return alone": (b"a: b\rc: d", (1, 5, VISIBLE, "U+000D")),
    "next line": ("a: b\x85c", (1, 5, VISIBLE, "U+0085")),
    "line separator": ("a: b\u2028c", (1, 5, VISIBLE, "U+2028")),
    "right-to-left override": ("a: \u202eb", (1, 4, VISIBLE, "U+202E")),
    "byte-order mark inside": ("a: \ufeffb", (1, 4, VISIBLE, "U+FEFF")),
    "UTF-8 byte-order mark": ("\ufeffa: b", (1, 1, *NO_BOM)),
    "UTF-16 little end": ("\ufeffa: b".encode("utf-16-le"), (1, 1, *NO_BOM)),
    "UTF-16 big end": ("\ufeffa: b".encode("utf-16-be"), (1, 1, *NO_BOM)),
    "UTF-32 little end": ("\ufeffa: b".encode("utf-32-le"), (1, 1, *NO_BOM)),
    "UTF-32 big end": ("\ufeffa: b".encode("utf-32-be"), (1, 1, *NO_BOM)),
    "UTF-16 without mark": ("a: b".encode("utf-16-le"), (1, 2, VISIBLE, "U+0000")),
    "escaped NUL": (r'a: "b\0"', (1, 4, VISIBLE, "an escape for U+0000")),
    "escaped line separator": (r'a: "b\L"', (1, 4, VISIBLE, "an escape for U+2028")),
    "escaped key": (r'"\e": b', (1, 1, VISIBLE, "an escape for U+001B")),
    "empty file": ("", (1, 1, "a mapping", "an empty file")),
    "only comments": ("# a\n\n# b\n", (1, 1, "a mapping", "an empty file")),
    "only a marker": ("---\n", (2, 1, ROOT, "nothing")),
    "root is a list": ("# a\n- b", (2, 1, ROOT, "a list")),
    "root is a text": ("b c", (1, 1, ROOT, "the text 'b c'")),
    "list as key": ("a: {[b]: c}", (1, 5, "a text as key", "a list")),
    "mapping as key": ("? {b: c}\n: d", (1, 3, "a text as key", "a mapping")),
    "nothing": ("a:\nb: c", (1, 3, A_VALUE, "nothing")),
    "nothing in a list": ("a:\n  -\n  - b", (2, 4, A_VALUE, "nothing")),
    "nothing as key": ("?\n: b", (1, 2, A_VALUE, "nothing")),
    "key without value in flow": ("a: {b}", (1, 6, A_VALUE, "nothing")),
    "tilde": ("a: ~", (1, 4, A_VALUE, "'~'")),
    "null": ("a: [null]", (1, 5, A_VALUE, "'null'")),
    "Null": ("a: Null", (1, 4, A_VALUE, "'Null'")),
    "NULL": ("a: NULL", (1, 4, A_VALUE, "'NULL'")),
    "null as key": ("null: a", (1, 1, A_VALUE, "'null'")),
    "comment behind a text": ("a: NATO #1", (1, 9, OWN_LINE, "'#1'")),
    "comment behind a key": ("a: # b\n  c: d", (1, 4, OWN_LINE, "'# b'")),
    "comment behind a dash": ("a:\n  - # b\n    c", (2, 5, OWN_LINE, "'# b'")),
    "comment behind a dash at the margin": ("a:\n- # b\n  c", (2, 3, OWN_LINE, "'# b'")),
    "comment behind one letter": ("a:\n  X # b", (2, 5, OWN_LINE, "'# b'")),
    "comment behind a wide space": ("a:\n  \u00a0 # b", (2, 5, OWN_LINE, "'# b'")),
    "comment behind a quote": ('a: "x # y" # z\nb: c', (1, 12, OWN_LINE, "'# z'")),
    "comment touching a quote": ("a: 'x'#y", (1, 7, OWN_LINE, "'#y'")),
    "comment behind a comma": ("a: [x,#y\n  z]", (1, 7, OWN_LINE, "'#y'")),
    "comment behind a bracket": ("a: {b: c} # d", (1, 11, OWN_LINE, "'# d'")),
    "comment on the head of a block": ("a: |- # b\n  c # d", (1, 7, OWN_LINE, "'# b'")),
    "comment on the head of a later block": (
        "a: b\nc: > # d\n  e # f",
        (2, 6, OWN_LINE, "'# d'"),
    ),
    "comment behind the last text": ("a: 'x # y'\nb: c # d", (2, 6, OWN_LINE, "'# d'")),
}


class TestReadRefuses:
    """`read` gives exactly one problem, with its place, for whatever is not strict."""

    @pytest.mark.parametrize(("text", "problem"), REFUSED.values(), ids=list(REFUSED))
    def test_named_case(self, text, problem):
        """Each hostile or careless file has one clear problem at its place."""
        assert problem == refused(text)

    @given(
        st.binary(max_size=40)
        | st.text("ab:-#[]{}&*!|>'\"%?,~ \n\t\\é", max_size=40).map(str.encode)
    )
    def test_anything_else(self, text):
        """Any bytes at all give a mapping or a `DataError` with one problem."""
        for name in LOADERS:
            with pytest.MonkeyPatch.context() as patch:
                if name == "SafeLoader":
                    patch.delattr(yaml, "CSafeLoader", raising=False)
                try:
                    assert dict is type(read(text, "f"))
                except DataError as error:
                    assert 1 == len(error.problems)  # noqa: PT017 -- either outcome is right

    def test_lone_surrogate(self, loader):
        """Half a surrogate pair is refused, as no escape or as an invisible text."""
        expected = {
            "CSafeLoader": (
                1,
                7,
                r"an escape such as \" or \\ or \n in double quotes",
                "'d800\"'",
            ),
            "SafeLoader": (1, 4, VISIBLE, "an escape for U+D800"),
        }
        assert expected[loader] == refused(r'a: "\ud800"')


class TestLimits:
    """A file over a bound is refused as soon as that is seen; one at the bound is read."""

    @pytest.fixture
    def events(self, loader, monkeypatch):
        """Count the events that the parser is asked for."""
        count = []
        base = getattr(yaml, loader)

        def get_event(self):
            count.append(None)
            return base.get_event(self)

        monkeypatch.setattr(yaml, loader, type("Counting", (base,), {"get_event": get_event}))
        return count

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("a: " + "[" * 100_000, (1, 27)),
            ("{a: " * 100_000, (1, 97)),
            ("a: " + "[" * 100_000 + "]" * 100_000, (1, 27)),
            ("a:\n" + "".join(" " * depth + "-\n" for depth in range(1, 300)), (25, 25)),
        ],
        ids=["brackets", "braces", "closed brackets", "dashes"],
    )
    def test_deep_nesting(self, text, place, events):
        """Deep nesting is refused at the first level too many, with the rest not yet parsed."""
        assert (*place, "at most 24 lists and mappings in one another", "one more") == refused(
            text
        )
        assert len(events) < 60

    def test_depth_at_the_bound(self):
        """The root counts as the first level."""
        text = b"a: " + b"[" * 23 + b"]" * 23
        assert "a" in read(text, "f")
        assert refused(b"a: [[]]", Limits(depth=2))[:2] == (1, 5)
        assert refused(b"a: {}", Limits(depth=1))[:2] == (1, 4)

    def test_large_file(self, events):
        """A file over the size bound is refused before it is decoded or parsed."""
        text = b"\xff" * 30_000_000
        expected = (0, 0, "at most 8388608 bytes", "30000000 bytes")
        assert expected == refused(text)
        assert [] == events
        assert {"a": "b"} == read(b"a: b", "f", Limits(file_bytes=4))
        assert (0, 0, "at most 3 bytes", "4 bytes") == refused(b"a: b", Limits(file_bytes=3))

    def test_long_text(self):
        """A text may be as long as the bound, as a value or a key, and no longer."""
        longest = "x" * 100_000
        assert {"a": longest} == read(f"a: {longest}".encode(), "f")
        expected = (1, 4, "at most 100000 characters", "100001 characters")
        assert expected == refused(f"a: {longest}x")
        expected = (1, 1, "at most 2 characters", "3 characters")
        assert expected == refused("abc: d", Limits(scalar_chars=2))

    @pytest.mark.parametrize(
        ("text", "column"), [("a: [b, c, d]", 11), ("a: [[], [], []]", 13), ("a: [b, {c: d}]", 9)]
    )
    def test_many_nodes(self, text, column, events):
        """Keys, texts, lists and mappings count together, the root too."""
        expected = (1, column, "at most 5 keys and values in a file", "one more")
        assert expected == refused(text, Limits(nodes=5))
        assert len(events) < 16
        assert expected == refused(text, Limits(nodes=5, scalar_chars=1))
        assert read(text.encode(), "f", Limits(nodes=7))

    def test_list_too_many(self):
        """A list has no characters of its own, however few a text may have."""
        expected = (1, 4, "at most 2 keys and values in a file", "one more")
        assert expected == refused("a: [[]]", Limits(nodes=2, scalar_chars=1, depth=2))


class TestCheckedLimits:
    """`checked_limits`: whole numbers from 1 on."""

    def test_good(self):
        """Good ones come back."""
        limits = Limits(depth=1, chain=LONGEST_CHAIN)

        assert limits is checked_limits(limits)
        assert DEFAULT_LIMITS is checked_limits(DEFAULT_LIMITS)

    @pytest.mark.parametrize(
        ("limits", "message"),
        [
            (None, r"expected natodata\.Limits\(\.\.\.\), got None"),
            ((1, 2, 3, 4), r"expected natodata\.Limits"),
            (Limits(depth=0), "expected depth as a whole number from 1 on, got 0"),
            (Limits(nodes=-1), "expected nodes as a whole number from 1 on, got -1"),
            (Limits(file_bytes="9"), "expected file_bytes as a whole number from 1 on, got '9'"),
            (Limits(records=1.5), "expected records as a whole number"),
            (Limits(faults=True), "expected faults as a whole number"),
            (Limits(chain=81), "expected chain up to 80, got 81"),
        ],
    )
    def test_bad(self, limits, message):
        """Others are refused."""
        with pytest.raises(BadArgument, match=message):
            checked_limits(limits)


class TestSourceText:
    """`source_text` decodes a file and makes its line ends one."""

    def test_line_ends(self):
        """Windows line ends become plain ones."""
        assert "a: é\nb: c\n" == source_text("a: é\r\nb: c\n".encode(), "f")


class TestSteps:
    """`steps` walks through a document in order."""

    def test_paths_and_places(self):
        """Keys and values come with path, style, position and the text they span."""
        source = "a:\n  - b: [c]\n    'd': e f\n"
        assert [
            ((), False, True, False, (1, 1), ""),
            (("a",), True, False, True, (1, 1), "a"),
            (("a",), False, True, False, (2, 3), ""),
            (("a", 0), False, True, False, (2, 5), ""),
            (("a", 0, "b"), True, False, True, (2, 5), "b"),
            (("a", 0, "b"), False, False, False, (2, 8), "["),
            (("a", 0, "b", 0), False, False, True, (2, 9), "c"),
            (("a", 0, "d"), True, False, True, (3, 5), "'d'"),
            (("a", 0, "d"), False, False, True, (3, 10), "e f"),
        ] == [(*step[:5], source[step.start : step.end]) for step in steps(source)]


class TestPositions:
    """`positions` finds many paths in one pass."""

    def test_values_keys_and_missing(self):
        """Each path has its own position, a missing one that of the nearest value around it."""
        paths = [
            (),
            ("places",),
            ("places", 0),
            ("places", 0, "names"),
            ("places", 0, "names", 1),
            ("places", 0, "names", 2),
            ("places", 1, "country", "code"),
            ("places", 1, "country", "code", "x", 5),
            ("places", 7, "id"),
            ("kinds", 0),
            ("none", "at", "all"),
        ]
        values = [(2, 1), (3, 3), (3, 5), (4, 12), (4, 20), (4, 12)]
        values += [(5, 32), (5, 32), (3, 3), (6, 8), (2, 1)]
        assert dict(zip(paths, values, strict=True)) == positions(PLACES, paths)
        keys = [(2, 1), (2, 1), (3, 5), (4, 5), (4, 20), (4, 5)]
        keys += [(5, 26), (5, 26), (2, 1), (6, 1), (2, 1)]
        assert dict(zip(paths, keys, strict=True)) == positions(PLACES, paths, of_keys=True)

    def test_no_paths(self):
        """Nothing asked, nothing found."""
        assert {} == positions(PLACES, [])

    def test_file_over_the_default_bound(self):
        """A file that was read under wider limits can be searched, too."""
        text = b"#" * DEFAULT_LIMITS.file_bytes + b"\na: b"
        assert {("a",): (2, 4)} == positions(text, [("a",)])


class TestLocate:
    """`locate` finds the value at one path."""

    def test_value(self):
        """The path may be any sequence."""
        assert (4, 20) == locate(PLACES, ["places", 0, "names", 1])


class TestLocateKey:
    """`locate_key` finds the key of the value at one path."""

    def test_key(self):
        """A key of a mapping is found, for an item of a list its value."""
        assert (5, 16) == locate_key(PLACES, ["places", 1, "country"])
        assert (5, 5) == locate_key(PLACES, ["places", 1])
