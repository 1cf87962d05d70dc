"""The audit: each kind of thing that an editor should look at, and what is no finding."""

import pytest

from natodata.errors import BadArgument
from natodata.queries.audit import KINDS

SOURCES = """
sources:
  - {id: a, source_class: press, title: A, extent: full}
  - {id: b, source_class: press, title: B, extent: full}
  - {id: copy, source_class: press, title: C, extent: full, derives_from: a}
"""


def texts(findings):
    """Return id of the record and text of findings."""
    return [(finding.record.id, finding.text) for finding in findings]


class TestAudit:
    """``nato.audit(kind)``."""

    def test_all(self, small):
        """Without a kind it gives those of all kinds, in the order of `KINDS`."""
        found = small.audit()

        assert [finding for kind in KINDS for finding in small.audit(kind)] == list(found)
        assert set(KINDS) >= {finding.kind for finding in found}

    def test_several(self, small):
        """Several kinds can be asked for."""
        assert (*small.audit("sums"), *small.audit("stale")) == small.audit(["sums", "stale"])

    @pytest.mark.parametrize("wrong", ["tenure", ["sums", "tenure"]])
    def test_unknown(self, small, wrong):
        """An unknown kind is an error that names the nearest."""
        with pytest.raises(BadArgument, match="got 'tenure'; did you mean 'tenures'"):
            small.audit(wrong)

    def test_unlike(self, small):
        """A kind like no other is an error that lists the kinds."""
        with pytest.raises(BadArgument, match=r"expected a kind of single-source, tenures, .*7$"):
            small.audit(7)

    def test_text(self, small):
        """A finding prints in one line: kind, record, what was found."""
        (finding, *_) = small.audit("undated")

        assert "undated: undated: no milestone that begins it" == str(finding)


class TestSingleSource:
    """Facts that rest on one source."""

    @pytest.fixture
    def found(self, made):
        """Return what is found in records of all sorts of support."""
        data = made(
            SOURCES,
            """
            organisations: [{id: hq, name: HQ, kind: command}]
            operations:
              - id: op
                name: Op
                kind: support
                admitted_by: others
                hosts: [AAA]
                combat: true
                topics: [t]
                commands:
                  - {value: hq, period: 2001/.., citations: [{source: a}]}
                  - {value: hq, citations: [{source: a}, {source: b}]}
                names: [{value: Op, citations: [{source: b}]}]
                milestones:
                  - {kind: launched, date: 2001, citations: [{source: a}]}
                  - {kind: launched, date: 2001, citations: [{source: b}]}
                  - {kind: ended, date: 2002, citations: [{source: a}, {source: copy}]}
                figures: [{measure: ships, value: 3, as_of: 2001}]
                citations:
                  - {source: a, backs: [name, hosts]}
                  - {source: b, backs: [hosts]}
            countries: [{id: AAA, name: A}]
            topics: [{id: t, name: T}]
            """,
        )
        return texts(data.audit("single-source"))

    def test_pieces(self, found):
        """Each milestone, figure and value held for a time counts for itself."""
        assert ("op", "ended 2002 rests on a and copy alone") in found
        assert ("op", "ships 3 as of 2001 rests on no source alone") in found
        assert ("op", "commands hq 2001/.. rests on a alone") in found
        assert ("op", "names Op rests on b alone") in found
        assert not [text for _, text in found if text.startswith("commands hq rests")]

    def test_fields(self, found):
        """A plain field counts with all that backs it, if it states a fact."""
        assert ("op", "kind rests on no source alone") in found
        assert ("AAA", "name rests on no source alone") in found
        fields = {text.split()[0] for record, text in found if record == "op"}
        assert not {"hosts", "topics", "id", "citations", "name", "aims", "outcome"} & fields

    def test_agreement(self, found):
        """Two milestones that say the same from two sources support each other."""
        assert not [text for _, text in found if text.startswith("launched")]

    def test_no_facts(self, found):
        """Sources and topics are the editors' own."""
        assert not {"a", "b", "copy", "t"} & {record for record, _ in found}


