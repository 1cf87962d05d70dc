"""Checked loads: a whole valid dataset, or one error that lists everything."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import SMALL, all_fields, fields_of, load, refused

from natodata.dates import PartialDate
from natodata.errors import BadArgument, DataError
from natodata.loading.catalogue import (
    CLASS_OF,
    Catalogue,
    DatasetNotes,
    compile_snapshot,
    from_snapshot,
)
from natodata.loading.checking import load_files, load_paths
from natodata.loading.strict_yaml import DEFAULT_LIMITS, Limits
from natodata.store import Store

LINES = SMALL.splitlines()

TOPIC = "topics: [{id: a, name: A}]\n"

HOSTILE = {
    "duplicate key": (b"topics:\n  - id: a\n    id: b\n", 3, "each key once in a mapping"),
    "duplicate id": (
        TOPIC.encode() + b"places: [{id: a, name: A, kind: sea}]",
        2,
        "an id of its own",
    ),
    "unknown field": (b"topics: [{id: a, name: A, nmae: B}]", 1, "a field of Topic"),
    "unknown collection": (b"operatoins: []", 1, "the name of a collection"),
    "wrong code": (b"places: [{id: a, name: A, kind: town}]", 1, "one of city, base"),
    "wrong type": (b"topics: [{id: a, name: [A]}]", 1, "a text"),
    "text for a list": (b"people: [{id: a, name: A, aliases: B}]", 1, "a list"),
    "dangling reference": (b"topics: [{id: a, name: A, broader: b}]", 1, "the id of a Topic"),
    "circular reference": (
        b"topics:\n  - {id: a, name: A, broader: b}\n  - {id: b, name: B, broader: a}\n",
        3,
        "references without a circle",
    ),
    "impossible date": (
        b"meetings: [{id: a, name: A, kind: summit, date: 2001-02-30}]",
        1,
        "a day from 1 to 28 in 2001-02",
    ),
    "alias": (b"topics: [*x]", 1, "no alias"),
    "anchor": (b"topics: &x []", 1, "no anchor"),
    "merge key": (b"topics: [{<<: {id: a}}]", 1, "no merge key"),
    "tag": (b"topics: !!python/object:os.system []", 1, "no tag"),
    "second document": (b"topics: []\n---\ntopics: []\n", 2, "one document in a file"),
    "tab": (b"topics:\n\t- id: a\n", 2, "spaces"),
    "bad UTF-8": (b"topics: [{id: a, name: \xff}]", 1, "UTF-8"),
    "NUL": (b"topics: [{id: a, name: \x00}]", 1, "characters that a reviewer can see"),
    "brackets": (b"topics: " + b"[" * 100_000, 1, "at most 24 lists and mappings"),
    "braces": (b"topics: " + b"{a: " * 100_000, 1, "at most 24 lists and mappings"),
    "large file": (b"topics: [{id: a, name: " + b"x" * 30_000_000, 0, "at most 8388608 bytes"),
    "large text": (b"topics: [{id: a, name: " + b"x" * 200_000 + b"}]", 1, "at most 100000 char"),
    "empty file": (b"", 1, "a mapping"),
    "only a comment": (b"# nothing\n", 1, "a mapping"),
    "a list": (b"- a\n", 1, "a mapping as the root of the file"),
}


def chain(length, *, reverse=False, letter="t"):
    """Return topics of which each is part of the one before; ids are a letter and a number."""
    rows = [
        f"  - {{id: {letter}{number}, name: T"
        + (f", broader: {letter}{number - 1}" if number else "")
        + "}"
        for number in range(length)
    ]
    return "topics:\n" + "\n".join(reversed(rows) if reverse else rows) + "\n"


class TestHostileInput:
    """Whatever a file holds, there is one clean error and no dataset."""

    @pytest.mark.parametrize(("content", "line", "expected"), HOSTILE.values(), ids=HOSTILE)
    def test_one_error(self, content, line, expected):
        """The first problem stands at its line and says what was expected there."""
        with pytest.raises(DataError) as caught:
            load_files([("x.yaml", content)])
        (problem,) = caught.value.problems

        assert ("x.yaml", line) == (problem.file, problem.line)
        assert problem.expected.startswith(expected)
        assert len(str(caught.value)) < 1000

    @pytest.mark.parametrize(("content", "line", "expected"), HOSTILE.values(), ids=HOSTILE)
    def test_nothing_half_loaded(self, tmp_path, content, line, expected):
        """A failed addition leaves what was there as it was."""
        base = load(SMALL)
        before = all_fields(base)
        (tmp_path / "a.yaml").write_text("topics: [{id: new, name: New}]\n", encoding="utf-8")
        (tmp_path / "b.yaml").write_bytes(content)
        with pytest.raises(DataError):
            load_paths([tmp_path], base)

        assert before == all_fields(base)
        assert all("new" not in trees for trees in base.trees.values())

    @pytest.mark.parametrize(
        ("path", "expected", "got"),
        [
            ("missing.yaml", "a file that can be read", "no such file or directory"),
            ("", "a folder with .yaml files", "none in it"),
        ],
    )
    def test_nothing_to_read(self, tmp_path, path, expected, got):
        """A missing file and a folder without YAML are told by name."""
        with pytest.raises(DataError) as caught:
            load_paths([tmp_path / path])
        (problem,) = caught.value.problems

        assert (expected, got) == (problem.expected, problem.got)
        assert (tmp_path / path).as_posix() == problem.file

    def test_all_problems_of_all_files(self, tmp_path):
        """Files that cannot be read or parsed and records that are wrong are listed at once."""
        (tmp_path / "a.yaml").write_text("topics: [{id: a, name: A, broader: x}]\n")
        (tmp_path / "b.yaml").write_text("topics: *b\n")
        (tmp_path / "c.yaml").write_text("topics:\n  - {id: c, nmae: C}\n")
        with pytest.raises(DataError) as caught:
            load_paths([tmp_path, tmp_path / "d.yaml"])
        places = [problem[:3] for problem in caught.value.problems]

        assert [
            ((tmp_path / "a.yaml").as_posix(), 1, 36),
            ((tmp_path / "b.yaml").as_posix(), 1, 9),
            ((tmp_path / "c.yaml").as_posix(), 2, 5),
            ((tmp_path / "c.yaml").as_posix(), 2, 13),
            ((tmp_path / "d.yaml").as_posix(), 0, 0),
        ] == places

    def test_whole_message(self):
        """File, line, column, record, path, expected, got, suggestion: nothing is missing."""
        text = SMALL.replace("measure: ships\n", "measure: shisp\n")
        line = 1 + next(i for i, each in enumerate(text.splitlines()) if "shisp" in each)
        (problem,) = refused(text)

        assert problem.startswith(
            f"small.yaml:{line}:18: calm: figures[1].measure: expected one of"
        )
        assert problem.endswith(", got 'shisp' (did you mean 'ships'?)")

    def test_dangling_reference(self):
        """A reference that is nearly right is recognised, among ids of the right type only."""
        text = SMALL.replace("predecessors: [courses]", "predecessors: [cuorses]")
        expected = (
            "calm: predecessors[0]: expected the id of an Operation or Programme, got 'cuorses' "
            "(did you mean 'courses'?)"
        )

        assert expected == refused(text)[0].split(": ", 1)[1]

    def test_reference_of_the_wrong_type(self):
        """A reference to what cannot stand there says what it found."""
        text = SMALL.replace("hosts: [IRQ, NOR]", "hosts: [IRQ, oslo]")
        expected = "calm: hosts[1]: expected the id of a Country, got 'oslo', which is a Place"

        assert expected == refused(text)[0].split(": ", 1)[1]

    def test_what_refers_to_a_faulty_record(self):
        """A fault is told where it is, and not again by all that refer to it."""
        text = SMALL.replace("name: Oslo\n", "name: []\n")

        assert 1 == len(refused(text))

    def test_what_names_a_faulty_record_in_a_list(self):
        """What is wrong with a record's citations is not told of those that list it."""
        text = """
        sources: [{id: s, title: S, source_class: press, extent: full}]
        countries: [{id: AAA, name: A, citations: [{source: s, backs: [nme]}]}]
        operations: [{id: op, name: Op, kind: support, admitted_by: others, hosts: [AAA]}]
        """
        (problem,) = refused(text)

        assert ": AAA: citations[0].backs[0]: " in problem

    def test_what_refers_to_a_faulty_record_without_an_id(self):
        """The same for a record that has no id itself."""
        text = "topics: [{name: A, broader: b}, {id: b, name: []}]"

        assert 2 == len(refused(text))

    @pytest.mark.parametrize("number", [5, 3000])
    def test_very_many_faults(self, number):
        """A file full of mistakes is given up after a thousand, and the message says so."""
        rows = "".join(f"  - {{id: p{row}, name: P, kind: x}}\n" for row in range(number))
        with pytest.raises(DataError) as caught:
            load(f"places:\n{rows}")
        error = caught.value

        assert (min(number, 1000), number == 5) == (len(error.problems), error.complete)

    def test_very_many_faults_without_ids(self):
        """The same for records without an id of their own."""
        rows = "".join("  - {name: P}\n" for _ in range(3000))
        with pytest.raises(DataError) as caught:
            load(f"topics:\n{rows}")

        assert not caught.value.complete

    @pytest.mark.parametrize("identifier", ["id: op, ", ""])
    def test_very_many_faults_in_a_record(self, identifier):
        """So is a record that is full of them, whether it has an id or not."""
        tasks = ", ".join("{area: x, modality: y}" for _ in range(50))
        with pytest.raises(DataError) as caught:
            load(f"operations: [{{{identifier}tasks: [{tasks}]}}]", limits=Limits(faults=9))

        assert (9, False) == (len(caught.value.problems), caught.value.complete)


