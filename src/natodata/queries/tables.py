"""The relational form: every record and every piece of one as a row."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, get_args, get_origin

from attrs import fields

from natodata.dates import PartialDate, Period, When
from natodata.errors import BadArgument
from natodata.loading.catalogue import CLASS_OF
from natodata.records import (
    Citation,
    Claim,
    Figure,
    Held,
    Label,
    Lasting,
    LegalBasis,
    Milestone,
    Provision,
    Record,
    StrengthRow,
    Task,
    typed_fields,
)
from natodata.store import Store
from natodata.tabular import Cell, Table

__all__ = ["PIECES", "tables", "whole"]

PIECES: dict[type[Any], str] = {
    Citation: "citations",
    Claim: "claims",
    Figure: "figures",
    Held: "held",
    Label: "labels",
    LegalBasis: "legal_bases",
    Milestone: "milestones",
    Provision: "provisions",
    StrengthRow: "strength_rows",
    Task: "tasks",
}
"""The class of a piece, and the table that holds all of them."""

_ABOUT = "about"
"""Column for the field that a claim is about, as ``field`` is where the claim itself stands."""
_LIFE = ("start", "end")
"""Computed dates that every record with milestones has a column for."""


class _Sheet:
    """A table in the making: columns in the order in which they first appear."""

    def __init__(self, *columns: str) -> None:
        self.columns: dict[str, None] = dict.fromkeys(columns)
        self.rows: list[dict[str, Cell]] = []

    def add(self, row: dict[str, Cell]) -> None:
        self.rows.append(row)
        for name in row:
            self.columns.setdefault(name)

    def table(self) -> Table:
        names = tuple(self.columns)
        return Table(names, [tuple(row.get(name) for name in names) for row in self.rows])


def tables(store: Store) -> dict[str, Table]:
    """Return every table by name: one for each collection, each kind of piece, each link.

    A collection's table has a row a record, keyed by ``id``. A piece (milestone, figure, value
    held for a time, citation …) is a row of the table of its kind, keyed by ``record``, ``field``
    and ``position``. Lists of records or texts are link tables named ``collection_field``.

    Dates stand as EDTF text, with the first and the last day that they may mean in columns that
    end in ``_earliest`` and ``_latest``. References are ids.
    """
    return store.keep("tables", lambda: _tables(store)).copy()


def whole(store: Store, collection: str, ids: Sequence[str]) -> Table:
    """Return the table of some records of a collection.

    Raises:
        BadArgument: There is no such collection.
    """
    if collection not in CLASS_OF:
        raise BadArgument(f"expected the name of a collection, got {collection!r}")
    sheet = _headed(CLASS_OF[collection])
    for identifier in ids:
        sheet.add(_row(store.record(identifier)))
    return sheet.table()


def _tables(store: Store) -> dict[str, Table]:
    sheets = _empty()
    for collection in CLASS_OF:
        for record in store.records(collection):
            sheets[collection].add(_row(record))
            for name, row in _spread(record, collection):
                sheets[name].add(row)
    return {name: sheet.table() for name, sheet in sheets.items()}


def _empty() -> dict[str, _Sheet]:
    """Return every sheet with its columns, so that they are there whatever the data hold."""
    sheets = {name: _headed(cls) for name, cls in CLASS_OF.items()}
    for collection, cls in CLASS_OF.items():
        for field in typed_fields(cls):
            if _is_list(field.type) and _piece_in(field.type) is None:
                sheets[f"{collection}_{field.name}"] = _Sheet("record", "position", "value")
    for piece, name in PIECES.items():
        sheets[name] = _headed(piece, "record", "field", "position")
    sheets["citations"] = _Sheet("record", "field", "position", "piece", "source", "at", "backs")
    sheets["legal_bases_countries"] = _Sheet("record", "piece", "position", "value")
    return sheets


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _piece_in(kind: Any) -> type | None:
    item = get_args(kind)[0]
    base = get_origin(item) or item
    return base if base in PIECES else None


def _headed(cls: type[Any], *first: str) -> _Sheet:
    """Return an empty sheet that has the columns of a record type or piece."""
    sheet = _Sheet(*first)
    for field in typed_fields(cls):
        if _is_list(field.type):
            continue
        name = _ABOUT if first and field.name == "field" else field.name
        sheet.columns.setdefault(name)
        if {PartialDate, Period} & {field.type, *get_args(field.type)}:
            sheet.columns.setdefault(f"{name}_earliest")
            sheet.columns.setdefault(f"{name}_latest")
    if issubclass(cls, Lasting):
        for name in _LIFE:
            for column in (name, f"{name}_earliest", f"{name}_latest"):
                sheet.columns.setdefault(column)
    return sheet


def _row(record: Record) -> dict[str, Cell]:
    row: dict[str, Cell] = {}
    for field in fields(type(record)):
        value = getattr(record, field.name)
        if not isinstance(value, tuple):
            row |= _cells(field.name, value)
    if isinstance(record, Lasting):
        for name in _LIFE:
            row |= _cells(name, getattr(record, name))
    return row


def _cells(name: str, value: object) -> dict[str, Cell]:
    if isinstance(value, PartialDate | Period):
        earliest, latest = _days(value)
        return {name: str(value), f"{name}_earliest": earliest, f"{name}_latest": latest}
    return {name: _cell(value)}


def _cell(value: object) -> Cell:
    if isinstance(value, Record):
        return value.id
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)


def _days(when: When) -> tuple[str | None, str | None]:
    return (
        when.earliest.isoformat() if when.earliest else None,
        when.latest.isoformat() if when.latest else None,
    )


def _spread(record: Record, collection: str) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Yield the rows that a record gives to tables of pieces and links."""
    for field in fields(type(record)):
        value = getattr(record, field.name)
        if isinstance(value, tuple):
            for position, item in enumerate(value):
                yield from _item(record.id, collection, field.name, position, item)


def _item(
    record: str, collection: str, field: str, position: int, item: object
) -> Iterator[tuple[str, dict[str, Cell]]]:
    name = PIECES.get(type(item))
    if name is None:
        link: dict[str, Cell] = {"record": record, "position": position}
        yield f"{collection}_{field}", {**link, "value": _cell(item)}
        return
    key: dict[str, Cell] = {"record": record, "field": field, "position": position}
    if isinstance(item, Citation):
        yield name, {**key, "piece": None, **_citation(item)}
        return
    row: dict[str, Cell] = dict(key)
    for inner in fields(type(item)):  # type: ignore[arg-type]
        value = getattr(item, inner.name)
        if inner.name == "field":
            row[_ABOUT] = _cell(value)
        elif not isinstance(value, tuple):
            row |= _cells(inner.name, value)
    yield name, row
    for number, citation in enumerate(getattr(item, "citations", ())):
        place: dict[str, Cell] = {**key, "position": number, "piece": position}
        yield "citations", {**place, **_citation(citation)}
    for number, country in enumerate(getattr(item, "countries", ())):
        link = {"record": record, "piece": position, "position": number}
        yield f"{name}_countries", {**link, "value": country.id}


def _citation(citation: Citation) -> dict[str, Cell]:
    return {
        "source": citation.source.id,
        "at": citation.at,
        "backs": " ".join(citation.backs) or None,
    }
