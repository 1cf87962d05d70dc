"""What goes into a file: records, and tables with their keys, of all or some collections."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from natodata.loading.catalogue import CLASS_OF
from natodata.queries import moments
from natodata.queries.tables import ColumnOf, layout, tables
from natodata.queries.timeline import label_of
from natodata.records import Record
from natodata.store import Store
from natodata.tabular import Cell, Row, Table

__all__ = ["EVERY", "LICENCE", "LICENCE_ADDRESS", "Sheet", "notes_of", "records", "sheets"]

EVERY = "records"
"""The table of all ids."""
LICENCE = "CC0-1.0"
"""The licence of the data, as SPDX calls it."""
LICENCE_ADDRESS = "https://creativecommons.org/publicdomain/zero/1.0/"
"""Where it stands."""
_KEY = ("record", "field", "position", "piece")


class Sheet(NamedTuple):
    """A table with its keys."""

    name: str
    """Its name."""
    table: Table
    """Its rows."""
    columns: tuple[ColumnOf, ...]
    """Its columns; `refers_to` names a table among these sheets, whose ``id`` has every cell."""
    key: tuple[str, ...]
    """The columns that tell its rows apart; one of them, ``piece``, may be empty."""

    @property
    def whole_key(self) -> bool:
        """Whether no cell of the key is ever empty, as a primary key asks."""
        return self.name != "citations"


def notes_of(store: Store) -> dict[str, str]:
    """Return what a dataset says of itself, and of a view at which time it looks."""
    said = {
        "title": store.notes.title or "untitled",
        "version": store.notes.version,
        "current_to": store.notes.current_to,
        "as_of": " and ".join(str(view.when) for view in store.views),
        "licence": LICENCE,
    }
    return {name: str(value) for name, value in said.items() if value}


def records(store: Store, collections: Collection[str] | None) -> Iterator[Record]:
    """Yield the records of some collections, or of all, collection by collection."""
    for collection in CLASS_OF:
        if collections is None or collection in collections:
            for identifier in moments.ids_seen(store, collection):
                yield store.record(identifier)


def sheets(store: Store, collections: Collection[str] | None) -> tuple[Sheet, ...]:
    """Return every table of a dataset, or of some of its collections, with its keys.

    A reference leads to the table of its collection. Where that may not hold everything referred
    to (in a view, and where collections are left out), it leads to the table ``records``, which
    has every id that stands anywhere.
    """
    chosen = frozenset(CLASS_OF if collections is None else collections)
    content = {
        name: _narrowed(store, name, table, chosen)
        for name, table in tables(store).items()
        if _belongs(name, chosen)
    }
    complete = chosen if not store.views else frozenset[str]()
    found = []
    for name, table in content.items():
        columns = tuple(_leading(column, complete) for column in layout()[name])
        found.append(Sheet(name, table, columns, _key(table)))
    every = found[0]
    found[0] = every._replace(table=_with_referred(store, every.table, found))
    return tuple(found)


def _belongs(name: str, chosen: frozenset[str]) -> bool:
    """Return whether a table is of the collections chosen; those of pieces are of all."""
    owner = _OWNERS.get(name, name)
    return owner not in CLASS_OF or owner in chosen


_OWNERS: dict[str, str] = {
    name: columns[0].refers_to
    for name, columns in layout().items()
    if columns[0].name == "record" and columns[0].refers_to
}
"""For each table of pieces or lists, the table that its records are in."""


def _narrowed(store: Store, name: str, table: Table, chosen: frozenset[str]) -> Table:
    if len(chosen) == len(CLASS_OF) or not _mixed(name):
        return table
    rows = [row for row in table.rows if store.collection_of(str(row[0])) in chosen]
    return Table(table.columns, rows, table.types())


def _mixed(name: str) -> bool:
    """Return whether a table has rows of several collections; the first column is the record."""
    return name == EVERY or _OWNERS.get(name) == EVERY


def _leading(column: ColumnOf, complete: frozenset[str]) -> ColumnOf:
    if column.refers_to is None or column.refers_to in complete:
        return column
    return column._replace(refers_to=EVERY)


def _key(table: Table) -> tuple[str, ...]:
    if "id" in table.columns:
        return ("id",)
    return tuple(name for name in _KEY if name in table.columns)


def _with_referred(store: Store, every: Table, found: Collection[Sheet]) -> Table:
    """Return the table of all ids with those that are only referred to."""
    listed = set(every.column("id"))
    missing: set[Cell] = set()
    for sheet in found:
        for column in sheet.columns:
            if column.refers_to == EVERY:
                missing.update(sheet.table.column(column.name))
    rows: list[Row] = [_reference(store, str(each)) for each in missing - listed - {None}]
    return Table(every.columns, sorted([*every.rows, *rows], key=_order), every.types())


def _order(row: Sequence[Cell]) -> tuple[int, str]:
    return _RANK[str(row[1])], str(row[0])


_RANK = {name: number for number, name in enumerate(CLASS_OF)}


def _reference(store: Store, identifier: str) -> Row:
    record = store.record(identifier)
    return identifier, str(store.collection_of(identifier)), label_of(record)