class TestGivenLimits:
    """Limits other than the usual ones."""

    def test_chain(self):
        """References that follow one another can be fewer or more."""
        assert "t80" in load(chain(81), limits=Limits(chain=80)).records
        (problem,) = refused(chain(4), limits=Limits(chain=2))
        assert "expected at most 2 references one after the other" in problem

    def test_faults(self):
        """So can faults that are looked for, and those that the message lists."""
        rows = "".join(f"  - {{id: p{row}, name: P, kind: x}}\n" for row in range(30))
        with pytest.raises(DataError) as caught:
            load(f"places:\n{rows}", limits=Limits(faults=20, listed=3))
        message = str(caught.value)

        assert (20, False) == (len(caught.value.problems), caught.value.complete)
        (problem,) = refused(f"places:\n{rows}nothing: []", limits=Limits(faults=1))
        assert "expected the name of a collection, got 'nothing'" in problem
        assert message.startswith("at least 20 problems in the data\n")
        assert 3 == message.count("(did you mean") + message.count("expected one of")
        assert message.endswith("… and 17 more")

    @pytest.mark.parametrize(
        "text",
        [
            "people: [{id: a, name: A, aliases: [{}, {}, {}, {}, {}]}]",
            "people: [{id: a, name: A, b: x, c: x, d: x, e: x}]",
            "people: [{id: a, b: x, name: []}, {id: c, name: []}]",
            "people: [{name: [], b: x, c: x}, {name: []}]",
            "people: [{id: a, name: []}]\ndataset: {current_to: x}",
            "operatoins: []\npeple: []",
        ],
    )
    def test_within_a_record(self, text):
        """Nor are more looked for within one record, or of the dataset itself."""
        with pytest.raises(DataError) as caught:
            load(text, limits=Limits(faults=2))

        assert (2, False) == (len(caught.value.problems), caught.value.complete)

    def test_rules(self):
        """So it is where records are held to the rules for facts."""
        text = "people: [{id: a, name: A}, {id: b, name: B}, {id: c, name: C}]"
        with pytest.raises(DataError) as caught:
            load(text, limits=Limits(faults=2), integrity=True)

        assert 2 == len(caught.value.problems)

    def test_rules_of_files(self, tmp_path):
        """Files are held to the rules where that is asked for."""
        file = tmp_path / "a.yaml"
        file.write_text("people: [{id: a, name: A}]", encoding="utf-8")

        assert "a" in load_paths([file]).records
        with pytest.raises(DataError, match="a citation that backs 'name'"):
            load_paths([file], integrity=True)

    def test_large_files(self, tmp_path):
        """Files larger than usual are read where that is asked for."""
        file = tmp_path / "a.yaml"
        file.write_text(f"topics: []\n# {'x' * DEFAULT_LIMITS.file_bytes}\n", encoding="utf-8")

        assert {} == load_paths([file], limits=Limits(file_bytes=2**24)).records
        with pytest.raises(DataError, match="at most 8388608 bytes"):
            load_paths([file])

    def test_unread(self, tmp_path):
        """Paths that cannot be read count as well."""
        paths = [tmp_path / f"{number}.yaml" for number in range(3)]
        with pytest.raises(DataError) as caught:
            load_paths(paths, limits=Limits(faults=2))

        assert 2 == len(caught.value.problems)

    @pytest.mark.parametrize("limits", [{"depth": 3}, 7, (1, 2)])
    def test_no_limits(self, limits):
        """What is no `Limits` is refused."""
        with pytest.raises(BadArgument, match=r"expected natodata\.Limits\(\.\.\.\), got "):
            load_paths([], limits=limits)
        with pytest.raises(BadArgument):
            load("topics: []", limits=limits)


