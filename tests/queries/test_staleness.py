"""What is said to go on, and was last said to long ago."""

import pytest

from natodata.dates import PartialDate
from natodata.errors import BadArgument, BadDate

LIMIT = "dataset: {current_to: 2020-01-01}"


def told(found):
    """Return record, what is said and when it last was, of each."""
    return [(fact.record.id, fact.what, str(fact.last)) for fact in found]


def operation(more, identifier="op"):
    """Return an operation with some fields."""
    return (
        f"operations: [{{id: {identifier}, name: Op, kind: support, admitted_by: others, {more}}}]"
    )


class TestStale:
    """``nato.stale(days, on)``."""

    def test_order(self, made):
        """The oldest word comes first, then the order of ids decides."""
        data = made(
            LIMIT,
            """
        operations:
          - {id: b, name: B, kind: support, admitted_by: others,
             milestones: [{kind: attested, date: 2018}]}
          - {id: a, name: A, kind: support, admitted_by: others,
             milestones: [{kind: attested, date: 2018}]}
          - {id: c, name: C, kind: support, admitted_by: others,
             milestones: [{kind: attested, date: 2017-12-31}]}
        """,
        )

        assert ["c", "a", "b"] == [fact.record.id for fact in data.stale()]

    @pytest.mark.parametrize(("days", "found"), [(0, 1), (90, 1), (91, 0), (1000, 0)])
    def test_days(self, made, days, found):
        """What is exactly so many days old is not older than that."""
        data = made(LIMIT, operation("milestones: [{kind: attested, date: 2019-10-02}]"))

        assert found == len(data.stale(days))
        assert {91} >= {fact.days for fact in data.stale(days)}

    def test_ninety_days(self, made):
        """Without a number of days it is ninety."""
        fresh = made(LIMIT, operation("milestones: [{kind: attested, date: 2019-10-03}]"))
        old = made(LIMIT, operation("milestones: [{kind: attested, date: 2019-10-02}]"))

        assert () == fresh.stale()
        assert [("op", "no end", "2019-10-02")] == told(old.stale())

    def test_on(self, made):
        """The day to count from can be given: of a month it is the first day."""
        data = made(LIMIT, operation("milestones: [{kind: attested, date: 2019-12}]"))

        assert [32] == [fact.days for fact in data.stale(1, on="2020-02-01")]
        assert data.stale(1, on="2020-02-01") == data.stale(1, on=PartialDate("2020-02"))
        assert () == data.stale(1, on="1999")

    def test_no_limit(self, made):
        """Data that do not say how far they reach have nothing stale, unless a day is given."""
        data = made(operation("milestones: [{kind: attested, date: 2018}]"))

        assert () == data.stale()
        assert 1 == len(data.stale(on="2020"))

    def test_wrong(self, small):
        """Fewer days than none, and a day that is none, are errors."""
        with pytest.raises(BadArgument, match="expected a number of days, 0 or more, got -1"):
            small.stale(-1)
        with pytest.raises(BadDate, match="today"):
            small.stale(on="today")

    def test_text(self, made):
        """A fact prints in one line: record, what is said, when it last was, how long ago."""
        data = made(LIMIT, operation("milestones: [{kind: attested, date: 2018}]"))

        assert ["op: no end: last told of 2018, 366 days before"] == list(map(str, data.stale()))