def office(spells, post="", more=""):
    """Return a post and the tenures of persons A, B, C … with the fields given for each."""
    people = ", ".join(f"{{id: {name}, name: {name.upper()}}}" for name in spells)
    tenures = ",\n  ".join(
        f"{{id: chief-{name}, post: chief, person: {name}, {fields}}}"
        for name, fields in spells.items()
    )
    return f"""
people: [{people}]
posts: [{{id: chief, name: Chief{post}}}]
tenures: [
  {tenures}]
{more}"""


def spell(start=None, end=None, note=None):
    """Return the milestones of a tenure."""
    steps = []
    if start:
        steps.append(f"{{kind: assumed, date: {start}}}")
    if end:
        steps.append(f"{{kind: left, date: {end}{f', note: {note}' if note else ''}}}")
    return f"milestones: [{', '.join(steps)}]"


class TestTenures:
    """Gaps and overlaps between the holders of a post."""

    @pytest.mark.parametrize(
        ("spells", "expected"),
        [
            ({"a": spell("2001-01-01", "2001-05-31"), "b": spell("2001-06-01", "2002")}, []),
            ({"a": spell("2001-01-01", "2001-06-01"), "b": spell("2001-06-01", "2002")}, []),
            ({"a": spell("2001", "2001-06"), "b": spell("2001-07", "2002")}, []),
            (
                {"a": spell("2001-01-01", "2001-05-31"), "b": spell("2001-06-03", "2002")},
                ["gap of 2 days or more between A and B"],
            ),
            (
                {"a": spell("2001-01-01", "2001-06-05"), "b": spell("2001-06-03", "2002")},
                ["overlap of A and B: 2001-06-05 and 2001-06-03"],
            ),
            (
                {
                    "a": spell("2001-01-01", "2005-01-01"),
                    "b": spell("2002-01-01", "2002-02-01"),
                    "c": spell("2003-01-01", "2003-02-01"),
                },
                [
                    "overlap of A and B: 2005-01-01 and 2002-01-01",
                    "overlap of A and C: 2005-01-01 and 2003-01-01",
                ],
            ),
            (
                {"a": spell("2001"), "b": spell("2003", "2004"), "c": spell("2009")},
                ["not dated: the end of A"],
            ),
            (
                {"a": spell("2001", "2002"), "b": spell(end="2004"), "c": spell("2009")},
                ["not dated: the start of B", "gap of 1461 days or more between B and C"],
            ),
            (
                {"a": spell("2001-01-01", "2001-05-31"), "b": spell("2001-06-02", "2002")},
                ["gap of 1 days or more between A and B"],
            ),
            ({"a": spell("2001", "2002~"), "b": spell("2002-03", "2003")}, []),
            (
                {"a": spell("2001"), "b": spell("2003")},
                ["not dated: the end of A"],
            ),
            (
                {
                    "a": spell("2001-01-01", "2001-05-31"),
                    "b": spell("2001-05-31", "2001-05-31"),
                    "c": spell("2001-06-02", "2002"),
                },
                ["gap of 1 days or more between A and C"],
            ),
            (
                {"a": spell("2001", "2002"), "b": "acting: true"},
                ["not dated: the start of B"],
            ),
        ],
    )
    def test_found(self, made, spells, expected):
        """Only what is certain from the dates is found; missing dates are told."""
        assert [("chief", text) for text in expected] == texts(
            made(office(spells)).audit("tenures")
        )

    def test_acting(self, made):
        """An acting holder fills a gap and may overlap with the holder."""
        gap = {
            "a": spell("2001-01-01", "2001-05-31"),
            "b": spell("2001-06-01", "2001-07-31") + ", acting: true",
            "c": spell("2001-08-01", "2002"),
        }
        overlap = {
            "a": spell("2001-01-01", "2001-05-31"),
            "b": spell("2001-03-01", "2001-04-01") + ", acting: true",
        }

        assert () == made(office(gap)).audit("tenures")
        assert () == made(office(overlap)).audit("tenures")

    def test_several_holders(self, made):
        """A post that several hold at a time has no gaps or overlaps; others are looked at."""
        spells = {"a": spell("2001", "2005"), "b": spell("2003", "2009")}
        data = made(
            office(spells, ", single: false"),
            """
            posts: [{id: deputy, name: Deputy}]
            tenures:
              - {id: first, post: deputy, person: a, milestones: [
                  {kind: assumed, date: 2001-01-01}, {kind: left, date: 2003-01-01}]}
              - {id: second, post: deputy, person: b, milestones: [
                  {kind: assumed, date: 2002-01-01}, {kind: left, date: 2004-01-01}]}
            """,
        )

        (finding,) = data.audit("tenures")

        assert "tenures: deputy: overlap of A and B: 2003-01-01 and 2002-01-01" == str(finding)

    @pytest.mark.parametrize(
        ("first", "second", "post"),
        [
            (", note: The post was vacant.", "", ""),
            ("", ", note: There was a gap.", ""),
            ("", "", ", note: Who held it in 2002 was not found."),
        ],
    )
    def test_declared(self, made, first, second, post):
        """A note of a tenure or the post that speaks of it silences a gap."""
        spells = {"a": spell("2001", "2002") + first, "b": spell("2004", "2005") + second}

        assert () == made(office(spells, post)).audit("tenures")

    def test_declared_milestone(self, made):
        """So does a note of a milestone."""
        spells = {
            "a": spell("2001", "2002-06-02", "They overlapped for a day."),
            "b": spell("2002-06-01", "2003"),
        }

        assert () == made(office(spells)).audit("tenures")

    def test_other_note(self, made):
        """A note about something else silences nothing."""
        spells = {
            "a": spell("2001", "2002") + ", note: Handed over in Naples.",
            "b": spell("2004", "2005"),
        }

        assert 1 == len(made(office(spells)).audit("tenures"))