class TestBackwards:
    """A record that ends before it begins."""

    TEXT = (
        "sources: [{id: s, title: S, source_class: press, extent: full}]\n"
        "countries:\n  - id: ATL\n    name: Atlantis\n    milestones:\n"
        "      - {kind: ended, date: 1001, citations: [{source: s}]}\n"
        "      - {kind: established, date: 1991, citations: [{source: s}]}\n"
    )

    def test_refused(self):
        """It is refused, because no question about its time would have an answer."""
        (problem,) = refused(self.TEXT)

        expected = "ATL: milestones: expected an end not before the start 1991, got 1001"
        assert problem.endswith(expected)
        assert "small.yaml:6:7: " in problem

    def test_in_doubt(self):
        """What may have ended after it began is not."""
        assert "ATL" in load(self.TEXT.replace("1001", "1990~")).records


class TestChains:
    """References may follow one another, but not for ever."""

    @pytest.mark.parametrize("reverse", [False, True])
    def test_long_enough(self, reverse):
        """Fifty references follow one another, whatever the order in the file."""
        catalogue = load(chain(51, reverse=reverse))
        again = Store(Catalogue(catalogue.trees, {}, catalogue.notes)).record("t50")

        assert "t49" == again.broader.id

    @pytest.mark.parametrize("reverse", [False, True])
    def test_too_long(self, reverse):
        """One more is refused, whatever the order in the file."""
        (problem,) = refused(chain(52, reverse=reverse))

        assert "expected at most 50 references one after the other, got more, to t" in problem

    @pytest.mark.parametrize("reverse", [False, True])
    def test_from_the_middle(self, reverse):
        """What has been made already counts as much as what has not."""
        rows = chain(52).splitlines()[1:]
        middle = [*rows[30:], *reversed(rows[:30])] if reverse else [*rows[20:], *rows[:20]]

        assert 1 == len(refused("topics:\n" + "\n".join(middle)))

    @pytest.mark.parametrize(("length", "reverse"), [(100_000, False), (20_000, True)])
    def test_absurd(self, length, reverse):
        """A hundred thousand give a clean error, and never one of the interpreter's stack."""
        with pytest.raises(DataError) as caught:
            load(chain(length, reverse=reverse))

        assert {True} == {"at most 50" in problem.expected for problem in caught.value.problems}

    def test_through_what_was_there(self):
        """A chain may not grow too long by an addition either."""
        base = load(chain(51))

        assert 1 == len(refused("topics: [{id: x, name: X, broader: t50}]", base))
        assert "x" in load("topics: [{id: x, name: X, broader: t49}]", base).records

    def test_through_a_patch(self):
        """Nor may a patch lengthen the chains of what refers to the patched record."""
        text = f"{chain(41, letter='u')}patches:\n  - {{id: t0, "
        base = load(chain(41))
        (problem,) = refused(f"{text}set: {{broader: u40}}}}\n", base)

        assert "t0: expected at most 50 references one after the other, got more, f" in problem
        assert "t40" not in load(f"{text}set: {{name: X}}}}\n", base).records
        assert {"t40", "u9"} <= set(load(f"{text}set: {{broader: u9}}}}\n", base).records)

    def test_told_once(self):
        """What refers to one that was there, and is too far from its end now, is told once."""
        text = chain(41, letter="u") + "".join(
            f"  - {{id: v{number}, name: V, broader: t30}}\n" for number in range(2)
        )
        (problem,) = refused(
            f"{text}patches: [{{id: t0, set: {{broader: u40}}}}]\n", load(chain(41))
        )

        assert "v0: broader: expected at most 50 references" in problem

    def test_longer_before(self):
        """What was there may be as long as the limit allows that is given."""
        limits = Limits(chain=80)
        base = load(chain(60), limits=limits)

        assert "t59" in load("patches: [{id: t59, set: {name: X}}]", base, limits=limits).records

    def test_through_patch_after_patch(self):
        """However many additions there are, one after the other, the whole chain is bounded."""
        catalogue = load(chain(26))
        second = chain(24, letter="u")
        catalogue = load(f"{second}patches: [{{id: t0, set: {{broader: u23}}}}]", catalogue)
        catalogue = Catalogue(catalogue.trees, {}, catalogue.notes)

        (problem,) = refused(
            "topics: [{id: v0, name: V}, {id: v1, name: V, broader: v0}]\n"
            "patches: [{id: u0, set: {broader: v1}}]",
            catalogue,
        )
        assert "u0: expected at most 50 references" in problem
        one = "topics: [{id: v, name: V}]\npatches: [{id: u0, set: {broader: v}}]"
        assert "v" in load(one, catalogue).records


