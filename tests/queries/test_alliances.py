"""Who belonged, who held a post and who took part: when, and how surely."""

import pytest

from natodata.dates import Certainty
from natodata.errors import Ambiguous, BadArgument, NotFound
from natodata.queries.alliances import of_type
from natodata.records import Operation


class TestMembers:
    """``nato.members`` and ``nato.partners``."""

    def test_all(self, small):
        """Without a day these are all that ever were, in the order of joining."""
        assert ("nato-aaa", "nato-ddd-first", "nato-ddd", "nato-bbb") == small.members().ids
        assert ("pfp-bbb", "pfp-ccc") == small.partners().ids

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("1949-04-03", []),
            ("1949-04-04", ["nato-aaa"]),
            ("1965", ["nato-aaa", "nato-ddd-first"]),
            ("1975", ["nato-aaa"]),
            ("2009-03-31", ["nato-aaa", "nato-ddd"]),
            ("2009-04", ["nato-aaa", "nato-ddd", "nato-bbb"]),
        ],
    )
    def test_on(self, small, day, expected):
        """On a day these are the members then, those that the dates only allow among them."""
        assert expected == list(small.members(day).ids)
        assert expected == list(small.members(on=day).ids)

    def test_order(self, made):
        """They stand by the first day on which each may have joined."""
        data = made("""
        countries: [{id: AAA, name: A}, {id: BBB, name: B}]
        organisations: [{id: nato, name: NATO, kind: alliance}]
        memberships:
          - {id: a, country: AAA, framework: nato, milestones: [{kind: joined, date: 1980-06-01}]}
          - {id: b, country: BBB, framework: nato, milestones: [{kind: joined, date: 1980}]}
        """)

        assert ("b", "a") == data.members().ids

    def test_certain(self, small):
        """What the dates leave open can be left out, and is told."""
        members = small.members("2000")

        assert Certainty.MAYBE is members.certainty("nato-ddd")
        assert Certainty.YES is members.certainty("nato-aaa")
        assert ("nato-aaa",) == small.members("2000", certain=True).ids

    def test_framework(self, small):
        """Another framework can be asked for, by id or record."""
        assert ("pfp-bbb", "pfp-ccc") == small.members("2000", framework="pfp").ids
        assert ("pfp-ccc",) == small.members("2012", framework=small["pfp"]).ids
        assert () == small.members(framework="north").ids

    def test_partners(self, small):
        """Partners are those of all partnerships, and not NATO's members."""
        assert ("pfp-bbb", "pfp-ccc") == small.partners("2000").ids
        assert ("pfp-ccc",) == small.partners("2015", certain=True).ids
        assert ("pfp-bbb",) == small.partners("1994-02-10").ids
        assert () == small.partners("1994-02-10", certain=True).ids

    def test_view(self, small):
        """Of a day's view they are the members of that day."""
        view = small.on("1965")

        assert ("nato-aaa", "nato-ddd-first") == view.members().ids
        assert () == view.partners().ids
        assert ("nato-aaa",) == view.members("1955").ids
        assert ("nato-aaa", "nato-ddd") == small.on("2000").members().ids
        assert ("nato-aaa",) == small.on("2000", certain=True).members().ids

    def test_wrong(self, small):
        """A framework must be a body that is in the data."""
        with pytest.raises(BadArgument, match="expected an Organisation, got 'steady', which is"):
            small.members(framework="steady")
        with pytest.raises(NotFound, match="pfpp"):
            small.members(framework="pfpp")


