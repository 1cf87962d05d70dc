"""The canonical form: read back exactly, written once, and with every comment in its place."""

from textwrap import dedent

import pytest
import yaml
from hypothesis import given, reject
from hypothesis import strategies as st

from natodata.errors import BadArgument, DataError
from natodata.loading.canonical import FOLD, LONGEST_KEY, WIDTH, dump, reformat
from natodata.loading.strict_yaml import NOT_PLAIN, REFUSED_IN_VALUE, read

awkward = st.sampled_from(
    [
        *sorted(NOT_PLAIN),
        *(
            "-",
            "- a",
            "-a",
            "-5",
            "-5: a",
            "--- a",
            "...",
            "..",
            "?",
            "? a",
            ":",
            ": a",
            "a:",
            "a :b",
        ),
        *("#", "# a", "a #b", "a#b", "a: b", "a,b", "[a]", "{a: b}", "&a", "*a", "!a", "|", ">-"),
        *(
            "%a",
            "@a",
            "`a",
            "'a'",
            '"a"',
            "it's",
            'say "a"',
            "a\\b",
            " a",
            "a ",
            "  ",
            "=",
            "\u00a0a",
        ),
        *("a\nb", "a\n", "\n", "\n\n", "a\n\n\nb\n", "a\n b", " a\nb", "a \nb", "\ta", "a\tb\nc"),
        *(
            "no",
            "0123",
            "1:30",
            "2003-08",
            "https://example.org/a?b=c#d",
            "naïve",
            "حلف",
            "🕊 dove",
        ),
        *("word " * 40 + "end", "word  " * 40, "a: b # " * 30, "word\t" * 40, "line\n" * 9),
    ]
)
refused = "".join(filter(REFUSED_IN_VALUE.match, map(chr, range(0x10000))))
texts = st.one_of(
    awkward,
    st.lists(awkward, max_size=4).map(" ".join),
    st.text(st.characters(exclude_characters=refused), max_size=60),
)
nodes = st.recursive(
    texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
trees = st.dictionaries(texts, nodes, max_size=4)

word = st.text("abcdefgh", min_size=1, max_size=20)
phrases = st.recursive(
    st.lists(word, min_size=1, max_size=40).map(" ".join),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(word, inner, max_size=4),
    max_leaves=8,
)


def round_trip(tree):
    """Return what is read after a tree was written."""
    return read(dump(tree).encode(), "canonical.yaml")


def in_order(node):
    """Return a tree as pairs, so that the order of keys counts in a comparison."""
    if isinstance(node, dict):
        return [(key, in_order(child)) for key, child in node.items()]
    return [in_order(child) for child in node] if isinstance(node, list) else node


@st.composite
def commented_files(draw):
    """A data file in some style of writing, with comments and blank lines anywhere they may be."""
    tree = draw(trees)
    width = draw(st.integers(20, 120))
    style = draw(st.sampled_from([None, False, True]))
    text = draw(
        st.sampled_from(
            [
                dump(tree),
                yaml.dump(
                    tree,
                    Dumper=yaml.CSafeDumper,
                    sort_keys=False,
                    allow_unicode=True,
                    width=width,
                    default_flow_style=style,
                ),
            ]
        )
    )
    lines = []
    for number, line in enumerate(text.split("\n")):
        indent = " " * draw(st.integers(0, 6))
        lines += draw(
            st.sampled_from([[], [], [], [""], [f"{indent}#c{number}"], [f"#c{number}", "", "#d"]])
        )
        lines.append(line)
    return "\n".join(lines).encode()


class TestDump:
    """`dump` writes a tree so that it is read back exactly, in one form."""

    @given(trees)
    def test_what_is_written_is_read_back(self, tree):
        """Every tree of visible texts survives, keys in the same order."""
        assert in_order(tree) == in_order(round_trip(tree))

    @given(trees)
    def test_pure_python_reads_the_same(self, tree):
        """PyYAML's own parser reads the canonical form as libyaml does."""
        text = dump(tree)
        loaded = yaml.load(text, Loader=type("Texts", (yaml.BaseLoader,), {}))  # noqa: S506
        assert tree == loaded

    @given(trees)
    def test_canonical_form_is_a_fixed_point(self, tree):
        """Reformatting what was dumped changes nothing."""
        assert dump(tree) == reformat(dump(tree).encode(), "canonical.yaml")

    def test_full_line(self):
        """A list stands on one line as long as that is no wider than it may be."""
        full, wider = ({"a": ["x", "y" * (WIDTH - 8 + more)]} for more in (0, 1))

        assert f"a: [x, {'y' * (WIDTH - 8)}]\n" == dump(full)
        assert f"a:\n  - x\n  - {'y' * (WIDTH - 7)}\n" == dump(wider)

    @pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u3000"])
    def test_other_spaces(self, space):
        """A text is broken at plain spaces only: others are part of what it says."""
        tree = {"note": f"about{space}550 " * 40 + "end"}

        assert tree == round_trip(tree)

    def test_layout_of_a_record(self):
        """A record too long for a line is a block; what fits on a line stands on one."""
        citation = {"source": "argano-2020", "at": "section 3, paragraph 5"}
        first = {
            "id": "nmi",
            "hosts": ["IRQ", "NO"],
            "combat": "false",
            "latitude": "-33.30",
            "held": {"value": "jfc-naples", "period": "2018-07/.."},
            "milestones": [
                {"kind": "extended", "date": "2021-02"},
                {"kind": "announced-launched", "date": "2018-07", "citations": [citation] * 2},
            ],
            "citations": [citation | {"backs": ["kind", "combat"]}],
            "aliases": [],
            "other": {},
        }
        expected = """\
            operations:
              - id: nmi
                hosts: [IRQ, NO]
                combat: false
                latitude: -33.30
                held: {value: jfc-naples, period: 2018-07/..}
                milestones:
                  - {kind: extended, date: 2021-02}
                  - kind: announced-launched
                    date: 2018-07
                    citations:
                      - {source: argano-2020, at: "section 3, paragraph 5"}
                      - {source: argano-2020, at: "section 3, paragraph 5"}
                citations:
                  - {source: argano-2020, at: "section 3, paragraph 5", backs: [kind, combat]}
                aliases: []
                other: {}
            """
        assert dedent(expected) == dump({"operations": [first]})

    def test_blank_lines_between_records(self):
        """Long records stand apart; one-line records follow one another."""
        long = {"id": "a", "name": "word " * 20 + "end", "kind": "x"}
        short = {"id": "b"}
        written = dump({"a": [long, short, short, long], "b": "c", "d": "e"})
        expected = """\
            a:
              - id: a
                name: >-
                  NAME
                kind: x

              - {id: b}
              - {id: b}

              - id: a
                name: >-
                  NAME
                kind: x

            b: c
            d: e
            """
        shown = written.replace("word " * 17 + "word\n" + " " * 6 + "word word end", "NAME")
        assert dedent(expected) == shown

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("NO", "NO"),
            ("0123", "0123"),
            ("-5", "-5"),
            ("2018-07/..", "2018-07/.."),
            ("a#b", "a#b"),
            ("it's", "it's"),
            ("", '""'),
            ("null", '"null"'),
            ("<<", '"<<"'),
            ("-a", '"-a"'),
            ("...", '"..."'),
            ("a: b", '"a: b"'),
            ("a:", '"a:"'),
            ("a #b", '"a #b"'),
            ("a ", '"a "'),
            (" a", '" a"'),
            ('say "a" \\ b: c', '"say \\"a\\" \\\\ b: c"'),
            ("a\tb", '"a\\tb"'),
            ("a \nb", '"a \\nb"'),
            ("AX", "AX"),
            ("a\u00a0", "a\u00a0"),
            ("a\n\n", '"a\\n\\n"'),
            ("a\nb", "|-\n  a\n  b"),
            ("a\n\nb\n", "|\n  a\n\n  b"),
        ],
    )
    def test_quotes_only_where_needed(self, text, written):
        """A text stands plain unless YAML, or the reader's rules, would take it otherwise."""
        assert f"a: {written}\n" == dump({"a": text})

    @pytest.mark.parametrize("text", ["a, b", "a?b", "[a", "a}"])
    def test_brackets_need_more_quotes(self, text):
        """Between brackets, what YAML uses there is quoted as well."""
        assert f'a: ["{text}"]\n' == dump({"a": [text]})
        if text != "[a":
            assert f"a: {text}\n" == dump({"a": text})

    @given(st.dictionaries(word, phrases, max_size=4))
    def test_lines_are_short(self, tree):
        """Where every text can be folded, no line is longer than the width."""
        assert all(len(line) <= WIDTH for line in dump(tree).split("\n"))

    def test_folded_lines_use_the_width(self):
        """Folded text is filled up to its width, and a long word stands alone."""
        lines = dump({"a": "ab " * 60 + "x" * 120 + " z"}).split("\n")
        assert ["a: >-", "  z", ""] == [lines[0], *lines[4:]]
        assert [2 + 31 * 3 - 1, 2 + 29 * 3 - 1, 2 + 120] == [len(line) for line in lines[1:4]]
        assert FOLD - 3 < len(lines[1]) <= FOLD

    def test_where_folded_lines_break(self):
        """One long word is not folded, two are, and a line may be just as long as it may be."""
        assert f"a: {'x' * 120}\n" == dump({"a": "x" * 120})
        assert f"a: >-\n  {'x' * 60}\n  {'y' * 60}\n" == dump({"a": f"{'x' * 60} {'y' * 60}"})
        line = f"a: {'x' * 48} {'y' * (WIDTH - 52)}"
        assert f"{line}\n" == dump({"a": line[3:]})
        full = f"{'x' * (FOLD - 13)} {'y' * 10}"
        assert f"a: >-\n  {full}\n  zzz\n" == dump({"a": f"{full} zzz"})

    def test_lists_in_lists(self):
        """The dashes of lists in lists share a line."""
        long = "x" * 60
        assert f"a:\n  - - {long}\n    - {long}\n" == dump({"a": [[long, long]]})

    def test_empty_tree(self):
        """A file without collections is an empty mapping."""
        assert dump({}) == "{}\n"

    @pytest.mark.parametrize(
        ("tree", "message"),
        [
            ({"a": [None]}, r"expected a text, list or dict at \('a', 0\), got None"),
            ({"a": {1: "b"}}, r"expected keys of at most 1000 characters at \('a',\), got 1"),
            ({"x" * LONGEST_KEY + "y": "b"}, "expected keys of at most 1000 characters"),
            ({"a": "b\x00"}, r"expected visible characters at \('a',\), got '\\x00'"),
            ({"a\u2028": "b"}, r"expected visible characters at \(\), got '\\u2028'"),
            ({"a": {"\u2028": "b"}}, r"expected visible characters at \('a',\), got '\\u2028'"),
            ({"a": "\ud800"}, r"expected visible characters at \('a',\), got '\\ud800'"),
        ],
    )
    def test_what_cannot_be_read_is_not_written(self, tree, message):
        """Whatever `read` could not give back is an error that names its place."""
        with pytest.raises(BadArgument, match=message):
            dump(tree)

    def test_longest_key(self):
        """The longest key that may be written is read back."""
        tree = {"x" * LONGEST_KEY: "b", "a": {"#" * (LONGEST_KEY - 2): ["c"]}}
        assert tree == round_trip(tree)