class TestCircles:
    """No circle gets in."""

    def test_itself(self):
        """A record that refers to itself is the smallest circle."""
        (problem,) = refused("topics: [{id: a, name: A, broader: a}]")

        assert problem.endswith("a: broader: expected references without a circle, got a → a")

    def test_through_a_patch(self):
        """A patch that closes a circle through records that were there is refused."""
        base = load(
            "topics:\n  - {id: a, name: A, broader: b}\n"
            "  - {id: b, name: B, broader: c}\n  - {id: c, name: C}\n"
        )
        expected = (
            "small.yaml:1:34: c: broader: expected references without a circle, got c → a → b → c"
        )

        assert [expected] == refused("patches: [{id: c, set: {broader: a}}]", base)

    def test_told_once(self):
        """What else refers into the circle is not blamed for it."""
        base = load("topics: [{id: a, name: A, broader: c}, {id: c, name: C}]")
        text = "patches: [{id: c, set: {broader: a}}]\ntopics: [{id: d, name: D, broader: a}]"

        assert 1 == len(refused(text, base))

    def test_of_two_new_records(self):
        """A circle is told once, where it closes."""
        text = """\
topics:
  - {id: a, name: A, broader: b}
  - {id: b, name: B, broader: a}
  - {id: c, name: C, broader: b}
"""

        assert 1 == len(refused(text))