class TestGoingOn:
    """Records without an end."""

    def test_latest_milestone(self, made):
        """The latest milestone counts, unless it is deprecated; an open period by its start."""
        data = made(
            LIMIT,
            operation("""milestones: [
            {kind: launched, date: 2001}, {kind: attested, date: 2018-05},
            {kind: attested, date: 2017/..},
            {kind: attested, date: 2019, rank: deprecated, note: No.}]"""),
        )

        assert [("op", "no end", "2018-05")] == told(data.stale())

    @pytest.mark.parametrize(
        "more",
        [
            (
                "milestones: [{kind: launched, date: 2001}, {kind: ended, date: 2002}], "
                "figures: [{measure: ships, value: 3, as_of: 2001}]"
            ),
            "milestones: [{kind: attested, date: /..}]",
            "aims: [Nothing dated]",
        ],
        ids=["ended", "no day", "no word"],
    )
    def test_not_stale(self, made, more):
        """What ended, and what no day is known of, is not listed."""
        assert () == made(LIMIT, operation(more)).stale()

    def test_standing(self, made):
        """Memberships and organisations stand until an act ends them."""
        data = made(
            LIMIT,
            """
        countries: [{id: AAA, name: A}]
        organisations: [{id: org, name: Org, kind: alliance,
          milestones: [{kind: established, date: 1949}]}]
        memberships: [{id: aaa, country: AAA, framework: org,
          milestones: [{kind: acceded, date: 1949}]}]
        """,
        )

        assert () == data.stale()

    def test_contributions(self, made):
        """A contribution goes on while its operation does."""
        parts = """
        countries: [{id: AAA, name: A}]
        contributions:
          - {id: part, operation: op, country: AAA, capacity: member,
             milestones: [{kind: joined, date: 2003}],
             figures: [{measure: troops, value: 7, as_of: 2004}]}
        """
        going = made(LIMIT, operation("milestones: [{kind: attested, date: 2019-12}]"), parts)
        over = made(LIMIT, operation("milestones: [{kind: ended, date: 2019-12}]"), parts)

        assert [("part", "no end", "2003"), ("part", "latest troops, 7", "2004")] == told(
            going.stale()
        )
        assert () == over.stale()


class TestFigures:
    """Latest figures."""

    def test_latest(self, made):
        """For each measure the latest counts, of two of one time the one written later."""
        data = made(
            LIMIT,
            operation("""figures: [
            {measure: ships, value: 3, as_of: 2017}, {measure: ships, value: 4, as_of: 2018},
            {measure: ships, value: 5, as_of: 2016}, {measure: aircraft, value: 1, as_of: 2011},
            {measure: aircraft, value: 2, as_of: 2011},
            {measure: ships, value: 9, as_of: 2019, rank: deprecated, note: No.}]"""),
        )

        assert [("op", "latest aircraft, 2", "2011"), ("op", "latest ships, 4", "2018")] == told(
            data.stale()
        )


class TestOpenValues:
    """Leads, commands, seats, postures and owners that are still open."""

    def found(self, made, held, more=""):
        """Return what is stale of an operation with commands."""
        return told(
            made(
                LIMIT,
                """
                sources:
                  - {id: page, source_class: press, title: P, extent: full, date: 2014,
                     updated: 2016-05-01, retrieved: 2019-12-31}
                  - {id: paper, source_class: press, title: P, extent: full, date: 2015}
                  - {id: within, source_class: press, title: P, extent: full, date: 2015-05-06}
                  - {id: read, source_class: press, title: P, extent: full, retrieved: 2017-01-01}
                  - {id: undated, source_class: press, title: P, extent: full}
                organisations: [{id: hq, name: HQ, kind: command}]
                """,
                operation(f"{held}{more}"),
            ).stale()
        )

    @pytest.mark.parametrize(
        ("sources", "last"),
        [
            ("{source: page}", "2016-05-01"),
            ("{source: paper}", "2015"),
            ("{source: read}", "2017-01-01"),
            ("{source: page}, {source: read}, {source: undated}", "2017-01-01"),
            ("{source: paper}, {source: within}", "2015"),
        ],
    )
    def test_as_of(self, made, sources, last):
        """The word is as old as the latest page, by its own day or else the day of reading."""
        held = f"commands: [{{value: hq, period: 2010/.., citations: [{sources}]}}]"

        assert [("op", "commands hq", last)] == self.found(made, held)

    @pytest.mark.parametrize(
        "held",
        [
            "commands: [{value: hq, period: 2010/2012, citations: [{source: page}]}]",
            "commands: [{value: hq, period: 2010/, citations: [{source: page}]}]",
            "commands: [{value: hq, citations: [{source: page}]}]",
            "commands: [{value: hq, period: 2010/.., citations: [{source: undated}]}]",
            (
                "commands: [{value: hq, period: 2010/.., rank: deprecated, note: No., "
                "citations: [{source: page}]}]"
            ),
            "names: [{value: Op, period: 2010/.., citations: [{source: page}]}]",
        ],
        ids=["closed", "end not known", "no time", "no day", "deprecated", "name"],
    )
    def test_not_stale(self, made, held):
        """What is not open, is of no known day, or stands until an act is not listed."""
        assert [] == self.found(made, held)

    def test_beside_others(self, made):
        """Others of the same field, which are not listed, hide none that is."""
        held = "{value: hq}, {value: hq, period: 2010/.., citations: [{source: paper}]}"

        assert [("op", "commands hq", "2015")] == self.found(made, f"commands: [{held}]")

    def test_code(self, made):
        """A value that is no record is told as it is."""
        held = "postures: [{value: suspended, period: 2010/.., citations: [{source: paper}]}]"

        assert [("op", "postures suspended", "2015")] == self.found(made, held)


