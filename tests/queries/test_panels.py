"""Panels: country-year rows, their codes, their rules, and what is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natodata.dates import Certainty
from natodata.errors import BadArgument, NotFound
from natodata.queries.panels import CODES, KINDS, RULES


def cells(table, **wanted):
    """Return the rows of a table, as dicts, in which columns have the values wanted."""
    return [row for row in table.dicts() if all(row[key] == wanted[key] for key in wanted)]


def by_year(table, column, **wanted):
    """Return year to cell of a column, for the rows wanted."""
    return {row["year"]: row[column] for row in cells(table, **wanted)}


class TestMembership:
    """``nato.panel("membership", …)``."""

    def test_rows(self, small):
        """There is a row for each country that ever belonged and each year, in that order."""
        panel = small.panel("membership", 1948, 1950, codes=())

        assert ("country", "year", "member", "rule") == panel.columns
        assert ["AAA"] * 3 + ["BBB"] * 3 + ["DDD"] * 3 == list(panel.column("country"))
        assert [1948, 1949, 1950] * 3 == list(panel.column("year"))
        assert {"any-day"} == set(panel.column("rule"))

    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            ("any-day", {1948: 0, 1949: 1, 1950: 1}),
            ("january-1", {1948: 0, 1949: 0, 1950: 1}),
            ("december-31", {1948: 0, 1949: 1, 1950: 1}),
        ],
    )
    def test_rules(self, small, rule, expected):
        """The rule says which days of a year count, and is stated in each row."""
        panel = small.panel("membership", 1948, 1950, rule=rule)

        assert expected == by_year(panel, "member", country="AAA")
        assert {rule} == set(panel.column("rule"))

    def test_open(self, small):
        """What the dates leave open is empty, which is neither yes nor no."""
        panel = small.panel("membership", 1958, 1983)
        found = by_year(panel, "member", country="DDD")

        assert 0 == found[1959]
        assert 1 == found[1960]
        assert 1 == found[1965]
        assert 0 == found[1975]
        assert found[1980] is found[1983] is None

    def test_between(self, small):
        """Between two memberships a country is no member."""
        panel = small.panel("membership", 1971, 1978)

        assert {0} == set(by_year(panel, "member", country="DDD").values())

    def test_framework(self, small):
        """Another framework can be asked for, by id or record."""
        panel = small.panel("membership", 2008, 2010, framework="pfp", codes="iso2")

        assert {2008: 1, 2009: 1, 2010: 0} == by_year(panel, "member", country="BBB")
        assert {1} == set(by_year(panel, "member", country="CCC").values())
        assert panel == small.panel("membership", 2008, 2010, framework=small["pfp"], codes="iso2")

    @given(
        st.integers(1940, 2030),
        st.sampled_from(["nato", "pfp"]),
        st.sampled_from(list(RULES)),
    )
    @pytest.mark.filterwarnings("ignore::natodata.errors.StaleDataWarning")
    def test_agrees(self, small, year, framework, rule):
        """A panel says what `members` says of the same days."""
        day = {"any-day": "", "january-1": "-01-01", "december-31": "-12-31"}[rule]
        members = small.members(f"{year}{day}", framework=framework)
        best = {}
        for member in members:
            sure = members.certainty(member)
            best.setdefault(member.country.id, []).append(sure)
        panel = small.panel("membership", year, year, framework=framework, rule=rule)
        for row in panel.dicts():
            answers = best.get(row["country"], [Certainty.NO])
            expected = 1 if Certainty.YES in answers else None
            assert (0 if answers == [Certainty.NO] else expected) == row["member"]


class TestParticipation:
    """``nato.panel("participation", …)``."""

    def test_rows(self, small):
        """Rows are by operation, country and year; all operations by default."""
        panel = small.panel("participation", 1999, 2000, codes=())

        assert ("operation", "country", "year", "participates", "rule") == panel.columns
        assert ["steady"] * 8 + ["undated"] * 2 == list(panel.column("operation"))

    def test_operation(self, small):
        """One operation can be asked for; years after its end are no participation."""
        panel = small.panel("participation", 1998, 2014, operation="steady")
        aaa = by_year(panel, "participates", country="AAA")

        assert {"steady"} == set(panel.column("operation"))
        assert (0, 1, 1, 1, 0) == (aaa[1998], aaa[1999], aaa[2006], aaa[2013], aaa[2014])
        ccc = by_year(panel, "participates", country="CCC")
        assert (0, None, 1, None, 0) == (ccc[1998], ccc[2005], ccc[2009], ccc[2011], ccc[2014])

    def test_unknown_dates(self, small):
        """A contribution without any date is never sure."""
        panel = small.panel("participation", 1999, 2000, operation=small["undated"])

        assert [None, None] == list(panel.column("participates"))


class TestStrength:
    """``nato.panel("strength", …)``."""

    def test_columns(self, small):
        """The number comes with what it bounds and when it held."""
        panel = small.panel("strength", 2009, 2009, codes=("iso3",))

        assert (
            "operation",
            "country",
            "year",
            "iso3",
            "personnel",
            "upper",
            "bound",
            "as_of",
            "rule",
        ) == panel.columns

    def test_missing(self, small):
        """Zero, listed without a number, and not published are three different things."""
        panel = small.panel("strength", 2008, 2009)

        assert [
            {"AAA": None, "BBB": None, "CCC": None},
            {"AAA": 0, "BBB": 40, "CCC": None},
        ] == [
            {row["country"]: row["personnel"] for row in cells(panel, year=year)}
            for year in (2008, 2009)
        ]
        assert {"AAA": "2009-06-01", "BBB": "2009-02", "CCC": "2009-02"} == {
            row["country"]: row["as_of"] for row in cells(panel, year=2009)
        }
        assert {None} == {row["as_of"] for row in cells(panel, year=2008)}
        assert {"AAA": "exact", "BBB": "about", "CCC": None} == {
            row["country"]: row["bound"] for row in cells(panel, year=2009)
        }

    def test_figures(self, small):
        """Figures of contributions count as well, but not deprecated ones."""
        panel = small.panel("strength", 1999, 2012, operation="steady")
        found = by_year(panel, "personnel", country="AAA")

        assert (100, None, None) == (found[1999], found[2000], found[2012])
        assert {"steady"} == set(panel.column("operation"))

    def test_other_operation(self, small):
        """An operation without published numbers has no rows."""
        assert 0 == len(small.panel("strength", 1999, 2012, operation="watch"))

    def test_day(self, small):
        """With a rule of one day only what was published for that day counts."""
        panel = small.panel("strength", 2009, 2009, rule="january-1")

        assert {None} == set(panel.column("personnel"))

    def test_preferred(self, made):
        """Of two numbers for one time the one ranked preferred is taken."""
        data = made("""
        countries: [{id: AAA, name: A}]
        operations: [{id: op, name: Op, kind: support, admitted_by: others}]
        contributions:
          - {id: part, operation: op, country: AAA, capacity: member, figures: [
              {measure: troops, value: 1, as_of: 2001, rank: preferred, note: So.},
              {measure: troops, value: 2, upper: 5, bound: between, as_of: 2002},
              {measure: troops, value: 3, as_of: 2001}]}
        """)
        panel = data.panel("strength", 2001, 2002)

        assert {2001: 1, 2002: 2} == by_year(panel, "personnel")
        assert {2001: None, 2002: 5} == by_year(panel, "upper")


class TestCodes:
    """Codes valid in the year."""

    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            ("any-day", {1989: 260, 1990: 255, 1991: 255}),
            ("january-1", {1989: 260, 1990: 260, 1991: 255}),
            ("december-31", {1989: 260, 1990: 255, 1991: 255}),
        ],
    )
    def test_change(self, small, rule, expected):
        """A code that changed in a year is the later one, or that of the day asked for."""
        panel = small.panel("membership", 1989, 1991, codes=("cow",), rule=rule)

        assert expected == by_year(panel, "cow", country="AAA")

    def test_before(self, small):
        """Before the first code there is none."""
        panel = small.panel("membership", 1954, 1955, codes=("cow",))

        assert {1954: None, 1955: 260} == by_year(panel, "cow", country="AAA")

    def test_within(self, made):
        """Where two codes held in a year, it is the one that began later, however long it held."""
        data = made("""
        countries: [{id: AAA, name: A,
          cow_codes: [{value: 2, period: 1995/2000}, {value: 1, period: 1990/2010}],
          gw_codes: [{value: 4, period: 1995/2000}, {value: 3, period: 1990/2010}]}]
        organisations: [{id: nato, name: NATO, kind: alliance}]
        memberships: [{id: m, country: AAA, framework: nato}]
        """)

        panel = data.panel("membership", 1996, 2001, codes=("cow", "gw"))

        assert (2, 1) == (by_year(panel, "cow")[1996], by_year(panel, "cow")[2001])
        assert (4, 3) == (by_year(panel, "gw")[1996], by_year(panel, "gw")[2001])

    def test_undated(self, small):
        """A code without a time always holds; a deprecated one never does."""
        panel = small.panel("membership", 1900, 1900, codes=("gw",))
        partner = small.panel("membership", 2000, 2000, framework="pfp", codes=("cow",))

        assert {1900: 260} == by_year(panel, "gw", country="AAA")
        assert {2000: None} == by_year(partner, "cow", country="CCC")

    def test_all(self, small):
        """All codes can be asked for; they stand in the order asked, texts as texts."""
        panel = small.panel("membership", 2000, 2000, codes=reversed(CODES))
        (row,) = cells(panel, country="AAA")

        assert ("country", "year", "gw", "cow", "isonum", "iso3", "iso2", "member", "rule") == (
            panel.columns
        )
        assert ("AA", "AAA", "004", 255, 260) == tuple(row[code] for code in CODES)
        assert "NO" == cells(panel, country="BBB")[0]["iso2"]

    def test_single(self, small):
        """One code may be given as a text, and one given twice stands once."""
        expected = ("country", "year", "iso2", "member", "rule")

        assert expected == small.panel("membership", 2000, 2000, codes="iso2").columns
        twice = small.panel("membership", 2000, 2000, codes=["iso2", "iso2"])
        assert expected == twice.columns

    def test_default(self, small):
        """By default a panel has the codes that joins are made on."""
        columns = small.panel("membership", 2000, 2000).columns

        assert ("iso3", "cow", "gw") == columns[2:5]


class TestTypes:
    """Types of columns."""

    @pytest.mark.parametrize("kind", KINDS)
    def test_declared(self, small, kind):
        """Columns have the same types with and without rows."""
        full = small.panel(kind, 1999, 2009, codes=CODES)
        others = {"framework": "north"} if kind == "membership" else {"operation": "watch"}
        empty = small.panel(kind, 1999, 2009, codes=CODES, **others)

        assert 0 == len(empty)
        assert full.types() == empty.types()
        assert "integer" == full.types()["cow"]
        assert "text" == full.types()["isonum"]


class TestErrors:
    """What cannot be meant."""

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("member", 1999, 2000), "kind of panel: membership, .* got 'member'; did you mean"),
            ((["strength"], 1999, 2000), r"got \['strength'\]"),
            (("strength", 2000, 1999), "the first year not after the last, got 2000 and 1999"),
            (("strength", "1999", 2000), "a year from 1 to 9999 as a whole number, got '1999'"),
            (("strength", 1999, 2000.5), "whole number, got 2000.5"),
            (("strength", True, 2000), "whole number, got True"),
            (("strength", 0, 2000), "whole number, got 0"),
            (("strength", 1999, 10000), "whole number, got 10000"),
        ],
    )
    def test_arguments(self, small, arguments, message):
        """Kinds and years are checked, and the message says what was expected."""
        with pytest.raises(BadArgument, match=message):
            small.panel(*arguments)

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"codes": ("iso3", "cows")}, "a code: iso2, .* got 'cows'; did you mean 'cow'"),
            ({"codes": "xx"}, "a code: iso2, iso3, isonum, cow, gw, got 'xx'$"),
            ({"codes": 7}, "got 7$"),
            ({"rule": "any day"}, "rule for the year: any-day, .* did you mean 'any-day'"),
            ({"framework": "steady"}, "expected an Organisation, got 'steady'"),
        ],
    )
    def test_options(self, small, options, message):
        """So are codes, rules and what records are given."""
        with pytest.raises(BadArgument, match=message):
            small.panel("membership", 1999, 2000, **options)

    def test_unknown(self, small):
        """An unknown framework or operation is not found."""
        with pytest.raises(NotFound, match="natto"):
            small.panel("membership", 1999, 2000, framework="natto")
        with pytest.raises(NotFound, match="stedy"):
            small.panel("strength", 1999, 2000, operation="stedy")

    @pytest.mark.parametrize("year", [1, 9999])
    def test_first_and_last_year(self, small, year):
        """Of all years that a date can have there are panels."""
        assert {year} == set(small.panel("membership", year, year).column("year"))

    def test_whole_numbers(self, small):
        """Whole numbers of other libraries are years as well."""

        class Whole:
            def __index__(self):
                return 1999

        assert [1999] * 3 == list(small.panel("membership", Whole(), Whole()).column("year"))
