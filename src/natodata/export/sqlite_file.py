"""A database file of SQLite: typed columns, primary and foreign keys, indexes.

Beside the tables of `natodata.queries.tables` it has one named ``dataset``, whose one row says
which data these are.
"""

from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from natodata.export.content import notes_of, sheets
from natodata.queries.sql import Keys, build
from natodata.store import Store
from natodata.tabular import Table

__all__ = ["write"]


def write(store: Store, target: Path, collections: Collection[str] | None) -> None:
    """Write a dataset, or some of its collections, into a new database file.

    The same data give the same file, byte by byte, where SQLite is the same.
    """
    import sqlite3

    found = sheets(store, collections)
    keys = {
        sheet.name: Keys(
            sheet.key,
            {column.name: column.refers_to for column in sheet.columns if column.refers_to},
            whole=sheet.whole_key,
        )
        for sheet in found
    }
    notes = notes_of(store)
    said = Table(tuple(notes), [tuple(notes.values())])
    content = {"dataset": said, **{sheet.name: sheet.table for sheet in found}}
    with closing(sqlite3.connect(target)) as connection:
        # The file is put in its place when it is complete, so nothing has to be rolled back.
        connection.execute("PRAGMA journal_mode = OFF")
        build(connection, content, keys)
        connection.execute("VACUUM")