class TestFieldNames:
    """What citations back and claims are about must be fields."""

    @pytest.mark.parametrize(
        ("old", "new", "path", "got", "hint"),
        [
            ("at: page 2, backs", "", "", "", ""),
            (
                "backs: [name, kind, date, place, ordinal",
                "backs: [nme, kind, date, place, ordinal",
                "summit: citations[0].backs[0]",
                "nme",
                "name",
            ),
            (
                "claims: [{field: ordinal",
                "claims: [{field: ordinals",
                "summit: claims[0].field",
                "ordinals",
                "ordinal",
            ),
            (
                "citations: [{source: gazette, at: page 2}]}\n      - value",
                "citations: [{source: gazette, backs: [valeu]}]}\n      - value",
                "calm: commands[0].citations[0].backs[0]",
                "valeu",
                "value",
            ),
        ],
        ids=["as it is", "record", "claim", "piece"],
    )
    def test_names(self, old, new, path, got, hint):
        """A name that is none is told with the nearest one."""
        if not path:
            assert "calm" in load(SMALL).records
            return
        assert old in SMALL
        (problem,) = refused(SMALL.replace(old, new, 1))

        told = f": {path}: expected the name of a field, got {got!r} (did you mean {hint!r}?)"
        assert problem.endswith(told)

    def test_sources_and_topics(self):
        """Records without citations have nothing to check."""
        assert "a" in load(TOPIC).records