class TestMembership:
    """``nato.membership(country, framework)``."""

    def test_one(self, small):
        """It is the record of a country's membership, with its dates."""
        assert "1949-04-04" == str(small.membership("AAA").start)
        assert "pfp-ccc" == small.membership("CCC", "pfp").id
        assert "pfp-ccc" == small.membership(small["CCC"], small["pfp"]).id

    def test_latest(self, small):
        """Of several it is the latest."""
        assert "nato-ddd" == small.membership("DDD").id

    def test_none(self, small):
        """A country without one is not found; the message names country and framework."""
        with pytest.raises(NotFound) as caught:
            small.membership("CCC")

        assert "Charlie has no membership in NATO in the data" == str(caught.value)
        assert () == caught.value.suggestions

    def test_wrong(self, small):
        """The country must be one."""
        with pytest.raises(BadArgument, match="expected a Country, got 'nato'"):
            small.membership("nato")


class TestHolder:
    """``nato.holder`` and ``nato.holders``."""

    def test_holder(self, small):
        """It is the tenure on a day, with the person and the dates."""
        tenure = small.holder("comsteady", "1999-07")

        assert ("comsteady-one", "General One") == (tenure.id, tenure.person.name)
        assert tenure == small.holder(small["comsteady"], on="1999-07")

    def test_holders(self, small):
        """All holders stand in order of time, and can be narrowed to a day."""
        assert ("comsteady-one", "comsteady-two") == small.holders("comsteady").ids
        assert ("comsteady-two",) == small.holders("comsteady", "2000").ids
        assert () == small.holders("comsteady", "1998", certain=True).ids
        assert ("comsteady-two",) == small.holders("comsteady", "2000-04-15").ids
        assert () == small.holders("comsteady", "2000-04-15", certain=True).ids

    def test_view(self, small):
        """Of a day's view they are the holders of that day."""
        assert ("comsteady-two",) == small.on("2000-01").holders("comsteady").ids

    def test_nobody(self, small):
        """Where nobody is known the message says post and time."""
        with pytest.raises(NotFound) as caught:
            small.holder("comsteady", "1998")

        assert (
            "no holder of 'comsteady' is known for 1998; "
            "after: comsteady-one (General One, 1999-06-12/1999-10-08)"
        ) == str(caught.value)
        with pytest.raises(NotFound, match=r"for 2001; before: comsteady-two \(General Two"):
            small.holder("comsteady", "2001")
        assert () == caught.value.suggestions

    def test_nobody_between(self, made):
        """Of those before and after it is the last and the first."""
        years = {"a": (2001, 2002), "b": (2003, 2004), "c": (2005, 2006), "d": (2009, 2010)}
        years["e"] = (2011, 2012)
        data = made(
            "posts: [{id: chief, name: Chief}]",
            *(
                f"""
                people: [{{id: {key}, name: {key.upper()}}}]
                tenures: [{{id: chief-{key}, post: chief, person: {key}, milestones: [
                  {{kind: assumed, date: {first}}}, {{kind: left, date: {last}}}]}}]
                """
                for key, (first, last) in years.items()
            ),
        )
        with pytest.raises(NotFound) as caught:
            data.holder("chief", "2007")

        assert (
            "no holder of 'chief' is known for 2007; before: chief-c (C, 2005/2006); "
            "after: chief-d (D, 2009/2010)"
        ) == str(caught.value)

    def test_several(self, small):
        """Several holders in the time asked for are ambiguous; all are listed with dates."""
        with pytest.raises(Ambiguous) as caught:
            small.holder("comsteady", "1999")

        assert ("comsteady-one", "comsteady-two") == caught.value.candidates
        assert (
            "expected one holder of 'comsteady' in 1999, got several: comsteady-one (General "
            "One, 1999-06-12/1999-10-08); comsteady-two (General Two, 1999-10-08/2000-04)"
        ) == str(caught.value)

    def test_handover(self, small):
        """On the day of a handover it is the one who took over, and on the eve the other."""
        assert "comsteady-two" == small.holder("comsteady", "1999-10-08").id
        assert "comsteady-one" == small.holder("comsteady", "1999-10-07").id

    @pytest.fixture
    def offices(self, made):
        """Return two posts; of the first, one holder left later than the next took over."""
        return made("""
        posts: [{id: chief, name: Chief}, {id: deputy, name: Deputy}]
        people: [{id: a, name: A}, {id: b, name: B}, {id: c, name: C}]
        tenures:
          - {id: first, post: chief, person: a,
             milestones: [{kind: assumed, date: 2001-01-01}, {kind: left, date: 2002-03-08}]}
          - {id: second, post: chief, person: b,
             milestones: [{kind: assumed, date: 2002-03-01}, {kind: left, date: 2003-05-09}]}
          - {id: beside, post: deputy, person: c,
             milestones: [{kind: assumed, date: 2001-01-01}, {kind: left, date: 2009-01-01}]}
        """)

    def test_other_posts(self, offices):
        """Who holds another post does not count."""
        assert ("first", "second") == offices.holders("chief").ids
        assert "first" == offices.holder("chief", "2001-06").id
        assert "beside" == offices.holder("deputy", "2001-06").id

    def test_no_handover(self, offices):
        """Who left on a day still held the post on it where nobody took over that day."""
        assert "second" == offices.holder("chief", "2003-05-09").id
        with pytest.raises(Ambiguous) as caught:
            offices.holder("chief", "2002-03-08")
        assert ("first", "second") == caught.value.candidates

    def test_days_of_a_handover(self, small):
        """In several days, of which the first is that of the handover, there were two."""
        with pytest.raises(Ambiguous) as caught:
            small.holder("comsteady", "1999-10-08/1999-10-09")
        assert ("comsteady-one", "comsteady-two") == caught.value.candidates

    def test_begun_before(self, made):
        """Who is known to have begun only by some day is not taken to end with who came later."""
        data = made("""
        posts: [{id: chief, name: Chief}]
        people: [{id: a, name: A}, {id: b, name: B}]
        tenures:
          - {id: first, post: chief, person: a, milestones: [{kind: assumed, date: /2003}]}
          - {id: second, post: chief, person: b, milestones: [{kind: assumed, date: 2005}]}
        """)

        assert ("first", "second") == data.holders("chief", "2007").ids

    def test_within_the_post(self, made):
        """The life of a post bounds who held it, but puts nobody first in it, nor ends another."""
        data = made("""
        posts: [{id: chief, name: Chief, milestones: [{kind: established, date: 2000}]}]
        people: [{id: a, name: A}, {id: b, name: B}, {id: c, name: C}, {id: d, name: D}]
        tenures:
          - {id: late, post: chief, person: c, milestones: [{kind: attested, date: 2009}]}
          - {id: by, post: chief, person: d, milestones: [{kind: assumed, date: /2011}]}
          - {id: first, post: chief, person: a, milestones: [{kind: assumed, date: 2001}]}
          - {id: second, post: chief, person: b, milestones: [{kind: assumed, date: 2005}]}
        """)

        assert ("first", "second", "late", "by") == data.holders("chief").ids
        assert () == data.holders("chief", "1999").ids
        assert ("second", "late", "by") == data.holders("chief", "2007").ids
        assert "second" in data.holders("chief", "2020").ids

    def test_between(self, made):
        """Between one who left and a later one there was nobody."""
        data = made("""
        posts: [{id: chief, name: Chief}]
        people: [{id: a, name: A}, {id: b, name: B}]
        tenures:
          - {id: first, post: chief, person: a,
             milestones: [{kind: assumed, date: 2001}, {kind: left, date: 2003}]}
          - {id: second, post: chief, person: b, milestones: [{kind: assumed, date: 2005}]}
        """)

        assert () == data.holders("chief", "2004").ids

    def test_only_possible(self, office):
        """One whom the dates merely allow is no answer, even if nobody else is known."""
        with pytest.raises(Ambiguous, match=r"none for sure; it may be: unknown"):
            office.holder("chief", "2010")

    @pytest.fixture
    def office(self, made):
        """Return a post that is held by somebody for sure, and perhaps by others."""
        return made("""
        posts: [{id: chief, name: Chief}]
        people: [{id: a, name: A}, {id: b, name: B}, {id: c, name: C}]
        tenures:
          - {id: sure, post: chief, person: a,
             milestones: [{kind: assumed, date: 2001}, {kind: left, date: 2003}]}
          - {id: early, post: chief, person: b, milestones: [{kind: left, date: 2000-05}]}
          - {id: unknown, post: chief, person: c}
        """)

    def test_sure(self, office):
        """A holder whom the dates make certain goes before those whom they only allow."""
        assert "sure" == office.holder("chief", "2002-06").id

    def test_open(self, office):
        """Where nobody is certain, all who may have held it are listed."""
        with pytest.raises(Ambiguous) as caught:
            office.holder("chief", "1999")

        assert ("early", "unknown") == caught.value.candidates
        assert (
            "expected one holder of 'chief' in 1999, got none for sure; it may be: early (B, "
            "/2000-05); unknown (C, not dated)"
        ) == str(caught.value)

    def test_order(self, office):
        """Those without a start stand by their end, those without any date last."""
        assert ("early", "sure", "unknown") == office.holders("chief").ids

    def test_order_of_starts(self, made):
        """Others stand by the first day on which each may have begun."""
        data = made("""
        posts: [{id: chief, name: Chief}]
        people: [{id: a, name: A}, {id: b, name: B}]
        tenures:
          - {id: by-the-day, post: chief, person: a,
             milestones: [{kind: assumed, date: 2001-06-01}, {kind: left, date: 2003}]}
          - {id: by-the-year, post: chief, person: b,
             milestones: [{kind: assumed, date: 2001}, {kind: left, date: 2004}]}
        """)

        assert ("by-the-year", "by-the-day") == data.holders("chief").ids

    def test_wrong(self, small):
        """The post must be one."""
        with pytest.raises(BadArgument, match="expected a Post, got 'one'"):
            small.holder("one", "1999")


