"""Strength: every published number, nations apart from totals, nothing filled in."""

import pytest

from natodata.errors import BadArgument, NotFound, StaleDataWarning
from natodata.queries.strengths import COLUMNS


def shown(table, *columns):
    """Return some columns of each row."""
    return [tuple(row[column] for column in columns) for row in table.dicts()]


class TestStrength:
    """``nato.strength(operation)``."""

    def test_columns(self, small):
        """Columns are always the same, in the order documented, with declared types."""
        expected = (
            "operation",
            "date",
            "row",
            "country",
            "country_name",
            "measure",
            "personnel",
            "upper",
            "bound",
            "rank",
            "report",
            "source",
            "date_earliest",
            "date_latest",
        )
        full, empty = small.strength("steady"), small.strength("watch")

        assert expected == COLUMNS == full.columns == empty.columns
        assert 0 == len(empty)
        assert full.types() == empty.types()
        assert ("integer", "integer", "text", "day") == tuple(
            full.types()[name] for name in ("personnel", "upper", "date", "date_latest")
        )

    def test_order(self, small):
        """Rows are in order of date, then sheet by sheet, nations before totals."""
        assert [
            ("1999-12", "nation", "AAA", 100),
            ("2000-01", "total", None, 500),
            ("2009-02", "nation", "AAA", 120),
            ("2009-02", "nation", "BBB", 40),
            ("2009-02", "nation", "CCC", None),
            ("2009-02", "total", None, 160),
            ("2009-06-01", "nation", "AAA", 0),
            ("2012", "nation", "AAA", 7),
            ("2012", "total", None, 550),
        ] == shown(small.strength("steady"), "date", "row", "country", "personnel")

    def test_running_totals(self, small, tmp_path):
        """A count of all who ever served is no strength."""
        more = tmp_path / "more.yaml"
        figure = '{measure: troops, value: 9000, since: "2000", as_of: 2012}'
        more.write_text(f"patches: [{{id: steady, add: {{figures: [{figure}]}}}}]\n")

        assert small.strength("steady") == small.extend(more).strength("steady")

    def test_rows(self, small):
        """A row says what is counted, what it bounds, its rank, sheet, source and days."""
        table = small.strength("steady").dicts()

        assert {
            "operation": "steady",
            "date": "2000-01",
            "row": "total",
            "country": None,
            "country_name": None,
            "measure": "troops",
            "personnel": 500,
            "upper": 600,
            "bound": "between",
            "rank": "normal",
            "report": None,
            "source": None,
            "date_earliest": "2000-01-01",
            "date_latest": "2000-01-31",
        } == table[1]
        assert {
            "operation": "steady",
            "date": "2009-02",
            "row": "nation",
            "country": "BBB",
            "country_name": "Bravo",
            "measure": "personnel",
            "personnel": 40,
            "upper": None,
            "bound": "about",
            "rank": "normal",
            "report": "steady-2009",
            "source": "act",
            "date_earliest": "2009-02-01",
            "date_latest": "2009-02-28",
        } == table[3]
        assert ("deprecated", "at-most") == (table[7]["rank"], table[8]["bound"])

    def test_two_sheets(self, made):
        """Two sheets of one day stand one after the other, each with its total and sources."""
        data = made("""
        sources:
          - {id: a, source_class: press, title: A, extent: full}
          - {id: b, source_class: press, title: B, extent: full}
          - {id: c, source_class: press, title: C, extent: full}
        countries: [{id: AAA, name: A}, {id: BBB, name: B}]
        operations: [{id: op, name: Op, kind: support, admitted_by: others}]
        strength_reports:
          - {id: two, operation: op, date: 2001, printed_total: 3,
             rows: [{country: BBB, personnel: 2}, {country: AAA, personnel: 1}],
             citations: [{source: c, backs: [date]}, {source: b, backs: [printed_total]},
                         {source: a, backs: [rows]}]}
          - {id: one, operation: op, date: 2001, printed_total: 7,
             rows: [{country: AAA, personnel: 7}]}
        """)

        assert [
            ("one", "AAA", 7, None),
            ("one", None, 7, None),
            ("two", "AAA", 1, "a"),
            ("two", "BBB", 2, "a"),
            ("two", None, 3, "b"),
        ] == shown(data.strength("op"), "report", "country", "personnel", "source")

    def test_one_place(self, made):
        """What is on no sheet comes first; of two numbers for the same, the lower one does.

        A nation listed without a number stands where zero would.
        """
        data = made("""
        countries: [{id: AAA, name: A}]
        operations: [{id: op, name: Op, kind: support, admitted_by: others,
          figures: [{measure: personnel, value: 9, as_of: 2001},
                    {measure: personnel, value: 5, as_of: 2001}]}]
        strength_reports:
          - {id: 2001-sheet, operation: op, date: 2001,
             rows: [{country: AAA, personnel: 2}, {country: AAA, personnel: 1}, {country: AAA}]}
        """)

        assert [
            (None, 5),
            (None, 9),
            ("2001-sheet", None),
            ("2001-sheet", 1),
            ("2001-sheet", 2),
        ] == shown(data.strength("op"), "report", "personnel")

    def test_source_of_a_figure(self, made):
        """It is the first that backs the number, or else the first."""
        data = made("""
        sources:
          - {id: a, source_class: press, title: A, extent: full}
          - {id: b, source_class: press, title: B, extent: full}
        operations: [{id: op, name: Op, kind: support, admitted_by: others, figures: [
          {measure: troops, value: 1, as_of: 2001, citations: [{source: b}, {source: a}]},
          {measure: troops, value: 2, as_of: 2001, citations: [
            {source: a, backs: [as_of]}, {source: b, backs: [value]}]}]}]
        """)

        assert [(1, "b"), (2, "b")] == shown(data.strength("op"), "personnel", "source")

    def test_open_date(self, made):
        """A figure of an open stretch has no day where there is none."""
        data = made("""
        operations: [{id: op, name: Op, kind: support, admitted_by: others,
          figures: [{measure: personnel, value: 5, as_of: 2001/..},
                    {measure: personnel, value: 6, as_of: ../2001}]}]
        """)

        assert [("../2001", None, "2001-12-31"), ("2001/..", "2001-01-01", None)] == shown(
            data.strength("op"), "date", "date_earliest", "date_latest"
        )

    @pytest.mark.parametrize(
        ("when", "expected"),
        [
            ("2009", ["2009-02"] * 4 + ["2009-06-01"]),
            ("2009-02-10", ["2009-02"] * 4),
            ("2009-06-01", ["2009-06-01"]),
            ("1998", []),
        ],
    )
    def test_on(self, small, when, expected):
        """On a day it is what was published for it, or may have been."""
        assert expected == list(small.strength("steady", when).column("date"))

    def test_certain(self, small):
        """What the dates leave open can be left out."""
        table = small.strength("steady", "2009-02-10", certain=True)

        assert 0 == len(table)
        assert 4 == len(small.strength("steady", "2009-02", certain=True))

    def test_view(self, small):
        """Of a day's view it is what was published for that time."""
        assert ["2009-06-01"] == list(small.on("2009-06").strength("steady").column("date"))
        assert ["2012"] * 2 == list(small.on("2009").strength("steady", "2012").column("date"))

    def test_stale(self, small):
        """A day beyond the data is warned of."""
        with pytest.warns(StaleDataWarning):
            small.strength("steady", "2030")

    def test_wrong(self, small):
        """The operation must be one that is in the data."""
        with pytest.raises(BadArgument, match="expected an Operation, got 'nato'"):
            small.strength("nato")
        with pytest.raises(NotFound, match="stedy"):
            small.strength("stedy")
