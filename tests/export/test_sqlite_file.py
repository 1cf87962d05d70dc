"""Databases of SQLite, read back with its own library."""

import sqlite3
from contextlib import closing

import pandas as pd
import pytest
from small import store

from natodata.dates import when_of
from natodata.export.content import sheets
from natodata.export.sqlite_file import write

WHOLE = store()
VIEW = WHOLE.at(when_of("2002"), certain=False)


@pytest.fixture
def database(tmp_path):
    """Return a function that writes a database and opens it."""
    opened = []

    def written(given=WHOLE, collections=None):
        path = tmp_path / f"{len(opened)}.sqlite"
        write(given, path, collections)
        opened.append(sqlite3.connect(path))
        return opened[-1]

    yield written
    for each in opened:
        each.close()


class TestWrite:
    """`write`."""

    @pytest.mark.parametrize("given", [WHOLE, VIEW], ids=["whole", "view"])
    @pytest.mark.parametrize("collections", [None, ("operations", "sources")])
    def test_round_trip(self, database, given, collections):
        """Every table comes back with its columns and rows; a truth is 0 or 1."""
        connection = database(given, collections)
        for sheet in sheets(given, collections):
            with closing(connection.execute(f'SELECT * FROM "{sheet.name}"')) as cursor:  # noqa: S608
                assert list(sheet.table.columns) == [column[0] for column in cursor.description]
                assert sorted(sheet.table.rows, key=repr) == sorted(
                    [
                        tuple(
                            cell if cell is None or kind != "boolean" else bool(cell)
                            for cell, kind in zip(row, sheet.table.types().values(), strict=True)
                        )
                        for row in cursor
                    ],
                    key=repr,
                )

    @pytest.mark.parametrize("given", [WHOLE, VIEW], ids=["whole", "view"])
    def test_sound(self, database, given):
        """SQLite finds no fault in keys, references and indexes."""
        connection = database(given)

        assert [] == connection.execute("PRAGMA foreign_key_check").fetchall()
        assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()

    def test_foreign_keys(self, database):
        """References are declared, and hold writers to them when SQLite is told to."""
        connection = database()
        declared = {
            (row[3], row[2], row[4])
            for row in connection.execute("PRAGMA foreign_key_list(contributions)")
        }
        connection.execute("PRAGMA foreign_keys = ON")

        assert {("operation", "operations", "id"), ("country", "countries", "id")} == declared
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("UPDATE contributions SET country = 'XXX'")
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            connection.execute("INSERT INTO milestones SELECT * FROM milestones")

    @pytest.mark.parametrize(
        ("query", "index"),
        [
            ("SELECT * FROM contributions WHERE country = 'NOR'", "contributions_country"),
            ("SELECT * FROM citations WHERE source = 'daily'", "citations_source"),
            ("SELECT * FROM milestones WHERE record = 'calm'", "sqlite_autoindex_milestones_1"),
            ("SELECT * FROM operations WHERE id = 'calm'", "sqlite_autoindex_operations_1"),
        ],
    )
    def test_indexes(self, database, query, index):
        """References and keys are found by an index."""
        plan = database().execute(f"EXPLAIN QUERY PLAN {query}").fetchall()

        assert index in plan[0][3]

    def test_dataset(self, database):
        """One row says which data these are."""
        frame = pd.read_sql("SELECT * FROM dataset", database(VIEW))

        assert [
            {
                "title": "A small dataset",
                "version": "2020.1.1",
                "current_to": "2020-01-31",
                "as_of": "2002",
                "licence": "CC0-1.0",
            }
        ] == frame.to_dict("records")
