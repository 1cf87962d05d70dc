"""Claims: every value that anyone states for a field, and why one of them is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natodata.dates import PartialDate
from natodata.errors import BadArgument
from natodata.queries.claims import ClaimedValue, claims
from natodata.records import Citation, Milestone, Operation, Source
from natodata.records.vocabulary import MilestoneKind, Rank, SourceClass

KINDS = list(MilestoneKind)


def rules(rows):
    """Return value and rule of each row, as texts."""
    return [(str(row.value), row.rule) for row in rows]


class TestDates:
    """Claims about ``start``, ``end``, ``period`` and ``last_attested``."""

    def test_start(self, small):
        """Each date says by which step of the rule it was taken or not, the taken one first."""
        first, second, *others = small.claims("steady", "start")

        assert PartialDate("1999-06-12") == first.value
        assert (MilestoneKind.LAUNCHED, True) == (first.kind, first.taken)
        assert ("act", "copy") == tuple(source.id for source in first.sources)
        assert 'taken: it dates "launched"; of the kinds of date that count as the start' in (
            first.rule
        )
        assert (MilestoneKind.ANNOUNCED, "On the radio.") == (second.kind, second.note)
        assert 'not taken: "announced" is not one of the kinds of date that count as' in (
            second.rule
        )
        assert '"first deployment"' in second.rule
        assert [
            ("1999-06-09", 'not taken: "launched" goes before "activated"'),
            ("1999-06-10", "passed over: the editors rank it deprecated; see the note"),
            (
                "1999-06-11",
                (
                    "not taken: of dates of one kind, the one from a primary official source goes "
                    "before one from a press source"
                ),
            ),
            (
                "1999-06-13",
                (
                    "not taken: of dates of one kind, the one from a primary official source goes "
                    "before one from a scholarly source"
                ),
            ),
            (
                "1999-06-14",
                "not taken: of dates of one kind and class of source, the earliest is taken",
            ),
        ] == rules(others)

    def test_end(self, small):
        """A date that the editors rank preferred goes before the order of kinds."""
        first, *others = small.claims("steady", "end")

        assert ("2013-03-05", Rank.PREFERRED) == (str(first.value), first.rank)
        assert "taken: the editors rank it preferred; see the note" == first.rule
        assert ["2012-01", "2013-02"] == [str(row.value) for row in others]
        assert "not taken: the editors rank another date preferred; see its note" == (
            others[1].rule
        )

    def test_missing_kinds(self, small):
        """Where the first kinds have no date, the rule names them."""
        (row,) = [row for row in small.claims("nato-ddd", "start") if row.taken]

        assert (
            'taken: it dates "joined"; there is no date of the kinds that go before it: "acceded"'
        ) == row.rule
        (row,) = [row for row in small.claims("pfp-bbb", "start") if row.taken]
        assert row.rule.endswith('the kinds that go before it: "acceded", "joined"')

    def test_no_source(self, made):
        """A date without any source goes after one that has a source."""
        data = made("""
        sources: [{id: s, source_class: reference, title: S, extent: full}]
        operations:
          - id: op
            name: Op
            kind: support
            admitted_by: others
            milestones:
              - {kind: launched, date: 2001}
              - {kind: launched, date: 2002, citations: [{source: s}]}
              - {kind: launched, date: 2002}
              - {kind: ended, date: 2003, rank: deprecated, note: No.}
        """)
        taken, other, same = data.claims("op", "start")
        (ended,) = data.claims("op", "end")

        assert ("2002", "2001", "2002") == (str(taken.value), str(other.value), str(same.value))
        assert other.rule.endswith("a reference source goes before one from no source")
        assert "not taken: it says the same as the one taken" == same.rule
        assert not ended.taken
        assert "passed over: the editors rank it deprecated; see the note" == ended.rule

    def test_exactness(self, made):
        """A vaguer date that holds the one taken gives way to it, whatever its class."""
        data = made("""
        sources:
          - {id: act, source_class: primary-official, title: A, extent: full}
          - {id: book, source_class: scholarly, title: B, extent: full}
          - {id: news, source_class: press, title: N, extent: full}
        operations:
          - id: op
            name: Op
            kind: support
            admitted_by: others
            milestones:
              - {kind: launched, date: 2001, citations: [{source: act}]}
              - {kind: launched, date: 2001-05, citations: [{source: act}]}
              - {kind: launched, date: 2001-05-06, citations: [{source: book}]}
              - {kind: launched, date: 2001-06-07, citations: [{source: news}]}
              - {kind: launched, date: 2001-07-08, citations: [{source: book}]}
              - {kind: launched, date: 2002, citations: [{source: book}]}
        """)

        assert [
            (
                "2001-05-06",
                (
                    'taken: it dates "launched"; of the kinds of date that count as the start, '
                    "that one goes first"
                ),
            ),
            ("2001", "not taken: another date of that kind agrees with it and is more exact"),
            ("2001-05", "not taken: another date of that kind agrees with it and is more exact"),
            (
                "2001-06-07",
                (
                    "not taken: of dates of one kind, the one from a scholarly source goes before "
                    "one from a press source"
                ),
            ),
            (
                "2001-07-08",
                "not taken: of dates of one kind and class of source, the earliest is taken",
            ),
            (
                "2002",
                (
                    "not taken: of dates of one kind, the one from a primary official source goes "
                    "before one from a scholarly source"
                ),
            ),
        ] == rules(data.claims("op", "start"))

    def test_stretches(self, made):
        """What began again has its first beginning and its last end."""
        data = made("""
        operations: [{id: op, name: Op, kind: support, admitted_by: others}]
        countries: [{id: AAA, name: A}]
        contributions:
          - id: part
            operation: op
            country: AAA
            capacity: partner
            milestones:
              - {kind: joined, date: 2001}
              - {kind: withdrew, date: 2003}
              - {kind: rejoined, date: 2005}
              - {kind: withdrew, date: 2007}
        """)
        start, again = data.claims("part", "start")
        end, before = data.claims("part", "end")

        assert ("2001", "2005") == (str(start.value), str(again.value))
        assert "not taken: it began again then, and the first beginning is taken" == again.rule
        assert ("2007", "2003") == (str(end.value), str(before.value))
        assert "not taken: it began again after that, and the last end is taken" == before.rule

    def test_period(self, small):
        """The claims about a period are those about its start and then those about its end."""
        start, end = small.claims("steady", "start"), small.claims("steady", "end")

        assert (*start, *end) == small.claims("steady", "period")
        assert ["start"] * len(start) == [row.field for row in start]
        assert ["end"] * len(end) == [row.field for row in end]

    def test_last_attested(self, small):
        """The latest date at which it is attested is taken, the others are kept."""
        assert [
            ("2005", "taken: the latest date at which a source shows it going on"),
            ("2001-05", "not taken: a later date is attested"),
        ] == rules(small.claims("steady", "last_attested"))

    def test_row_of_a_date(self, small):
        """A row says the field, the date, what it dates, its rank, sources, note and citations."""
        latest = small["steady"].milestones[8]

        assert (
            ClaimedValue(
                field="last_attested",
                value=PartialDate("2005"),
                kind=MilestoneKind.ATTESTED,
                rank=Rank.NORMAL,
                sources=(small["book"],),
                note=None,
                taken=True,
                rule="taken: the latest date at which a source shows it going on",
                citations=latest.citations,
            )
            == small.claims("steady", "last_attested")[0]
        )

    def test_none(self, small):
        """Where nobody gives a date there is no claim."""
        for field in ("start", "end", "period", "last_attested"):
            assert () == small.claims("undated", field)

    def test_accession(self, small):
        """What precedes an accession is among the claims about its start, with its kind."""
        acceded, signed = small.claims("nato-aaa", "start")

        assert ["acceded", "protocol-signed"] == [acceded.kind.value, signed.kind.value]
        assert (
            'not taken: "protocol signed" is not one of the kinds of date that count as the '
            'start: "acceded", "joined", "signed", "rejoined"'
        ) == signed.rule


@st.composite
def operations(draw):
    """Draw operations that have nothing but milestones of all sorts."""

    def milestone():
        classes = draw(st.lists(st.sampled_from(list(SourceClass)), max_size=2))
        cited = [
            Citation(source=Source(id=c, source_class=c, title=c, extent="full")) for c in classes
        ]
        return Milestone(
            kind=draw(st.sampled_from(KINDS)),
            date=PartialDate(2000, draw(st.none() | st.integers(1, 3))),
            rank=draw(st.sampled_from(list(Rank))),
            citations=tuple(cited),
        )

    several = tuple(milestone() for _ in range(draw(st.integers(0, 8))))
    return Operation(id="op", name="Op", kind="support", admitted_by="others", milestones=several)


class TestDateProperties:
    """What holds of claims about dates whatever the milestones are."""

    @given(operations())
    def test_taken(self, operation):
        """Exactly one claim is taken where there is a start, and it is the start."""
        for field in ("start", "end"):
            rows = claims(operation, field)
            taken = [row.value for row in rows if row.taken]
            value = getattr(operation, field)
            assert ([] if value is None else [value]) == taken
            assert taken == [row.value for row in rows[: len(taken)]]

    @given(operations())
    def test_rules(self, operation):
        """Each claim says in words whether it was taken, and rows not taken say why not."""
        for row in (*claims(operation, "start"), *claims(operation, "end")):
            assert row.taken == row.rule.startswith("taken: ")
            assert row.taken or row.rule.startswith(("not taken: ", "passed over: "))
            assert row.rule in str(row)

    @given(operations())
    def test_complete(self, operation):
        """No milestone of a kind that can begin an operation is left out."""
        able = [m for m in operation.milestones if m.kind in Operation.starts]
        rows = claims(operation, "start")

        assert len(able) <= len(rows) <= len(operation.milestones)
        assert {(m.kind, m.date) for m in able} <= {(row.kind, row.value) for row in rows}


class TestHeld:
    """Claims about values held for a time."""

    def test_command(self, small):
        """The latest spell is taken; earlier ones, even of the same command, are not."""
        rows = small.claims("steady", "command")

        assert [
            ("afsouth", "2004/..", True, "taken: the one held last"),
            (
                "afsouth",
                "1999-06-12/2001",
                False,
                "not taken: another was held later",
            ),
            (
                "north",
                "2002/2003",
                False,
                "not taken: another was held later",
            ),
            (
                "north",
                "2004/..",
                False,
                "passed over: the editors rank it deprecated; see the note",
            ),
        ] == [(row.value.id, str(row.period), row.taken, row.rule) for row in rows]

    def test_preferred(self, made):
        """Of values for one time the preferred one is taken; one without time comes last."""
        data = made("""
        countries: [{id: AAA, name: A, cow_codes: [
          {value: 1, period: 1990/.., rank: preferred, note: So.}, {value: 2, period: 1990/..},
          {value: 3}]}]
        """)

        assert [
            (1, "taken: the one held last"),
            (
                2,
                "not taken: of values for one time, another is ranked preferred or written later",
            ),
            (3, "not taken: no source says when it was held"),
        ] == [(row.value, row.rule) for row in data.claims("AAA", "cow")]

    def test_all_deprecated(self, small):
        """Where all values are deprecated none is taken."""
        (row,) = small.claims("CCC", "cow")

        assert (565, False) == (row.value, row.taken)

    def test_list(self, small):
        """The list itself holds all of them."""
        rows = small.claims("steady", "commands")

        assert [True] * 4 == [row.taken for row in rows]
        assert {"taken: the field holds all of these side by side"} == {r.rule for r in rows}


class TestPlain:
    """Claims about other fields."""

    def test_rival(self, small):
        """A rival stands beside the value taken, with its rank, note and source."""
        taken, rival = small.claims("steady", "combat")
        stated = small["steady"].claims[0]

        assert ("combat", Rank.NORMAL, None) == (rival.field, rival.rank, rival.kind)
        assert stated.citations == rival.citations
        assert None is taken.kind is taken.note is taken.period
        assert (False, True, Rank.PREFERRED) == (taken.value, taken.taken, taken.rank)
        assert "taken: the editors prefer it to its rivals" == taken.rule
        assert ("true", False, "It fought.") == (rival.value, rival.taken, rival.note)
        assert ["paper"] == [source.id for source in rival.sources]
        assert "not taken: the editors prefer another; see the note" == rival.rule

    def test_no_rival(self, small):
        """A value without a rival is told so; the row has the citations that back the field."""
        (row,) = small.claims("steady", "hosts")
        citations = small["steady"].citations

        assert "hosts" == row.field
        assert (citations[0], citations[1]) == row.citations

        assert ((small.countries["DDD"],), Rank.NORMAL) == (row.value, row.rank)
        assert "taken: it has no rival" == row.rule

    def test_empty(self, small):
        """Where the editors leave a field empty, everyone's value is listed, none is taken."""
        (row,) = small.claims("steady", "outcome")

        assert ("Success", False) == (row.value, row.taken)
        assert "not taken: the editors leave the field empty and list who says what" == row.rule
        assert () == small.claims("watch", "outcome")
        assert () == small.claims("act", "note")

    def test_pieces(self, small):
        """Milestones and figures are all taken, and rivals of the list come after them."""
        dates = small.claims("steady", "milestones")
        figures = small.claims("steady", "figures")

        assert len(small.operations["steady"].milestones) == len(dates)
        assert MilestoneKind.ANNOUNCED is dates[0].kind
        assert [True, True, True, False] == [row.taken for row in figures]
        assert ["figures"] * 4 == [row.field for row in figures]
        assert [Rank.NORMAL] * 3 + [Rank.DEPRECATED] == [row.rank for row in figures]
        assert ("On the radio.", Rank.DEPRECATED) == (dates[0].note, dates[6].rank)
        assert small["steady"].milestones[0].citations == dates[0].citations
        assert None is figures[0].kind is figures[0].period
        assert "28 nations" == figures[-1].value

    def test_no_claims(self, small):
        """A record of a type that has no rival claims has its values without rivals."""
        (row,) = small.claims("act", "title")

        assert ("The act", "taken: it has no rival") == (row.value, row.rule)

    def test_claims_of_claims(self, small):
        """The rival values themselves can be asked for like any field."""
        (row,) = small.claims("steady", "claims")

        assert small.operations["steady"].claims == row.value

    def test_claims_about_claims(self, made):
        """One that is about them is among them, and not told once more."""
        data = made("""
        countries: [{id: AAA, name: A, claims: [{field: claims, value: none}]}]
        """)
        (row,) = data.claims("AAA", "claims")

        assert data["AAA"].claims == row.value

    def test_computed(self, small):
        """A value computed from a list is given as computed."""
        (row,) = small.claims("steady", "legal_basis_kind")

        assert small.operations["steady"].legal_basis_kind == row.value
        assert ["act"] == [source.id for source in row.sources]

    def test_unknown_field(self, small):
        """A field that the type has not is an error that names the nearest."""
        with pytest.raises(BadArgument, match=r"expected a field of Operation, got 'begin'"):
            small.claims("steady", "begin")
        with pytest.raises(BadArgument, match=r"did you mean 'hosts'"):
            small.claims("steady", "host")


