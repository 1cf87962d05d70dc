"""Evidence: which citations stand behind a field, and how many independent sources they are."""

import pytest

from natodata.errors import BadArgument
from natodata.records.vocabulary import SourceClass


def places(citations):
    """Return source and place of citations, so that asserts read well."""
    return [(citation.source.id, citation.at) for citation in citations]


class TestEvidence:
    """``nato.evidence(record, field)``."""

    @pytest.mark.parametrize(
        ("field", "expected"),
        [
            ("combat", [("act", "p. 2")]),
            ("hosts", [("act", "p. 2"), ("book", None)]),
            ("aims", [("book", None)]),
            ("outcome", []),
            ("topics", []),
            ("posture", []),
        ],
    )
    def test_stored(self, small, field, expected):
        """A plain field has the record's citations that back it; an unbacked one has none."""
        assert expected == places(small.evidence("steady", field))

    def test_pieces(self, small):
        """A list of pieces has the citations of all of them, each once."""
        found = {source for source, _ in places(small.evidence("steady", "milestones"))}

        assert {"paper", "act", "book", "copy"} == found
        assert [("book", None), ("paper", None)] == places(small.evidence("AAA", "cow_codes"))

    def test_citations(self, small):
        """The evidence of `citations` is the citations themselves."""
        found = places(small.evidence("steady", "citations"))

        assert [("act", "p. 2"), ("book", None)] == found

    @pytest.mark.parametrize(
        ("field", "expected"),
        [
            ("start", ["act", "copy"]),
            ("end", ["book"]),
            ("period", ["act", "copy", "book"]),
            ("last_attested", ["book"]),
        ],
    )
    def test_dates(self, small, field, expected):
        """A computed date has the citations of the milestone that it is taken from."""
        assert expected == [c.source.id for c in small.evidence("steady", field)]

    def test_dates_agree(self, made):
        """Another milestone that says the same adds its citations; a deprecated one does not."""
        data = made("""
        sources:
          - {id: a, source_class: press, title: A, extent: full}
          - {id: b, source_class: press, title: B, extent: full}
          - {id: c, source_class: press, title: C, extent: full}
        operations:
          - id: op
            name: Op
            kind: support
            admitted_by: others
            milestones:
              - {kind: launched, date: 2001, citations: [{source: a}]}
              - {kind: launched, date: 2001, citations: [{source: b}]}
              - {kind: launched, date: 2001, rank: deprecated, citations: [{source: c}]}
              - {kind: announced, date: 2001, citations: [{source: c}]}
        """)

        assert ["a", "b"] == [c.source.id for c in data.evidence("op", "start")]

    def test_open_period(self, small):
        """A period without an end rests on what shows the record still going on."""
        assert ["act"] == [c.source.id for c in small.evidence("nato-aaa", "period")]
        assert () == small.evidence("nato-bbb", "period")

    @pytest.mark.parametrize(
        ("record", "field", "expected"),
        [
            ("open", "start", "a"),
            ("open", "end", ""),
            ("open", "period", "ab"),
            ("open", "last_attested", "b"),
            ("over", "start", "a"),
            ("over", "end", "c"),
            ("over", "period", "ac"),
            ("over", "last_attested", "b"),
        ],
    )
    def test_going_on(self, made, record, field, expected):
        """What shows a record going on backs its period only as long as no end is known."""
        begun = "{kind: launched, date: 2001, citations: [{source: a}]}"
        seen = "{kind: attested, date: 2002, citations: [{source: b}]}"
        ended = "{kind: ended, date: 2003, citations: [{source: c}]}"
        data = made(f"""
        sources:
          - {{id: a, source_class: press, title: A, extent: full}}
          - {{id: b, source_class: press, title: B, extent: full}}
          - {{id: c, source_class: press, title: C, extent: full}}
        operations:
          - {{id: open, name: Open, kind: support, admitted_by: others,
             milestones: [{begun}, {seen}]}}
          - {{id: over, name: Over, kind: support, admitted_by: others,
             milestones: [{begun}, {seen}, {ended}]}}
        """)

        assert expected == "".join(c.source.id for c in data.evidence(record, field))

    def test_no_dates(self, small):
        """A record without milestones has no evidence for its dates."""
        for field in ("start", "end", "period", "last_attested"):
            assert () == small.evidence("undated", field)

    @pytest.mark.parametrize(
        ("record", "field", "expected"),
        [
            ("steady", "command", [("act", "late")]),
            ("steady", "lead", [("act", None)]),
            ("afsouth", "seat", [("book", None), ("paper", None)]),
            ("work", "owner", [("book", None)]),
            ("AAA", "cow", [("paper", None)]),
            ("AAA", "gw", []),
            ("DDD", "cow", []),
            ("CCC", "cow", []),
        ],
    )
    def test_held(self, small, record, field, expected):
        """A computed value has the citations of the spell that it is taken from, no earlier."""
        assert expected == places(small.evidence(record, field))

    def test_held_in_a_view(self, small):
        """As of a day it is the evidence for what was so on that day."""
        view = small.on("2002-06")

        assert [("paper", None)] == places(view.evidence("steady", "command"))
        assert [("book", "early")] == places(small.on("2000").evidence("steady", "command"))

    def test_held_without_period(self, made):
        """A value without a period speaks for the same value, whenever it was held."""
        data = made("""
        sources: [{id: a, source_class: press, title: A, extent: full}]
        organisations:
          - {id: hq, name: HQ, kind: command, seats: [
              {value: x, period: 2001/2003}, {value: x, citations: [{source: a}]}]}
        places: [{id: x, name: X, kind: city}]
        """)

        assert [("a", None)] == places(data.evidence("hq", "seat"))

    def test_name(self, small):
        """A name rests on the citations of the official name and of what backs it."""
        assert [("act", None), ("paper", None)] == places(small.evidence("afsouth", "name"))
        view = small.on("2000")
        assert "AFSOUTH" == view.organisations["afsouth"].name
        assert [("book", None), ("paper", None)] == places(view.evidence("afsouth", "name"))

    def test_only_name(self, made):
        """What has a single name for good has the citations that back it."""
        data = made("topics: [{id: t, name: T}]")

        assert () == data.evidence("t", "name")

    def test_legal_basis(self, small):
        """The kinds of legal bases rest on the evidence for the bases."""
        expected = [("act", "9")]

        assert expected == places(small.evidence("steady", "legal_basis_kind"))
        assert expected == places(small.evidence("steady", "legal_bases"))

    def test_all(self, small):
        """Without a field it is all evidence of the record, each citation once."""
        found = small.evidence("steady")

        assert small["steady"].citations == found[:2]
        assert len(set(found)) == len(found)
        assert set(small.evidence("steady", "start")) <= set(found)
        assert set(small.evidence("steady", "hosts")) <= set(found)
        assert () == small.evidence("act")

    def test_order(self, small):
        """The record's own citations go before those of its pieces, as they are written."""
        assert [("act", None), ("paper", None)] == places(small.evidence("new-plan"))

    def test_order_of_own(self, made):
        """The record's own citations stay in their order, whatever fields they back."""
        data = made("""
        sources:
          - {id: a, source_class: press, title: A, extent: full}
        countries:
          - id: ALB
            name: Albania
            citations:
              - {source: a, at: "1", backs: [iso_alpha3]}
              - {source: a, at: "2", backs: [name]}
        """)

        assert [("a", "1"), ("a", "2")] == places(data.evidence("ALB"))

    def test_record(self, small):
        """A record can be given in place of its id."""
        operation = small.operations["steady"]

        assert small.evidence("steady", "end") == small.evidence(operation, "end")

    def test_unknown_field(self, small):
        """A field that the type has not is an error that names the nearest, or all."""
        with pytest.raises(BadArgument, match=r"expected a field of Operation, got 'strat'; did"):
            small.evidence("steady", "strat")
        with pytest.raises(BadArgument, match=r"got 'xxxxx'; it has admitted_by, .*, milestones"):
            small.evidence("steady", "xxxxx")
        with pytest.raises(BadArgument, match=r"expected a field of Person, got 'command'"):
            small.evidence("one", "command")