class TestNotes:
    """What a dataset says of itself."""

    def test_all(self):
        """Title, version and the day to which it is kept."""
        expected = DatasetNotes("A small dataset", "2020.1.1", PartialDate("2020-01-31"))

        assert expected == load(SMALL).notes

    def test_nothing(self):
        """What is not said is not known, or stays what it was."""
        assert DatasetNotes() == load(TOPIC).notes
        assert load(SMALL).notes == load("topics: []", load(SMALL)).notes

    def test_part(self):
        """An addition may say some of it anew."""
        notes = load("dataset: {title: More}", load(SMALL)).notes

        assert ("More", "2020.1.1") == (notes.title, notes.version)

    def test_fault_stands_in_its_file(self):
        """A bad day is told in the file that has it, even if an earlier file is broken."""
        files = [("a", b"topics: *x"), ("b", b"\n\ndataset: {current_to: 2020-13}")]
        with pytest.raises(DataError) as caught:
            load_files(files)

        assert [("a", 1, 9), ("b", 3, 23)] == [each[:3] for each in caught.value.problems]


class TestIntegrity:
    """With `integrity` a load holds records to the rules for facts."""

    def test_small(self):
        """The small dataset keeps them."""
        assert 24 == len(load(SMALL, integrity=True).records)

    def test_breach(self):
        """A breach is a problem with its line, only if it was asked for."""
        text = SMALL.replace("backs: [name, aliases, kind]}", "backs: [name, kind]}")
        expected = "alliance: aliases: expected a citation that backs 'aliases', got none"

        assert "alliance" in load(text).records
        assert [expected] == [line.split(": ", 1)[1] for line in refused(text, integrity=True)]

    def test_of_what_is_new(self):
        """What was there before is not judged again."""
        base = load("people: [{id: a, name: A}]")

        assert "b" in load("topics: [{id: b, name: B}]", base, integrity=True).records

    def test_of_what_is_referred_to(self):
        """Nor is it if something new refers to it."""
        base = load("people: [{id: a, name: A}]")
        text = """\
sources: [{id: s, source_class: press, title: S, extent: full}]
assessments:
  - {id: b, authors: [a], position: P, citations: [{source: s, backs: [authors, position]}]}
"""

        assert "a" in load(text, base, integrity=True).records

    def test_after_other_faults(self):
        """Where records are faulty, they are mended first."""
        text = "people: [{id: a, name: A}, {id: b}]"

        assert 1 == len(refused(text, integrity=True))


