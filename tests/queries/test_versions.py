"""Versions: what differs between two bodies of data, fact by fact."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natodata.errors import BadArgument
from natodata.loading.canonical import dump
from natodata.queries.versions import Change, Difference


@pytest.fixture(scope="module")
def pair(make_once):
    """Return a function that gives what changed from one list of operations to another."""

    def compared(old, new):
        return make_once(f"operations: [{new}]").diff(make_once(f"operations: [{old}]"))

    return compared


def op(extra=""):
    """Return an operation with some fields."""
    return f"{{id: op, name: Op, kind: support, admitted_by: others{extra}}}"


def lines(difference):
    """Return the printed lines of a difference."""
    return str(difference).splitlines()


class TestDiff:
    """``new.diff(old)``."""

    def test_itself(self, small):
        """A dataset does not differ from itself, nor from an equal one."""
        assert Difference([]) == small.diff(small)
        assert 0 == len(small.diff(small))
        assert "no difference" == str(small.diff(small))

    def test_same_text(self, make_once):
        """Two datasets of the same records do not differ, whatever the order of the files."""
        one, two = "people: [{id: a, name: A}]", "places: [{id: b, name: B, kind: sea}]"

        assert 0 == len(make_once(one, two).diff(make_once(two, one)))

    def test_records(self, pair):
        """A record that came or went is one change, told by its name."""
        assert ["+ operations op: Op"] == lines(pair("", op()))
        assert ["- operations op: Op"] == lines(pair(op(), ""))

    def test_nameless(self, make_once):
        """A record without a name is told by its title, summary or id."""
        full = make_once("""
        sources: [{id: s, source_class: press, title: The title, extent: full}]
        decisions: [{id: d, verb: agrees, date: 2001, summary: They agreed.}]
        countries: [{id: AAA, name: A}]
        organisations: [{id: o, name: O, kind: alliance}]
        memberships: [{id: m, country: AAA, framework: o}]
        """)

        assert [
            "+ countries AAA: A",
            "+ decisions d: They agreed.",
            "+ memberships m: m",
            "+ organisations o: O",
            "+ sources s: The title",
        ] == lines(full.diff(make_once("people: []")))

    def test_moved(self, make_once):
        """An id that stands for a record of another type was removed and added."""
        old = make_once("people: [{id: x, name: X}]")
        new = make_once("places: [{id: x, name: X, kind: sea}]")

        assert ["- people x: X", "+ places x: X"] == lines(new.diff(old))

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("", ", combat: true", ["+ operations op combat: true"]),
            (", combat: true", "", ["- operations op combat: true"]),
            (", combat: true", ", combat: false", ["~ operations op combat: true → false"]),
            ("", ", aims: [A, B]", ["+ operations op aims: A", "+ operations op aims: B"]),
            (", aims: [A]", "", ["- operations op aims: A"]),
            (
                ", aims: [A, B]",
                ", aims: [B, C]",
                ["- operations op aims: A", "+ operations op aims: C"],
            ),
            (", aims: [A, B]", ", aims: [B, A]", ["~ operations op aims: A, B → B, A"]),
            (
                ", aims: [A kind of date]",
                ", aims: [Another value]",
                ["- operations op aims: A kind of date", "+ operations op aims: Another value"],
            ),
            (
                ", aims: [A, A, B]",
                ", aims: [A, C]",
                [
                    "- operations op aims: A",
                    "- operations op aims: B",
                    "+ operations op aims: C",
                ],
            ),
            (
                ", aims: [A, B]",
                ", aims: [B, C, A]",
                ["+ operations op aims: C", "~ operations op aims: A, B → B, A"],
            ),
        ],
    )
    def test_fields(self, pair, old, new, expected):
        """Values that came, went and changed are told, in lists item by item."""
        assert expected == lines(pair(op(old), op(new)))

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (
                "{kind: launched, date: 2001}",
                "{kind: launched, date: 2002}",
                ["~ operations op milestones[launched].date: 2001 → 2002"],
            ),
            (
                "{kind: launched, date: 2001}",
                "{kind: launched, date: 2001, note: So.}",
                ["+ operations op milestones[launched 2001].note: So."],
            ),
            (
                "{kind: attested, date: 2001}, {kind: attested, date: 2002, note: So.}",
                "{kind: attested, date: 2001}, {kind: attested, date: 2002}",
                ["- operations op milestones[attested 2002].note: So."],
            ),
            (
                "{kind: launched, date: 2001}",
                "{kind: ended, date: 2001}",
                [
                    "- operations op milestones: {kind: launched, date: 2001}",
                    "+ operations op milestones: {kind: ended, date: 2001}",
                ],
            ),
            (
                "{kind: ended, date: 2001, citations: [{source: s}]}",
                "{kind: ended, date: 2001, citations: [{source: s, backs: [date]}]}",
                ["+ operations op milestones[ended 2001].citations[s].backs: date"],
            ),
            (
                "{kind: ended, date: 2001, citations: [{source: s, at: 1, backs: [date, kind]}]}",
                "{kind: ended, date: 2001}",
                [
                    (
                        "- operations op milestones[ended 2001].citations: "
                        "{source: s, at: 1, backs: [date, kind]}"
                    ),
                ],
            ),
        ],
    )
    def test_pieces(self, make_once, old, new, expected):
        """A piece of a list that can be told again is compared key by key."""
        source = "sources: [{id: s, source_class: press, title: S, extent: full}]"
        before = make_once(source, f"operations: [{op(f', milestones: [{old}]')}]")
        after = make_once(source, f"operations: [{op(f', milestones: [{new}]')}]")

        assert expected == lines(after.diff(before))

    def test_direction(self, small, make_once):
        """What was added in one direction was removed in the other."""
        empty = make_once("people: []")

        assert {"added"} == {change.kind for change in small.diff(empty)}
        assert {"removed"} == {change.kind for change in empty.diff(small)}
        assert len(small) == len(small.diff(empty))

    def test_patch(self, small, tmp_path):
        """What a user's own file adds and patches is what differs."""
        file = tmp_path / "mine.yaml"
        file.write_text(
            "patches: [{id: steady, set: {outcome: Peace}, add: {aliases: [STDY]}}]\n"
            "people: [{id: three, name: General Three}]\n",
            encoding="utf-8",
        )

        assert [
            "+ operations steady aliases: STDY",
            "+ operations steady outcome: Peace",
            "+ people three: General Three",
        ] == lines(small.extend(file).diff(small))

    def test_not_a_dataset(self, small):
        """Only datasets can be compared."""
        with pytest.raises(BadArgument, match="expected a dataset to compare with, got 'old'"):
            small.diff("old")