class TestContributors:
    """``nato.contributors(operation)``."""

    def test_all(self, small):
        """Without a day these are all of the operation's life."""
        assert ("steady-aaa", "steady-bbb", "steady-ccc", "steady-ddd") == (
            small.contributors("steady").ids
        )
        assert () == small.contributors("watch").ids

    def test_on(self, small):
        """On a day these are the nations that took part then, with how surely."""
        found = small.contributors("steady", "1999-12")

        assert ("steady-aaa", "steady-ccc") == found.ids
        assert Certainty.YES is found.certainty("steady-aaa")
        assert Certainty.MAYBE is found.certainty("steady-ccc")
        assert ("steady-aaa",) == small.contributors("steady", "1999-12", certain=True).ids

    def test_after_the_end(self, small):
        """After the end of an operation nobody takes part, even where no end is recorded."""
        assert () == small.contributors("steady", "2014").ids

    @pytest.mark.parametrize(
        ("capacity", "expected"),
        [
            ("member", ["steady-aaa"]),
            ("partner", ["steady-bbb", "steady-ccc"]),
            ("operational-partner", ["steady-ccc"]),
            ("host", ["steady-ddd"]),
            (["member", "host"], ["steady-aaa", "steady-ddd"]),
            (["other"], []),
        ],
    )
    def test_capacity(self, small, capacity, expected):
        """Without a day the recorded capacity decides; partners take in operational ones."""
        assert expected == list(small.contributors("steady", capacity=capacity).ids)

    @pytest.mark.parametrize(
        ("day", "capacity", "expected"),
        [
            ("2008", "partner", {"steady-bbb": "yes", "steady-ccc": "maybe"}),
            ("2008", "member", {"steady-aaa": "yes"}),
            ("2009-03-31", "partner", {"steady-bbb": "yes", "steady-ccc": "maybe"}),
            ("2009-04-01", "partner", {"steady-ccc": "maybe"}),
            ("2009-04-01", "member", {"steady-aaa": "yes", "steady-bbb": "yes"}),
            ("2009", "partner", {"steady-bbb": "yes", "steady-ccc": "yes"}),
            ("2009", "member", {"steady-aaa": "yes", "steady-bbb": "yes"}),
            ("2010", "partner", {"steady-ccc": "maybe"}),
            (
                "2010",
                ["partner", "member"],
                {
                    "steady-aaa": "yes",
                    "steady-bbb": "yes",
                    "steady-ccc": "maybe",
                },
            ),
            ("2012-05", "host", {}),
            ("2002", "host", {"steady-ddd": "yes"}),
        ],
    )
    def test_membership_then(self, small, day, capacity, expected):
        """On a day membership in NATO then decides; who joined in that time was both."""
        found = small.contributors("steady", day, capacity=capacity)

        assert expected == {each.id: found.certainty(each).value for each in found}
        certain = small.contributors("steady", day, capacity=capacity, certain=True)
        assert [key for key, sure in expected.items() if sure == "yes"] == list(certain.ids)

    def test_only_while_there(self, made):
        """Only the part of the time counts in which the country took part."""
        data = made("""
        countries: [{id: AAA, name: A}]
        organisations: [{id: nato, name: NATO, kind: alliance}]
        operations: [{id: op, name: Op, kind: support, admitted_by: others}]
        memberships: [{id: m, country: AAA, framework: nato, milestones: [
          {kind: acceded, date: 2004-03-29}, {kind: attested, date: 2026}]}]
        contributions: [{id: part, operation: op, country: AAA, capacity: member, milestones: [
          {kind: joined, date: 2004-06-01}, {kind: withdrew, date: 2006-01-01}]}]
        """)

        assert () == data.contributors("op", "2004", capacity="partner").ids
        assert ("part",) == data.contributors("op", "2004", capacity="member").ids

    def test_open_membership(self, made):
        """Where the dates of membership leave it open, both capacities may be."""
        data = made("""
        countries: [{id: AAA, name: A}]
        organisations: [{id: nato, name: NATO, kind: alliance}]
        operations: [{id: op, name: Op, kind: support, admitted_by: others}]
        memberships: [{id: m, country: AAA, framework: nato, milestones: [
          {kind: acceded, date: "2004"}, {kind: attested, date: 2026}]}]
        contributions: [{id: part, operation: op, country: AAA, capacity: member, milestones: [
          {kind: joined, date: 2003}, {kind: withdrew, date: 2006-01-01}]}]
        """)
        for capacity in ("member", "partner"):
            found = data.contributors("op", "2004-06-01", capacity=capacity)
            assert Certainty.MAYBE is found.certainty("part")
            assert () == data.contributors("op", "2004-06", capacity=capacity, certain=True).ids

    @pytest.mark.parametrize(
        ("joined", "spells", "day", "capacity", "answer"),
        [
            # A member in the first of two spells, and not in the second.
            ("1955-01-01", [("1960", "1970"), ("1980", "1990")], "1965", "member", "yes"),
            ("1955-01-01", [("1960", "1970"), ("1980", "1990")], "1965", "partner", None),
            ("1955-01-01", [("1960", "1970"), ("1980", "1990")], "1975", "member", None),
            # A country that may have taken part before its membership ended.
            ("2003", [("1990", "2003-06-01")], "2003", "member", "maybe"),
            # One that may have taken part before its membership began, or only until then.
            ("2003", [("2003-06-01", "2010")], "2003", "partner", "maybe"),
            ("2000-01-01", [("2019-06-01", "2030")], "2019", "member", "maybe"),
            # One that joined within a time that is itself in doubt.
            ("2000-01-01", [("2004-06-01", "2009")], "2004~", "member", "maybe"),
            ("2000-01-01", [("2003-06-01", "2010")], "2004~", "partner", "maybe"),
            ("2000-01-01", [("1990", "2005-06")], "2005-06~", "partner", "maybe"),
            # One that may have joined, or still been a member, on the very day.
            ("2000-01-01", [("2005-06", "2010")], "2005-06-01", "partner", "maybe"),
            ("2000-01-01", [("1990", "2005-06")], "2005-06-30", "partner", "maybe"),
            # One that was a member up to the last day.
            ("2000-01-01", [("1990", "2005-12-31")], "2005", "partner", None),
            # A membership whose end is not known may have ended before.
            ("2000-01-01", [("1990", None)], "2005", "partner", "maybe"),
            ("2000-01-01", [("1990", "2010")], "2005", "partner", None),
        ],
    )
    def test_spells(self, made, joined, spells, day, capacity, answer):
        """Each spell of membership counts, as far as its dates and those asked for are known."""
        several = ", ".join(
            f"{{kind: {'rejoined' if at else 'joined'}, date: '{begun}'}}"
            + (f", {{kind: ended, date: '{ended}'}}" if ended else "")
            for at, (begun, ended) in enumerate(spells)
        )
        data = made(f"""
        countries: [{{id: AAA, name: A}}]
        organisations: [{{id: nato, name: NATO, kind: alliance}}]
        operations: [{{id: op, name: Op, kind: support, admitted_by: others}}]
        memberships: [{{id: m, country: AAA, framework: nato, milestones: [{several}]}}]
        contributions: [{{id: part, operation: op, country: AAA, capacity: {capacity},
          milestones: [{{kind: joined, date: '{joined}'}}, {{kind: withdrew, date: 2019}}]}}]
        """)

        found = data.contributors("op", day, capacity=capacity)
        assert [answer] * (answer is not None) == [found.certainty(each).value for each in found]

    def test_view(self, small):
        """Of a day's view it is that day which counts."""
        view = small.on("2009-04-01")

        assert ("steady-aaa", "steady-bbb", "steady-ccc") == view.contributors("steady").ids
        assert ("steady-ccc",) == view.contributors("steady", capacity="partner").ids

    @pytest.mark.parametrize(
        ("capacity", "message"),
        [
            (
                "partners",
                "a capacity of member, partner, .* got 'partners'; did you mean 'partner'",
            ),
            (["member", "x"], "got 'x'$"),
            (7, "got 7$"),
        ],
    )
    def test_unknown_capacity(self, small, capacity, message):
        """An unknown capacity is an error that lists them and names the nearest."""
        with pytest.raises(BadArgument, match=message):
            small.contributors("steady", capacity=capacity)