class TestSums:
    """Strength sheets that do not add up."""

    def test_found(self, made):
        """Sums and numbers of nations that differ from what is printed are found."""
        data = made("""
        operations: [{id: op, name: Op, kind: support, admitted_by: others}]
        countries: [{id: AAA, name: A}, {id: BBB, name: B}]
        strength_reports:
          - {id: right, operation: op, date: 2001, printed_total: 3, printed_nations: 2,
             rows: [{country: AAA, personnel: 1}, {country: BBB, personnel: 2}]}
          - {id: silent, operation: op, date: 2001, rows: [{country: AAA, personnel: 1}]}
          - {id: sum, operation: op, date: 2001, printed_total: 4,
             rows: [{country: AAA, personnel: 1}, {country: BBB, personnel: 2}]}
          - {id: blank, operation: op, date: 2001, printed_total: 4, printed_nations: 3,
             rows: [{country: AAA, personnel: 1}, {country: BBB}]}
        """)

        assert [
            ("blank", "2 lines, 1 of them without a number, add up to 1, printed total 4"),
            ("blank", "2 lines, printed number of nations 3"),
            ("sum", "2 lines, add up to 3, printed total 4"),
        ] == texts(data.audit("sums"))
        assert {"sums"} == {finding.kind for finding in data.audit("sums")}


class TestStale:
    """Old words for what is still going on; `nato.stale` has tests of its own."""

    def test_found(self, made):
        """They are those of `nato.stale`, older than ninety days."""
        data = made(
            "dataset: {current_to: 2020-01-01}",
            """
            operations: [{id: old, name: Old, kind: support, admitted_by: others,
              milestones: [{kind: launched, date: 2001}, {kind: attested, date: 2019-10-02}],
              figures: [{measure: ships, value: 3, as_of: 2019-10-03}]}]
            """,
        )

        assert [("old", "no end: last told of 2019-10-02, 91 days before")] == texts(
            data.audit("stale")
        )