class TestReformat:
    """`reformat` gives a file its canonical form and keeps its comments."""

    @given(commented_files())
    def test_comments_and_values_survive(self, text):
        """A file keeps its values and each comment; a second run changes nothing."""
        try:
            tree = read(text, "any.yaml")
        except DataError:
            reject()  # a comment fell between the lines of a plain text, where YAML has none
        written = reformat(text, "any.yaml")
        assert in_order(tree) == in_order(read(written.encode(), "any.yaml"))
        assert text.decode().count("#") == written.count("#")
        assert written == reformat(written.encode(), "any.yaml")

    @given(trees, st.permutations(["a", "b", "c"]))
    def test_order_of_fields(self, tree, order):
        """Named fields come first in the order asked for, the others stay as they were."""
        record = {"c": "1", "x": tree, "a": "2", "w": "3"}
        written = reformat(
            dump({"r": [record, "text"]}).encode(), "f", {"r": order, "none": ["a"]}
        )
        first, text = read(written.encode(), "f")["r"]
        assert [key for key in order if key != "b"] + ["x", "w"] == list(first)
        assert [record, "text"] == [first, text]

    def test_order_leaves_what_is_no_collection(self):
        """An order for something that is no list of records changes nothing."""
        text = "a: {y: 1, x: 2}\n"
        assert text == reformat(text.encode(), "f", {"a": ["x", "y"]})

    def test_every_comment_stays_above_its_value(self):
        """Comments keep their place through new indents, another order and lost brackets."""
        text = """\
            # Licence.

            #  The operations.
            operations:
            # First.
            - name: 'NATO Mission Iraq'
              # The id.
              id: nmi
              # Below the key.
              aims:
                # Above the aim.
                - "train"
              hosts: [
                IRQ,
                # In brackets.
                KWT   ]
            -
              # Behind a dash.
              id: kfor
              text: |
                # no comment
                x
              # Behind a text.
              more: "a
            # no comment either

              b"
            # Above a record.

            - {id: isaf}
            events:
            # At the end.

            # Of the file.

              []

            # Behind all.


            # Really.

            """
        expected = """\
            # Licence.

            #  The operations.
            operations:
              # First.
              # The id.
              - id: nmi
                name: NATO Mission Iraq
                # Below the key.
                aims:
                  # Above the aim.
                  - train
                hosts:
                  - IRQ
                  # In brackets.
                  - KWT

              # Behind a dash.
              - id: kfor
                text: |
                  # no comment
                  x
                # Behind a text.
                more: |-
                  a # no comment either
                  b

              # Above a record.

              - {id: isaf}

            # At the end.

            # Of the file.

            events: []

            # Behind all.

            # Really.
            """
        written = reformat(dedent(text).encode(), "f", {"operations": ["id", "name"]})
        assert dedent(expected) == written

    def test_windows_line_ends(self):
        """Line ends of Windows become those of the canonical form, in comments too."""
        assert "# a\n\nb: c\n" == reformat(b"# a  \r\n\r\nb: c\r\n", "f")

    @pytest.mark.parametrize("comment", ["# X", "# a\u00a0"])
    def test_end_of_a_comment(self, comment):
        """Only plain spaces are cut from the end of a comment."""
        assert f"{comment}\na: b\n" == reformat(f"{comment}  \na: b\n".encode(), "f")

    def test_comment_at_the_margin(self):
        """A comment that follows a text of several lines at once is no line of it."""
        assert "a: |\n  x\n\n# c\nb: d\n" == reformat(b"a: |\n  x\n# c\nb: d\n", "f")

    def test_comment_beside_an_empty_root(self):
        """A file that holds only a comment and an empty mapping keeps both."""
        assert "{}\n\n# a\n" == reformat(b"# a\n{}\n", "f")

    def test_faulty_file(self):
        """A file that is not strict YAML is refused with its name and line."""
        with pytest.raises(DataError, match=r"f\.yaml:2:1: expected each key once"):
            reformat(b"a: b\na: c\n", "f.yaml")