class TestTenures:
    """Tenures that have no end of their own."""

    def found(self, made, tenures, post="", *more):
        """Return what is stale of tenures of persons A, B, C … of a post."""
        listed = ", ".join(
            f"{{id: chief-{name}, post: chief, person: {name}, {fields}}}"
            for name, fields in tenures.items()
        )
        people = ", ".join(f"{{id: {name}, name: {name.upper()}}}" for name in tenures)
        data = made(
            LIMIT,
            f"people: [{people}]\nposts: [{{id: chief, name: Chief{post}}}]\ntenures: [{listed}]",
            *more,
        )
        return [fact.record.id for fact in data.stale()]

    SINCE_2001 = "milestones: [{kind: appointed, date: 2000}, {kind: assumed, date: 2001}]"
    SINCE_2003 = "milestones: [{kind: appointed, date: 2000}, {kind: assumed, date: 2003}]"
    SEEN_2002 = "milestones: [{kind: attested, date: 2002}]"

    def test_alone(self, made):
        """The latest holder goes on."""
        assert ["chief-a"] == self.found(made, {"a": self.SINCE_2001})

    def test_next(self, made):
        """A holder without an end is followed by the next, and so is one only seen in between."""
        tenures = {"a": self.SINCE_2001, "b": self.SEEN_2002, "c": self.SINCE_2003}

        assert ["chief-c"] == self.found(made, tenures)
        assert ["chief-a"] == self.found(made, {"a": self.SINCE_2003, "b": self.SINCE_2001})

    def test_undated_next(self, made):
        """One who is only seen later may hold it beside the other: both are looked at."""
        assert ["chief-a", "chief-b"] == self.found(
            made, {"a": self.SINCE_2001, "b": self.SEEN_2002}
        )

    def test_no_milestone(self, made):
        """A tenure without any date is not listed."""
        assert ["chief-a"] == self.found(made, {"a": self.SINCE_2001, "b": "note: Not dated."})

    def test_acting(self, made):
        """One who stands in for the holder does not follow him."""
        acting = f"acting: true, {self.SINCE_2003}"

        assert ["chief-a", "chief-b"] == self.found(made, {"a": self.SINCE_2001, "b": acting})

    def test_shared(self, made):
        """Where several hold a post at a time none follows another."""
        tenures = {"a": self.SINCE_2001, "b": self.SINCE_2003}

        assert ["chief-a", "chief-b"] == self.found(made, tenures, ", single: false")

    def test_post_ended(self, made):
        """With the post its tenures are over."""
        ended = ", milestones: [{kind: ended, date: 2010}]"

        assert [] == self.found(made, {"a": self.SINCE_2001}, ended)

    @pytest.mark.parametrize(("end", "found"), [("closed", []), ("renamed", ["chief-a"])])
    def test_body_ended(self, made, end, found):
        """So they are with the body of the post."""
        body = f"""
        organisations: [{{id: hq, name: HQ, kind: command,
          milestones: [{{kind: {end}, date: 2010}}]}}]
        """

        assert found == self.found(made, {"a": self.SINCE_2001}, ", organisation: hq", body)

    @pytest.mark.parametrize(
        ("second", "found"), [("ended", []), ("attested", ["chief-a", "second"])]
    )
    def test_operations_ended(self, made, second, found):
        """So they are with the operations at whose head the post stands, when all are over."""
        operations = f"""
        operations:
          - {{id: first, name: First, kind: support, admitted_by: others, posts: [chief],
             milestones: [{{kind: ended, date: 2010}}]}}
          - {{id: second, name: Second, kind: support, admitted_by: others, posts: [chief],
             milestones: [{{kind: {second}, date: 2011}}]}}
        """

        assert found == self.found(made, {"a": self.SINCE_2001}, "", operations)