class TestMandates:
    """``nato.mandates(kind)``."""

    def test_kinds(self, small):
        """Operations with a legal basis, of one kind or of any."""
        assert ("steady",) == small.mandates().ids
        assert ("steady",) == small.mandates("host-request").ids
        assert () == small.mandates("treaty-article").ids

    def test_view(self, small):
        """Of a day's view these are the operations in being then."""
        assert ("steady",) == small.on("2005").mandates("un-resolution").ids
        assert () == small.on("1998").mandates("un-resolution").ids

    def test_unknown(self, small):
        """An unknown kind is an error that names the nearest."""
        with pytest.raises(BadArgument) as caught:
            small.mandates("un-resolutions")

        assert str(caught.value).startswith("expected a kind of legal basis of un-resolution, ")
        assert str(caught.value).endswith("got 'un-resolutions'; did you mean 'un-resolution'?")


class TestOfType:
    """A record that must be of a type."""

    def test_types(self, small):
        """Records and ids are taken; others are errors that say what was expected."""
        store = small._store

        assert small["steady"] is of_type(store, "steady", Operation)
        with pytest.raises(
            BadArgument, match="expected an Operation, got 'nato', which is of the type Organisa"
        ):
            of_type(store, small["nato"], Operation)
        with pytest.raises(NotFound, match="did you mean"):
            of_type(store, "steadi", Operation)
