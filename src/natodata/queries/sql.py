"""Questions in SQL, to a database that can only be read."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date
from threading import Lock
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from natodata.dates import PartialDate, Period
from natodata.errors import BadArgument
from natodata.loading.wording import nearest
from natodata.queries.tables import layout, tables
from natodata.records import Record
from natodata.store import Store
from natodata.tabular import Cell, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection, Cursor

__all__ = ["Keys", "Parameter", "Parameters", "build", "sql"]

Parameter: TypeAlias = Cell | date | PartialDate | Period | Record
Parameters: TypeAlias = Sequence[Parameter] | Mapping[str, Parameter]
"""Values for the marks of a query; a date stands for its text, a record for its id."""

_STEPS_AT_ONCE = 1_000
_MOST_STEPS = 20_000_000
"""Steps of SQLite's machine that a query may take, about a second; see ``max_steps``."""
_LONGEST = 1_000_000
"""Characters that one value may have; the longest text of the data has a few thousand."""
_LARGEST = 20_000_000
"""Characters that an answer may have, each cell counted as at least 16."""
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


class _Database:
    def __init__(self, store: Store) -> None:
        import sqlite3

        self.lock = Lock()
        self.connection = sqlite3.connect(":memory:", check_same_thread=False)
        build(self.connection, tables(store))
        self.connection.execute("PRAGMA query_only = ON")
        self.connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        self.connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        # A long pattern over a long text takes time that no step counts.
        self.connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100)
        allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}

        def authorise(action: int, _: str | None, name: str | None, *__: str | None) -> int:
            harmless = action == sqlite3.SQLITE_FUNCTION and name not in _REFUSED
            return sqlite3.SQLITE_OK if harmless or action in allowed else sqlite3.SQLITE_DENY

        self.connection.set_authorizer(authorise)


class Keys(NamedTuple):
    """The keys of a table in a database that stands on its own."""

    primary: tuple[str, ...]
    """The columns that tell its rows apart."""
    foreign: Mapping[str, str]
    """Columns that refer to the ``id`` of a table, by name."""
    whole: bool = True
    """Whether no cell of the primary key is ever empty."""


_NO_KEYS: Mapping[str, Keys] = MappingProxyType({})