class TestText:
    """``print(claim)``."""

    def test_date(self, small):
        """A date is printed with what it dates, the rule and the sources."""
        assert (
            "2013-03-05 (last personnel left): taken: the editors rank it preferred; see the "
            "note  [book]"
        ) == str(small.claims("steady", "end")[0])

    def test_held(self, small):
        """A record is printed by its id, with the time for which it was held."""
        assert "afsouth (2004/..): taken: the one held last  [act]" == str(
            small.claims("steady", "command")[0]
        )

    def test_kind_and_period(self, small):
        """A row of a caller's own that has both a kind and a time is printed with both."""
        row = small.claims("steady", "command")[0]._replace(kind=MilestoneKind.ATTESTED)

        assert "afsouth (attested, 2004/..): taken: the one held last  [act]" == str(row)

    def test_sources(self, small):
        """Several sources stand side by side, and nothing stands where there is none."""
        assert (
            '1999-06-12 (launched): taken: it dates "launched"; of the kinds of date that count '
            "as the start, that one goes first  [act, copy]"
        ) == str(small.claims("steady", "start")[0])
        assert "Bravo: taken: it has no rival" == str(small.claims("BBB", "name")[0])

    def test_texts(self, made):
        """What has a text, such as a name in another language, is printed as that."""
        data = made("countries: [{id: AAA, name: A, labels: [{language: fr, text: Un A}]}]")

        assert "Un A: taken: it has no rival" == str(data.claims("AAA", "labels")[0])

    def test_several(self, small):
        """A list is printed item by item."""
        (row,) = small.claims("steady", "aims")

        assert "Keep the peace., Keep it for long.: taken: it has no rival  [book]" == str(row)

    def test_figures(self, small):
        """A figure is printed with what it bounds and counts, and its time."""
        texts = [str(row).split(":")[0] for row in small.claims("steady", "figures")]

        assert [
            "at most 550 personnel as of 2012",
            "between 500 to 600 troops as of 2000-01",
            "27 nations as of 2012",
            "28 nations",
        ] == texts

    def test_measure(self, made):
        """What it counts is printed in words."""
        data = made("""
        organisations: [{id: a, name: A, kind: centre,
          figures: [{measure: member-nations, value: 1200, as_of: 2001}]}]
        """)

        assert "1,200 member nations as of 2001: taken: the field holds all of these side by " in (
            str(data.claims("a", "figures")[0])
        )
