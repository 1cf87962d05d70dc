"""What goes into a file: records, and tables with their keys."""

import pytest
from small import store

from natodata.dates import when_of
from natodata.export.content import LICENCE, notes_of, records, sheets
from natodata.queries.tables import tables

WHOLE = store()
VIEW = WHOLE.at(when_of("2002"), certain=False)


def by_name(*given):
    """Return sheets by name."""
    return {sheet.name: sheet for sheet in sheets(*given)}


class TestNotesOf:
    """`notes_of`."""

    def test_whole(self):
        """A dataset says its title, version and the day up to which it is kept."""
        assert {
            "title": "A small dataset",
            "version": "2020.1.1",
            "current_to": "2020-01-31",
            "licence": LICENCE,
        } == notes_of(WHOLE)

    def test_view(self):
        """A view says at which time it looks; what has no title is untitled."""
        nameless = store("sources: []").at(when_of("2002"), certain=False)

        assert {"title": "untitled", "as_of": "2002", "licence": LICENCE} == notes_of(nameless)


class TestRecords:
    """`records`."""

    def test_all(self):
        """All records come, collection by collection, each in the order of the ids."""
        found = [record.id for record in records(WHOLE, None)]

        assert ["daily", "gazette", "memoir", "patrol", "sea", "IRQ", "NOR"] == found[:7]
        assert sorted(WHOLE.all_ids()) == sorted(found)

    def test_some(self):
        """Only records of the collections named come."""
        assert ["summit", "calm"] == [r.id for r in records(WHOLE, ("operations", "meetings"))]

    def test_view(self):
        """In a view only what was there then comes."""
        later = WHOLE.at(when_of("2010"), certain=False)

        assert ["calm"] == [r.id for r in records(VIEW, {"operations"})]
        assert [] == [r.id for r in records(later, {"operations"})]


class TestSheets:
    """`sheets`."""

    def test_all(self):
        """All tables are there with all their rows."""
        found = by_name(WHOLE, None)

        assert {name: table.rows for name, table in tables(WHOLE).items()} == {
            name: sheet.table.rows for name, sheet in found.items()
        }

    def test_columns(self):
        """Each column of a table is described, in their order."""
        for sheet in sheets(WHOLE, None):
            assert sheet.table.columns == tuple(column.name for column in sheet.columns)

    @pytest.mark.parametrize(
        ("name", "key", "whole"),
        [
            ("records", ("id",), True),
            ("operations", ("id",), True),
            ("operations_hosts", ("record", "position"), True),
            ("milestones", ("record", "field", "position"), True),
            ("legal_bases_countries", ("record", "field", "position", "piece"), True),
            ("citations", ("record", "field", "position", "piece"), False),
        ],
    )
    def test_keys(self, name, key, whole):
        """A key is the id, or where in a record the row stands."""
        sheet = by_name(WHOLE, None)[name]

        assert (key, whole) == (sheet.key, sheet.whole_key)

    @pytest.mark.parametrize("selection", [None, ("operations",), ("topics", "sources")])
    @pytest.mark.parametrize("given", [WHOLE, VIEW], ids=["whole", "view"])
    def test_true(self, given, selection):
        """Keys tell all rows apart, and every reference leads to a row of the table named."""
        found = by_name(given, selection)
        for sheet in found.values():
            keys = [
                tuple(row[sheet.table.columns.index(k)] for k in sheet.key) for row in sheet.table
            ]

            assert len(keys) == len(set(keys))
            assert not sheet.whole_key or all(None not in key for key in keys)
            for column in sheet.columns:
                if column.refers_to:
                    targets = set(found[column.refers_to].table.column("id"))

                    assert set(sheet.table.column(column.name)) - {None} <= targets

    def test_some(self):
        """Of some collections there are their tables, and the pieces of their records."""
        found = by_name(WHOLE, ("operations",))

        assert {"records", "operations", "operations_hosts", "milestones", "citations"} <= set(
            found
        )
        assert {"countries", "meetings_attendees"}.isdisjoint(found)
        assert {"calm"} == set(found["milestones"].table.column("record"))
        assert {"calm"} == set(found["citations"].table.column("record"))

    def test_references(self):
        """A reference leads to its table where that is complete, and else to all ids."""

        def leads(*given):
            columns = {column.name: column for column in by_name(*given)["contributions"].columns}
            return columns["operation"].refers_to, columns["country"].refers_to

        assert ("operations", "countries") == leads(WHOLE, None)
        assert ("operations", "records") == leads(WHOLE, ("contributions", "operations"))
        assert ("records", "records") == leads(VIEW, None)

    def test_referred(self):
        """The table of all ids has those that are only referred to, in their places."""
        rows = by_name(WHOLE, ("operations",))["records"].table.dicts()
        order = [row["id"] for row in rows]

        assert {"id": "NOR", "collection": "countries", "label": "Norway"} in rows
        assert order.index("gazette") < order.index("NOR") < order.index("calm")
        assert "storm" not in order