class TestDifference:
    """The changes as a sequence."""

    @pytest.fixture
    def found(self, pair):
        """Return an added, a removed and a changed fact of one record and one whole record."""
        return pair(
            f"{op(', combat: true, outcome: X')}, {op().replace('id: op', 'id: other')}",
            op(", combat: false, note: N"),
        )

    def test_sequence(self, found):
        """It is a sequence of changes, sorted by collection, record and field."""
        assert ["combat", "note", "outcome", ""] == [change.field for change in found]
        assert Change("changed", "op", "operations", "combat", "true", "false") == found[0]
        assert found[1:3] == Difference(list(found)[1:3])
        assert isinstance(found[1:3], Difference)
        assert found != [*found]
        assert hash(found) == hash(Difference(list(found)))
        assert hash(found) != hash(found[1:])

    def test_kinds(self, found):
        """Added, removed and changed facts can be taken apart, and are counted."""
        assert ["note"] == [change.field for change in found.added]
        assert ["outcome", ""] == [change.field for change in found.removed]
        assert ["combat"] == [change.field for change in found.changed]
        assert "<Difference: 1 added, 2 removed, 1 changed>" == repr(found)

    def test_ids(self, found):
        """The records touched are told once each."""
        assert ("op", "other") == found.ids

    def test_only(self, found, make_once):
        """It can be narrowed to records, given as such, by id or in lists."""
        record = make_once(f"operations: [{op()}]")["op"]

        assert 3 == len(found.only("op"))
        assert found.only("op") == found.only(record) == found.only(["op"]) == found.only([record])
        assert found == found.only("op", ["other", "unknown"])
        assert 0 == len(found.only("unknown"))
        assert 0 == len(found.only())

    def test_only_wrong(self, found):
        """Anything else than records and ids is an error."""
        with pytest.raises(BadArgument, match="expected records or their ids, got 7"):
            found.only(7)


# --- random edits ----------------------------------------------------------------------------

TEXTS = st.sampled_from(["Peace", "War", "no", "2001", "a: b", "Türkiye"])
BASE = {
    "operations": {
        f"op-{number}": {
            "id": f"op-{number}",
            "name": f"Operation {number}",
            "kind": "support",
            "admitted_by": "others",
            "outcome": "Open",
            "aims": ["First", "Second"],
            "milestones": [
                {"kind": "launched", "date": "2001", "note": "Old."},
                {"kind": "extended", "date": "2005"},
            ],
        }
        for number in range(3)
    }
}