def build(
    connection: "Connection", content: Mapping[str, Table], keys: Mapping[str, Keys] = _NO_KEYS
) -> None:
    """Write tables into a database: columns typed, ``id`` as primary key, references indexed.

    Where *keys* are given, they are declared, and every foreign key is indexed.
    """
    for name, table in content.items():
        known = keys.get(name, Keys(("id",) if "id" in table.columns else (), {}))
        lines = [f'"{column}" {_KINDS[kind]}' for column, kind in table.types().items()]
        if known.primary:
            kind = "PRIMARY KEY" if known.whole else "UNIQUE"
            lines.append(f"{kind} ({_quoted(known.primary)})")
        lines += [
            f'FOREIGN KEY ("{column}") REFERENCES "{target}" ("id")'
            for column, target in known.foreign.items()
        ]
        connection.execute(f'CREATE TABLE "{name}" ({", ".join(lines)})')
        marks = ", ".join("?" * len(table.columns))
        connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', table.rows)  # noqa: S608
        indexed = {column for column in table.columns if column in {"record", *known.foreign}}
        for column in sorted(indexed - set(known.primary[:1])):  # a key is an index of its own
            connection.execute(f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}")')
    connection.commit()


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def sql(store: Store, query: str, parameters: Parameters, max_steps: int | None) -> Table:
    """Return the rows of a query over `natodata.queries.tables.tables`.

    Raises:
        BadArgument: The query is not SQL that SQLite understands, would do anything but read, has
            other parameters than were given, takes too many steps, or has too large an answer.
    """
    import sqlite3

    if not _is_text(query):
        raise BadArgument(f"expected a query in SQL, got {query!r}")
    values = _bound(parameters)
    most = _steps(max_steps)
    database = store.keep("database", lambda: _Database(store))
    steps = iter(range(most // _STEPS_AT_ONCE))
    with database.lock, closing(database.connection.cursor()) as cursor:
        database.connection.set_progress_handler(lambda: next(steps, None) is None, _STEPS_AT_ONCE)
        try:
            cursor.execute(query, values)
            rows = _fetched(cursor)
        except BadArgument:
            raise
        except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
            raise BadArgument(_explained(str(error), most)) from None
        finally:
            database.connection.set_progress_handler(None, 0)
        if cursor.description is None:
            raise BadArgument(f"expected a query that asks for something, got {query!r}")
        columns = _distinct([str(column[0]) for column in cursor.description])
    return Table(columns, rows)


# --- what goes in ----------------------------------------------------------------------------


def _is_text(given: object) -> bool:
    return isinstance(given, str) and not given.isspace() and given != ""


def _steps(given: object) -> int:
    if given is None:
        return _MOST_STEPS
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        raise BadArgument(f"expected max_steps as a whole number above 0, got {given!r}")
    return given


def _bound(parameters: object) -> list[Cell] | dict[str, Cell]:
    if isinstance(parameters, Mapping):
        return {str(name): _value(value) for name, value in parameters.items()}
    if isinstance(parameters, Iterable) and not isinstance(parameters, str | bytes):
        return [_value(value) for value in parameters]
    hint = f"; for a single value write [{parameters!r}]"
    raise BadArgument(f"expected parameters as a list or mapping, got {parameters!r}{hint}")


def _value(value: object) -> Cell:
    if isinstance(value, Record):
        return value.id
    if isinstance(value, PartialDate | Period | date):
        return str(value)[:10] if isinstance(value, date) else str(value)
    if value is None or isinstance(value, str | int | float):
        return str(value) if isinstance(value, str) else value
    found = type(value).__name__
    raise BadArgument(f"expected a text, number, date or record as parameter, got a {found}")


# --- what comes out --------------------------------------------------------------------------


def _fetched(cursor: "Cursor") -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    size = 0
    for row in cursor:
        size += sum(max(16, len(cell)) if isinstance(cell, str | bytes) else 16 for cell in row)
        if size > _LARGEST:
            raise BadArgument(
                f"expected an answer of less than {_LARGEST:,} characters, got a larger one: "
                "narrow the query, or add a limit"
            )
        rows.append([cell.hex() if isinstance(cell, bytes) else cell for cell in row])
    return rows


def _distinct(names: Sequence[str]) -> list[str]:
    """Return column names with repeated ones numbered, as a table needs them apart."""
    found: list[str] = []
    for name in names:
        number, fresh = 2, name
        while fresh in found:
            fresh, number = f"{name}_{number}", number + 1
        found.append(fresh)
    return found


# --- what went wrong -------------------------------------------------------------------------

_REFUSAL = re.compile(
    "not authorized|authorization denied|prohibited|may not be modified|vtable constructor failed"
)
_NO_TABLE = re.compile(r"no such table: (?:main\.)?(.+)")
_NO_COLUMN = re.compile(r"no such column: (?:.+\.)?(.+)")


def _explained(error: str, steps: int) -> str:
    """Return what SQLite says in words that tell what to do."""
    if error == "interrupted":
        return (
            f"expected a query of at most {steps:,} steps, got one that takes more: "
            "narrow it, or give max_steps"
        )
    if _REFUSAL.search(error):
        return f"expected a query that only reads the tables, got one that does more: {error}"
    if "binding" in error.lower():
        return f"expected a parameter for each mark of the query: {error}"
    if "one statement at a time" in error:
        return "expected one statement, got several"
    hint = ""
    for pattern, known in ((_NO_TABLE, list(layout())), (_NO_COLUMN, _all_columns())):
        found = pattern.fullmatch(error)
        near = nearest(found[1], known) if found else ""
        hint = f"; did you mean {near!r}?" if near else hint
    return f"expected a query that SQLite understands, got: {error}{hint}"


def _all_columns() -> list[str]:
    return sorted({column.name for columns in layout().values() for column in columns})