class TestSupport:
    """``nato.support(record, field)``."""

    def test_counts(self, small):
        """It counts sources, those that do not repeat another, and tells the best class."""
        assert (2, 2, SourceClass.PRIMARY_OFFICIAL) == small.support("steady", "start")
        assert (1, 1, SourceClass.SCHOLARLY) == small.support("steady", "end")
        assert (0, 0, None) == small.support("undated", "start")

    def test_all_fields(self, small):
        """Without a field it speaks of the whole record."""
        assert (4, 3, SourceClass.PRIMARY_OFFICIAL) == small.support("steady")

    @pytest.mark.parametrize(
        ("sources", "expected"),
        [
            (["paper", "copy"], 1),
            (["copy", "second-copy"], 1),
            (["paper", "second-copy", "act"], 2),
            (["mirror-a", "mirror-b"], 1),
            (["mirror-a", "original"], 1),
            (["named", "book"], 1),
            (["act", "paper", "book"], 3),
            ([], 0),
        ],
    )
    def test_independent(self, small, tmp_path, sources, expected):
        """What repeats, mirrors or only names one source counts once with it."""
        cited = ", ".join(f"{{source: {each}, backs: [name]}}" for each in sources)
        more = tmp_path / "more.yaml"
        more.write_text(f"people: [{{id: x, name: X, citations: [{cited}]}}]", encoding="utf-8")
        data = small.extend(more)

        assert (len(sources), expected) == data.support("x", "name")[:2]

    def test_named(self, made):
        """What was read stands for itself, though named; what repeats stands for its origin."""
        data = made("""
        sources:
          - {id: naming, source_class: press, title: A, extent: full}
          - {id: origin, source_class: press, title: B, extent: full}
          - {id: read, source_class: press, title: C, extent: full, named_by: naming}
          - {id: unread, source_class: press, title: D, extent: unread, named_by: naming,
             derives_from: origin}
        people:
          - {id: x, name: X, citations: [{source: naming}, {source: read}]}
          - {id: y, name: Y, citations: [{source: naming}, {source: unread}]}
          - {id: z, name: Z, citations: [{source: origin}, {source: unread}]}
        """)

        assert [2, 2, 1] == [data.support(each).independent for each in ("x", "y", "z")]

    def test_unknown_field(self, small):
        """A field that the type has not is an error."""
        with pytest.raises(BadArgument, match="expected a field of Place"):
            small.support("naples", "start")