def as_text(piece):
    """Return a piece as a difference shows it."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in piece.items()) + "}"


def set_name(draw, record):
    """Change a text."""
    old, record["name"] = record["name"], draw(TEXTS)
    return [("changed", "name", "", old, record["name"])]


def add_note(draw, record):
    """Give a value where there was none."""
    record["note"] = draw(TEXTS)
    return [("added", "note", "", None, record["note"])]


def drop_outcome(draw, record):
    """Take a value away."""
    return [("removed", "outcome", "", record.pop("outcome"), None)]


def add_aim(draw, record):
    """Add an item to a list, anywhere in it."""
    text = draw(TEXTS)
    record["aims"].insert(draw(st.integers(0, 2)), text)
    return [("added", "aims", "", None, text)]


def drop_aim(draw, record):
    """Take an item from a list."""
    at = draw(st.integers(0, 1))
    return [("removed", "aims", "", record["aims"].pop(at), None)]


def turn_aims(draw, record):
    """Put a list in another order."""
    record["aims"].reverse()
    return [("changed", "aims", "", "First, Second", "Second, First")]


def move_start(draw, record):
    """Change a date inside a piece of a list."""
    record["milestones"][0]["date"] = "2002"
    return [("changed", "milestones", "[launched].date", "2001", "2002")]


def change_notes(draw, record):
    """Change and add texts inside pieces of a list."""
    new = draw(TEXTS)
    record["milestones"][0]["note"] = new
    record["milestones"][1]["note"] = new
    return [
        ("changed", "milestones", "[launched 2001].note", "Old.", new),
        ("added", "milestones", "[extended 2005].note", None, new),
    ]


def add_milestone(draw, record):
    """Add a piece to a list."""
    piece = {"kind": draw(st.sampled_from(["ended", "reduced"])), "date": "2009"}
    record["milestones"].append(piece)
    return [("added", "milestones", "", None, as_text(piece))]


def drop_milestone(draw, record):
    """Take a piece from a list."""
    return [("removed", "milestones", "", as_text(record["milestones"].pop(0)), None)]


OF_AIMS = (add_aim, drop_aim, turn_aims)
OF_MILESTONES = (move_start, change_notes, add_milestone, drop_milestone)


@st.composite
def edited(draw):
    """Draw the base with random edits, and what these edits are."""
    data = copy.deepcopy(BASE)
    expected = set()
    for identifier, record in list(data["operations"].items()):
        edits = draw(st.sets(st.sampled_from([set_name, add_note, drop_outcome])))
        edits |= {draw(st.sampled_from([None, *OF_AIMS]))}
        edits |= {draw(st.sampled_from([None, *OF_MILESTONES]))}
        if draw(st.integers(0, 4)) == 0:
            name = data["operations"].pop(identifier)["name"]
            expected.add(Change("removed", identifier, "operations", "", name, None))
            continue
        for edit in edits - {None}:
            for kind, field, path, old, new in edit(draw, record):
                expected.add(Change(kind, identifier, "operations", field, old, new, path))
    if draw(st.booleans()):
        fresh = {**BASE["operations"]["op-0"], "id": "new", "name": draw(TEXTS)}
        data["operations"]["new"] = fresh
        expected.add(Change("added", "new", "operations", "", None, fresh["name"]))
    return data, expected


def text_of(data):
    """Return a tree of records as YAML."""
    return dump({"operations": list(data["operations"].values())})


class TestProperties:
    """What holds of every difference."""

    @given(edited())
    def test_exact(self, make_once, drawn):
        """Random edits give exactly the changes that were made, in order, each once."""
        data, expected = drawn
        found = make_once(text_of(data)).diff(make_once(text_of(BASE)))

        assert expected == set(found)
        assert len(expected) == len(found)
        assert sorted(found, key=lambda c: (c.collection, c.record, c.field)) == list(found)

    @given(edited())
    def test_reverse(self, make_once, drawn):
        """The other way round, what was added is removed, and old and new change places."""
        new, old = make_once(text_of(drawn[0])), make_once(text_of(BASE))
        forth, back = new.diff(old), old.diff(new)

        assert {(c.record, c.field, c.old, c.new) for c in forth} == {
            (c.record, c.field, c.new, c.old) for c in back
        }
        assert len(forth.added) == len(back.removed)

    @given(edited())
    def test_only(self, make_once, drawn):
        """Narrowing to each record in turn gives all changes again, each in one part."""
        found = make_once(text_of(drawn[0])).diff(make_once(text_of(BASE)))

        assert list(found) == [change for each in found.ids for change in found.only(each)]
        assert len(found.added) + len(found.removed) + len(found.changed) == len(found)