class TestRoundTrip:
    """A snapshot gives back what the YAML gave, record by record and field by field."""

    def test_small(self, tmp_path):
        """For the small dataset with its records of every type."""
        (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
        checked = load(SMALL)
        trusted = from_snapshot(compile_snapshot(tmp_path))

        assert checked.notes == trusted.notes
        assert all_fields(checked) == all_fields(trusted)

    @settings(max_examples=50)
    @given(data=st.data())
    def test_random(self, data, tmp_path_factory):
        """For random datasets, in random order, over random files."""
        folder = tmp_path_factory.mktemp("random")
        text = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=8)
        ids = data.draw(
            st.lists(st.from_regex(r"\A[a-z0-9]{1,5}(-[a-z0-9]{1,3})?\Z"), unique=True, max_size=8)
        )
        rows = []
        for number, identifier in enumerate(ids):
            row = {"id": identifier, "name": data.draw(text)}
            if number and data.draw(st.booleans()):
                row["broader"] = data.draw(st.sampled_from(ids[:number]))
            if data.draw(st.booleans()):
                labels = data.draw(st.lists(text, max_size=3))
                row["labels"] = [{"language": "fr", "text": label} for label in labels]
            rows.append(row)
        from natodata.loading.canonical import dump

        for row in data.draw(st.permutations(rows)):
            (folder / f"{row['id']}.yaml").write_text(dump({"topics": [row]}), encoding="utf-8")
        (folder / "_.yaml").write_text("topics: []\n", encoding="utf-8")

        checked = load_paths([folder])
        snapshot = compile_snapshot(folder)

        assert sorted(ids) == sorted(checked.records)
        assert all_fields(checked) == all_fields(from_snapshot(snapshot))
        assert [row["name"] for row in rows] == [checked.records[each].name for each in ids]

    def test_random_additions(self):
        """What is added in two steps is what is added in one."""
        half = next(at for at, line in enumerate(LINES) if line == "operations:")
        first = load("\n".join(LINES[:half]))
        second = load("\n".join(LINES[half:]), first)

        assert all_fields(load(SMALL)) == all_fields(second)


class TestMutations:
    """A file that was damaged loads or is refused; nothing else ever happens."""

    @staticmethod
    def try_out(text):
        """Load a text; what loads must be whole."""
        try:
            catalogue = load(text, integrity=True)
        except DataError as error:
            problems = error.problems
            catalogue = Catalogue({}, {}, DatasetNotes())
        else:
            problems = ()
        assert bool(problems) is not bool(catalogue.trees)
        assert all(len(str(problem)) < 2000 for problem in problems)
        assert set(catalogue.records) == {
            key for trees in catalogue.trees.values() for key in trees
        }
        again = Store(Catalogue(catalogue.trees, {}, catalogue.notes))
        for identifier, record in catalogue.records.items():
            assert fields_of(record) == fields_of(again.record(identifier))

    @settings(max_examples=100)
    @given(drop=st.sets(st.integers(0, len(LINES) - 1), min_size=1, max_size=4))
    def test_lines_dropped(self, drop):
        """Whatever lines are missing."""
        self.try_out("\n".join(line for at, line in enumerate(LINES) if at not in drop))

    @settings(max_examples=150)
    @given(
        at=st.integers(0, len(SMALL) - 1),
        new=st.characters(exclude_categories=["Cs"])
        | st.sampled_from("[]{},:'\"#&*!|>%@`-? \n\t0~"),
    )
    def test_character_changed(self, at, new):
        """Whatever character is another one."""
        self.try_out(SMALL[:at] + new + SMALL[at + 1 :])

    @settings(max_examples=100)
    @given(first=st.integers(0, len(LINES) - 1), second=st.integers(0, len(LINES) - 1))
    def test_lines_swapped(self, first, second):
        """Whatever lines change places."""
        lines = LINES.copy()
        lines[first], lines[second] = lines[second], lines[first]
        self.try_out("\n".join(lines))

    @settings(max_examples=100)
    @given(data=st.data())
    def test_words_exchanged(self, data):
        """Whatever word stands where another one did: ids, codes, names of fields."""
        words = [found.span() for found in re.finditer(r"[A-Za-z0-9-]+", SMALL)]
        start, end = data.draw(st.sampled_from(words))
        other = data.draw(st.sampled_from(words))
        self.try_out(SMALL[:start] + SMALL[slice(*other)] + SMALL[end:])


def test_limits_are_what_the_tests_say():
    """The numbers that these tests count to are those of the module."""
    assert (50, 1000) == (DEFAULT_LIMITS.chain, DEFAULT_LIMITS.faults)
    assert set(CLASS_OF) == set(load(SMALL).trees)
