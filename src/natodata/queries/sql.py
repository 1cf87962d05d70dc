"""Questions in SQL, to a database that can only be read."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import date
from threading import Lock
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from natodata.dates import PartialDate, Period
from natodata.errors import BadArgument
from natodata.loading.wording import nearest
from natodata.queries.sql_guards import LONGEST, MOST_EXPANSIONS, STEPS, Budget, expansions, guard
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
_NUMBERED = re.compile(r"\?([1-9][0-9]{0,4})\b")
"""A mark that says which of the values it stands for."""


class _Database:
    def __init__(self, store: Store) -> None:
        import sqlite3

        self.lock = Lock()
        self.connection: Connection = sqlite3.connect(":memory:", check_same_thread=False)
        build(self.connection, tables(store))
        guard(self.connection)

    def __del__(self) -> None:
        """Close the database with the dataset; Python 3.13 warns of one left open."""
        self.connection.close()


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
            other parameters than were given, takes too many steps, too much time or memory, or
            has too large an answer.
    """
    import sqlite3

    if not _is_text(query):
        raise BadArgument(f"expected a query in SQL, got {query!r}")
    values = _bound(parameters)
    most = _steps(max_steps)
    if expansions(query[:LONGEST]) > MOST_EXPANSIONS:  # a longer query is refused by SQLite
        raise BadArgument(
            "expected a query that names few tables in WITH, got one that uses them again and "
            f"again: written out, they are more than {MOST_EXPANSIONS:,}"
        )
    database = store.keep(_Database)
    with database.lock, closing(database.connection.cursor()) as cursor:
        budget = Budget(most)
        database.connection.set_progress_handler(budget, budget.every)
        try:
            _execute(cursor, query, values)
            rows = _fetched(cursor)
        except BadArgument:
            raise
        except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
            raise BadArgument(_explained(str(error), most, budget.exceeded)) from None
        finally:
            database.connection.set_progress_handler(None, 0)
        if cursor.description is None:
            raise BadArgument(f"expected a query that asks for something, got {query[:80]!r}")
        columns = _distinct([str(column[0]) for column in cursor.description])
    return Table(columns, rows)


# --- what goes in ----------------------------------------------------------------------------


def _is_text(given: object) -> bool:
    return isinstance(given, str) and not given.isspace() and given != ""


def _steps(given: object) -> int:
    if given is None:
        return STEPS
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        raise BadArgument(f"expected max_steps as a whole number above 0, got {given!r}")
    return given


def _execute(cursor: "Cursor", query: str, values: list[Cell] | dict[str, Cell]) -> None:
    """Run a query; values for numbered marks (``?2``) go by name, as Python 3.14 wants them."""
    import sqlite3

    numbers = _NUMBERED.findall(query) if isinstance(values, list) else ()
    if numbers and max(map(int, numbers)) == len(values):
        # What looks like a number may stand in a text, and the marks be without: then by place.
        with suppress(sqlite3.ProgrammingError):
            cursor.execute(query, {str(place): value for place, value in enumerate(values, 1)})
            return
    cursor.execute(query, values)


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
    found: dict[str, int] = {}
    for name in names:
        fresh = name
        while fresh in found:
            found[name] += 1
            fresh = f"{name}_{found[name]}"
        found[fresh] = 1
    return list(found)


# --- what went wrong -------------------------------------------------------------------------

_REFUSAL = re.compile(
    "not authorized|authorization denied|prohibited|may not be modified|vtable constructor failed"
)
_NO_TABLE = re.compile(r"no such table: (?:main\.)?(.+)")
_NO_COLUMN = re.compile(r"no such column: (?:.+\.)?(.+)")


_TOO_MUCH = {
    "steps": "at most {:,} steps, got one that takes more",
    "time": "about a second for each ten million steps ({:,} here), got one that takes longer",
    "memory": "less than 256 MiB for each ten million steps ({:,} here), got one that takes more",
}


def _explained(error: str, steps: int, exceeded: str) -> str:
    """Return what SQLite says in words that tell what to do."""
    if exceeded:
        what = _TOO_MUCH[exceeded].format(steps)
        return f"expected a query of {what}: narrow it, or give max_steps"
    if error == "string or blob too big":
        return f"expected values of at most {LONGEST:,} characters, got a longer one"
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
