"""Questions in SQL, to a database that can only be read."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from threading import Lock
from typing import TypeAlias

from natodata.errors import BadArgument
from natodata.queries.tables import tables
from natodata.store import Store
from natodata.tabular import Cell, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection

__all__ = ["Parameters", "build", "sql"]

Parameters: TypeAlias = Sequence[Cell] | Mapping[str, Cell]

_STEPS_AT_ONCE = 10_000
_MOST_STEPS = 20_000_000
"""Steps of SQLite's machine that a query may take, about a second; see ``max_steps``."""


class _Database:
    def __init__(self, store: Store) -> None:
        import sqlite3

        self.lock = Lock()
        self.connection = sqlite3.connect(":memory:", check_same_thread=False)
        build(self.connection, tables(store))
        self.connection.execute("PRAGMA query_only = ON")
        self.connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        self.connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 10_000_000)
        allowed = {
            sqlite3.SQLITE_SELECT,
            sqlite3.SQLITE_READ,
            sqlite3.SQLITE_RECURSIVE,
        }

        def authorise(action: int, _: str | None, name: str | None, *__: str | None) -> int:
            harmless = action == sqlite3.SQLITE_FUNCTION and name not in _REFUSED
            return sqlite3.SQLITE_OK if harmless or action in allowed else sqlite3.SQLITE_DENY

        self.connection.set_authorizer(authorise)


_KINDS = {
    "text": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "day": "TEXT",
}
"""SQLite's type for each type of column; it has none for truths and days."""
_REFUSED = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})
"""Functions that reach out of the database, where a build of SQLite has them."""


def build(connection: "Connection", content: Mapping[str, Table]) -> None:
    """Write tables into a database: columns typed, ``id`` as primary key, references indexed."""
    for name, table in content.items():
        columns = ", ".join(
            f'"{column}" {_KINDS[kind]}{" PRIMARY KEY" if column == "id" else ""}'
            for column, kind in table.types().items()
        )
        connection.execute(f'CREATE TABLE "{name}" ({columns})')
        marks = ", ".join("?" * len(table.columns))
        connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', table.rows)  # noqa: S608
        if "record" in table.columns:
            connection.execute(f'CREATE INDEX "{name}_record" ON "{name}" (record)')
    connection.commit()


def sql(store: Store, query: str, parameters: Parameters, max_steps: int | None) -> Table:
    """Return the rows of a query over `natodata.queries.tables.tables`.

    Raises:
        BadArgument: The query is not SQL that SQLite understands, would do anything but read, has
            other parameters than were given, or takes too many steps.
    """
    import sqlite3

    if not str(query).strip():
        raise BadArgument(f"expected a query in SQL, got {query!r}")
    database = store.keep("database", lambda: _Database(store))
    left = (max_steps or _MOST_STEPS) // _STEPS_AT_ONCE
    steps = iter(range(left))
    with database.lock, closing(database.connection.cursor()) as cursor:
        database.connection.set_progress_handler(lambda: next(steps, None) is None, _STEPS_AT_ONCE)
        try:
            cursor.execute(query, parameters)
            columns = [description[0] for description in cursor.description or ()]
            rows = cursor.fetchall()
        except (sqlite3.Error, sqlite3.Warning, ValueError, TypeError, OverflowError) as error:
            raise BadArgument(
                f"expected a query that reads, got one that fails: {error}"
            ) from None
        finally:
            database.connection.set_progress_handler(None, 0)
    return Table(_distinct(columns), [tuple(map(_cell, row)) for row in rows])


def _distinct(names: Sequence[str]) -> list[str]:
    """Return column names with repeated ones numbered, as a table needs them apart."""
    found: list[str] = []
    for name in names:
        number, fresh = 2, name
        while fresh in found:
            fresh, number = f"{name}_{number}", number + 1
        found.append(fresh)
    return found


def _cell(value: object) -> Cell:
    if isinstance(value, bytes):
        return value.hex()
    return value  # type: ignore[return-value]