class TestConflicts:
    """Rival values."""

    def test_claims(self, small):
        """Every rival claim is listed with its field."""
        found = texts(small.audit("conflicts"))

        assert ("steady", "combat: also true") in found
        assert ("undated", "outcome: also unknown") in found

    def test_dates(self, small):
        """Dates of one kind that cannot mean one day are listed together, with their ranks."""
        assert (
            "steady",
            (
                "launched: 1999-06-11 (normal), 1999-06-13 (normal), 1999-06-12 (normal), "
                "1999-06-14 (normal), 1999-06-10 (deprecated)"
            ),
        ) in texts(small.audit("conflicts"))

    def test_compatible(self, made):
        """A vaguer date that holds a more exact one is no rival of it, nor is a second stretch."""
        data = made("""
        operations: [{id: op, name: Op, kind: support, admitted_by: others, milestones: [
          {kind: launched, date: 2001}, {kind: launched, date: 2001-05}]}]
        countries: [{id: AAA, name: A}]
        contributions:
          - {id: part, operation: op, country: AAA, capacity: member, milestones: [
              {kind: joined, date: 2001-06}, {kind: withdrew, date: 2002},
              {kind: rejoined, date: 2003}, {kind: withdrew, date: 2004}]}
        """)

        assert () == data.audit("conflicts")

    def test_figures(self, made):
        """Two exact numbers for one thing and time are rivals; bounds are not."""
        data = made("""
        operations: [{id: op, name: Op, kind: support, admitted_by: others, figures: [
          {measure: ships, value: 3, as_of: 2001},
          {measure: ships, value: 3, as_of: 2001},
          {measure: ships, value: 4, as_of: 2001, rank: preferred, note: So.},
          {measure: ships, value: 5, as_of: 2001, bound: about},
          {measure: ships, value: 5, as_of: 2002}]}]
        """)

        assert [("op", "ships as of 2001: 3 (normal), 4 (preferred)")] * 2 == texts(
            data.audit("conflicts")
        )


class TestContradictions:
    """What cannot all be so; `natodata.queries.contradictions` has tests of its own."""

    def test_found(self, made):
        """Each is a finding of its record."""
        data = made("""
        operations: [{id: op, name: Op, kind: support, admitted_by: others, milestones: [
          {kind: ended, date: 2002}, {kind: attested, date: 2003}]}]
        """)

        assert [("op", "attested 2003, after its end, 2002")] == texts(
            data.audit("contradictions")
        )


class TestOutside:
    """What lies outside the life of its operation."""

    def test_found(self, made):
        """Contributions and sheets that certainly lie outside their operation are found."""
        data = made("""
        operations:
          - {id: op, name: Op, kind: support, admitted_by: others, milestones: [
              {kind: launched, date: 2001-05}, {kind: ended, date: 2003}]}
          - {id: never, name: Never, kind: support, admitted_by: others}
        countries: [{id: AAA, name: A}, {id: BBB, name: B}]
        contributions:
          - {id: early, operation: op, country: AAA, capacity: member, milestones: [
              {kind: decided, date: 2000}, {kind: joined, date: 2001-04},
              {kind: attested, date: 2004, rank: deprecated, note: No.},
              {kind: withdrew, date: 2004-01}]}
          - {id: fits, operation: op, country: BBB, capacity: member, milestones: [
              {kind: joined, date: 2001}, {kind: attested, date: 2003}]}
          - {id: free, operation: never, country: BBB, capacity: member, milestones: [
              {kind: joined, date: 2001}]}
        strength_reports:
          - {id: late, operation: op, date: 2005-01-01, rows: [{country: AAA}]}
        """)

        assert [
            ("early", "2001-04 lies before the start of op, 2001-05"),
            ("early", "2004-01 lies after the end of op, 2003"),
            ("late", "2005-01-01 lies after the end of op, 2003"),
        ] == texts(data.audit("outside"))
        assert {"outside"} == {finding.kind for finding in data.audit("outside")}


class TestUndated:
    """What lacks the time that it needs."""

    def test_found(self, small):
        """Operations without a beginning, and leads and commands without a time, are found."""
        assert [
            ("undated", "no milestone that begins it"),
            ("undated", "leads: nato without time"),
            ("steady-ccc", "no end, but its operation ended 2013-03-05"),
        ] == texts(small.audit("undated"))
