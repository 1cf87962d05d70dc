"""The relational form: every record and every piece of one as a row."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple, Union, get_args, get_origin

from attrs import fields

from natodata.dates import PartialDate, Period, When
from natodata.errors import BadArgument
from natodata.loading.catalogue import CLASS_OF, collection_of
from natodata.queries import moments
from natodata.queries.evidence import COMPUTED, HELD
from natodata.queries.timeline import label_of
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

__all__ = ["PIECES", "ColumnOf", "layout", "tables", "whole"]

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

_EVERY = "records"
"""The table of all ids."""
_ABOUT = "about"
"""Column for the field that a claim is about, as ``field`` is where the claim itself stands."""
_LIFE = ("start", "end")
"""Computed dates that every record with milestones has columns for."""


class ColumnOf(NamedTuple):
    """A column of a table."""

    name: str
    """Its name."""
    type: str
    """What its cells are: ``text``, ``integer``, ``number``, ``boolean`` or ``day``."""
    refers_to: str | None = None
    """The table whose ``id`` its cells are, where they are ids."""


# --- the layout ------------------------------------------------------------------------------


def layout() -> Mapping[str, tuple[ColumnOf, ...]]:
    """Return every table with its columns, which are the same whatever the data hold."""
    return _layout()


@cache
def _layout() -> Mapping[str, tuple[ColumnOf, ...]]:
    found = {_EVERY: tuple(ColumnOf(name, "text") for name in ("id", "collection", "label"))}
    for collection, cls in CLASS_OF.items():
        found[collection] = (*_columns(cls), *_computed(cls))
    for collection, cls in CLASS_OF.items():
        for field in typed_fields(cls):
            if _is_list(field.type) and _piece_in(field.type) is None:
                value = ColumnOf("value", "text", _target(get_args(field.type)[0]))
                key = ColumnOf("record", "text", collection), ColumnOf("position", "integer")
                found[f"{collection}_{field.name}"] = (*key, value)
    for piece, name in PIECES.items():
        found[name] = (*_KEY, *_columns(piece))
        for field in typed_fields(piece):
            if _is_list(field.type) and field.name not in _JOINED:
                value = ColumnOf("value", "text", _target(get_args(field.type)[0]))
                found[f"{name}_{field.name}"] = (*_KEY, ColumnOf("piece", "integer"), value)
    found["citations"] = (*_KEY, ColumnOf("piece", "integer"), *_columns(Citation), _BACKS)
    return MappingProxyType(found)


_KEY = (
    ColumnOf("record", "text", _EVERY),
    ColumnOf("field", "text"),
    ColumnOf("position", "integer"),
)
_BACKS = ColumnOf("backs", "text")
_JOINED = frozenset({"citations", "backs"})
"""Lists in pieces that have no table of their own: citations have theirs, `backs` is one text."""
_SCALARS: dict[Any, str] = {int: "integer", float: "number", bool: "boolean"}


def _columns(cls: type[Any]) -> tuple[ColumnOf, ...]:
    """Return the columns for what a record type or piece holds singly, the note last."""
    found: list[ColumnOf] = []
    for field in sorted(typed_fields(cls), key=lambda field: field.name == "note"):
        if not _is_list(field.type):
            name = _ABOUT if cls is Claim and field.name == "field" else field.name
            found += _column(name, field.type)
    return tuple(found)


def _computed(cls: type[Record]) -> tuple[ColumnOf, ...]:
    """Return the columns for what is computed from the pieces of a record."""
    found: list[ColumnOf] = []
    if issubclass(cls, Lasting):
        for name in _LIFE:
            found += _column(name, PartialDate)
    held = {
        field.name: get_args(field.type)[0] for field in typed_fields(cls) if _is_list(field.type)
    }
    for name in sorted(HELD):
        if hasattr(cls, name):
            found += _column(name, get_args(held[COMPUTED[name]])[0])
    return tuple(found)


def _column(name: str, kind: Any) -> list[ColumnOf]:
    members = _members(kind)
    scalar = next((_SCALARS[member] for member in members if member in _SCALARS), "text")
    column = ColumnOf(name, scalar, _target(kind))
    if {PartialDate, Period} & members:
        return [column, ColumnOf(f"{name}_earliest", "day"), ColumnOf(f"{name}_latest", "day")]
    return [column]


def _members(kind: Any) -> set[Any]:
    """Return the types that a value may be of."""
    several = get_args(kind) if get_origin(kind) in _UNIONS else (kind,)
    return set(several) - {type(None)}


_UNIONS = (Union, type(int | None))


def _target(kind: Any) -> str | None:
    """Return the table that holds what a reference leads to; all ids where there are several."""
    classes = [m for m in _members(kind) if isinstance(m, type) and issubclass(m, Record)]
    names = [collection_of(cls) for cls in classes]
    return None if not names else names[0] if len(names) == 1 else _EVERY


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _piece_in(kind: Any) -> type | None:
    item = get_args(kind)[0]
    base = get_origin(item) or item
    return base if base in PIECES else None


# --- filling it ------------------------------------------------------------------------------


def tables(store: Store) -> dict[str, Table]:
    """Return every table by name: one for each collection, each kind of piece, each list.

    See `natodata.Dataset.tables`, and `layout` for names and types of the columns.
    """
    return store.keep(_tables).copy()


def whole(store: Store, collection: str, ids: Sequence[str]) -> Table:
    """Return the table of some records of a collection.

    Raises:
        BadArgument: There is no such collection.
    """
    if collection not in CLASS_OF:
        raise BadArgument(f"expected the name of a collection, got {collection!r}")
    return _table(collection, [_row(store.record(identifier)) for identifier in ids])


def _tables(store: Store) -> dict[str, Table]:
    rows: dict[str, list[dict[str, Cell]]] = {name: [] for name in layout()}
    for collection in CLASS_OF:
        for identifier in moments.ids_seen(store, collection):
            record = store.record(identifier)
            words = {"id": record.id, "collection": collection, "label": label_of(record)}
            rows[_EVERY].append(dict(words))
            rows[collection].append(_row(record))
            for name, row in _spread(record, collection):
                rows[name].append(row)
    return {name: _table(name, found) for name, found in rows.items()}


def _table(name: str, rows: Sequence[dict[str, Cell]]) -> Table:
    columns = layout()[name]
    names = [column.name for column in columns]
    cells = [[row.get(each) for each in names] for row in rows]
    return Table(names, cells, {column.name: column.type for column in columns})


def _row(record: Record) -> dict[str, Cell]:
    row: dict[str, Cell] = {}
    for field in fields(type(record)):
        value = getattr(record, field.name)
        if not isinstance(value, tuple):
            row |= _cells(field.name, value)
    for name in (*_LIFE, *HELD):
        row |= _cells(name, getattr(record, name, None))
    return row


def _cells(name: str, value: object) -> dict[str, Cell]:
    if isinstance(value, PartialDate | Period):
        earliest, latest = _days(value)
        return {name: str(value), f"{name}_earliest": earliest, f"{name}_latest": latest}
    return {name: _cell(value)}


def _cell(value: Any) -> Cell:
    if isinstance(value, Record):
        return value.id
    cell: Cell = value.value if isinstance(value, StrEnum) else value
    return cell


def _days(when: When) -> tuple[str | None, str | None]:
    return (
        when.earliest.isoformat() if when.earliest else None,
        when.latest.isoformat() if when.latest else None,
    )


def _spread(record: Record, collection: str) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Yield the rows that a record gives to tables of pieces and lists."""
    for field in fields(type(record)):
        value = getattr(record, field.name)
        for position, item in enumerate(value if isinstance(value, tuple) else ()):
            name = PIECES.get(type(item))
            key: dict[str, Cell] = {"record": record.id, "position": position}
            if name is None:
                yield f"{collection}_{field.name}", {**key, "value": _cell(item)}
            else:
                yield from _piece(name, {**key, "field": field.name}, item)


def _piece(name: str, key: dict[str, Cell], piece: Any) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Yield the row of a piece, and those of the lists and citations in it."""
    if isinstance(piece, Citation):
        yield name, {**key, **_citation(piece)}
        return
    row = dict(key)
    for field in fields(type(piece)):
        value = getattr(piece, field.name)
        if isinstance(value, tuple):
            for number, item in enumerate(value):
                inner = {**key, "position": number, "piece": key["position"]}
                if isinstance(item, Citation):
                    yield "citations", {**inner, **_citation(item)}
                else:
                    yield f"{name}_{field.name}", {**inner, "value": _cell(item)}
        else:
            row |= _cells(_ABOUT if field.name == "field" else field.name, value)
    if isinstance(piece, Held):
        # Names, ids and numbers share this column, so all of them are texts.
        row["value"] = str(row["value"])
    yield name, row


def _citation(citation: Citation) -> dict[str, Cell]:
    return {
        "source": citation.source.id,
        "at": citation.at,
        "backs": " ".join(citation.backs) or None,
    }
