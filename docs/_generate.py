"""Writes what the pages of the documentation take from the classes and from the data.

A page asks for a part by a line such as ``<!-- generated: dictionary -->``; `filled` puts the part
in its place while the documentation is built. Nothing of it is stored, so nothing can be stale.
"""

# ruff: noqa: ANN401 (types are handled as values here)

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from itertools import combinations
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

from attrs import NOTHING, has

from natodata import Dataset, load
from natodata.dates import PartialDate, Period
from natodata.export.described import described
from natodata.queries.audit import KINDS, audit
from natodata.queries.tables import PIECES as TABLE_OF
from natodata.queries.tables import ColumnOf, layout
from natodata.queries.timeline import label_of
from natodata.records import (
    REGISTRY,
    Citation,
    CitedRecord,
    Claim,
    Figure,
    Held,
    Label,
    Lasting,
    LegalBasis,
    Milestone,
    Provision,
    Record,
    Source,
    StrengthRow,
    Task,
    typed_fields,
    vocabulary,
)
from natodata.records.base import taken
from natodata.records.vocabulary import InclusionClause, MilestoneKind, Rank

__all__ = ["PARTS", "PIECES", "VOCABULARIES", "backing", "conflicts_of", "described", "filled"]

PIECES = (
    Citation,
    Claim,
    Milestone,
    Figure,
    Held,
    Label,
    LegalBasis,
    Task,
    Provision,
    StrengthRow,
)
"""What records are made of besides plain values."""
VOCABULARIES: tuple[type[Enum], ...] = tuple(
    getattr(vocabulary, name) for name in vocabulary.__all__
)
_ASKS = re.compile(r"^<!-- generated: ([a-z-]+) -->$", re.MULTILINE)
_SHARED = tuple(field.name for field in typed_fields(CitedRecord) if field.name != "id")


def filled(page: str) -> str:
    """Return a page with every part that it asks for.

    Raises:
        KeyError: There is no part of that name.
    """
    return _ASKS.sub(lambda asked: PARTS[asked[1]](), page)


# --- what the classes say of themselves --------------------------------------------------------


def backing(cls: type, field: str) -> str:
    """Return what evidence a field needs: ``none``, ``its own`` or ``backs``."""
    editorial: frozenset[str] = getattr(cls, "editorial", frozenset())
    if not issubclass(cls, Record):
        return "its own" if field == "citations" else "none"
    if field in editorial or "*" in editorial:
        return "none"
    kinds = list(_kinds({each.name: each.type for each in typed_fields(cls)}[field]))
    pieces = [kind for kind in kinds if has(kind) and not issubclass(kind, Record)]
    cited = any(each.name == "citations" for kind in pieces for each in typed_fields(kind))
    return "its own" if cited else "backs"


def _kinds(kind: Any) -> Iterator[type]:
    """Yield the types of the values in a field, a piece as itself."""
    origin = get_origin(kind)
    if origin in (tuple, Union, UnionType):
        for part in get_args(kind):
            if part not in (Ellipsis, NoneType):
                yield from _kinds(part)
    elif origin is not None:
        yield origin
    elif isinstance(kind, type):
        yield kind


# --- Markdown ----------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """Return a docstring's text on one line, fit for a cell of a table."""
    return " ".join(text.replace("``", "`").replace("|", "\\|").split())


def _quoted(value: object) -> str:
    """Return a value from the data as text that Markdown leaves alone."""
    return re.sub(r"([\\`*_\[\]<>|#$])", r"\\\1", " ".join(str(value).split()))


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *map(list, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _link(cls: type) -> str:
    page = "codebook" if issubclass(cls, Enum) else "dictionary"
    return f"{{ref}}`{cls.__name__} <{page}-{cls.__name__.lower()}>`"


def _typed(kind: Any) -> str:
    """Return the type of a field in words."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is tuple:
        return f"list of {_typed(parts[0])}"
    if origin is Held:
        return f"{_link(Held)} {_typed(parts[0])}"
    if origin in (Union, UnionType):
        known = [part for part in parts if part is not NoneType]
        if set(known) == {PartialDate, Period}:
            return "date or period"
        return " or ".join(_typed(part) for part in known)
    return _PLAIN_TYPES.get(kind) or (_link(kind) if isinstance(kind, type) else "value")


_PLAIN_TYPES: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    PartialDate: "date",
    Period: "period",
}


# --- the data dictionary -----------------------------------------------------------------------


def _dictionary() -> str:
    parts = []
    for row in REGISTRY:
        parts += [_heading(row.cls), f"Collection: `{row.collection}`.", _about(row.cls)]
    parts.append("## Pieces of records")
    for piece in PIECES:
        parts += [_heading(piece, level=3), _about(piece)]
    return "\n\n".join(parts)


def _heading(cls: type, level: int = 2) -> str:
    kind = "codebook" if issubclass(cls, Enum) else "dictionary"
    return f"({kind}-{cls.__name__.lower()})=\n{'#' * level} {cls.__name__}"


def _about(cls: type) -> str:
    said = inspect.cleandoc(cls.__doc__ or "").split("\n\nExamples:")[0].replace("``", "`")
    texts = described(cls)
    columns = ["field", "type", "meaning"] + ["evidence"] * issubclass(cls, Record)
    rows = []
    for field in sorted(typed_fields(cls), key=lambda each: _place(each.name)):
        need = " (required)" if field.default is NOTHING else ""
        row = [f"`{field.name}`", _typed(field.type) + need, _plain(texts[field.name])]
        rows.append([*row, backing(cls, field.name)] if len(columns) > len(row) else row)
    parts = [said, _table(columns, rows)]
    computed = [
        [f"`{name}`", _plain(inspect.cleandoc(value.__doc__ or "").partition("\n\n")[0])]
        for base in cls.__mro__
        for name, value in vars(base).items()
        if isinstance(value, property) and name != "bounds"
    ]
    if computed:
        parts += ["Computed:", _table(["name", "meaning"], computed)]
    return "\n\n".join(parts)


def _place(field: str) -> tuple[int, int]:
    """Return the key that puts the id first and what all records share last."""
    if field in _SHARED:
        return 2, _SHARED.index(field)
    return (0 if field == "id" else 1), 0


# --- the codebook ------------------------------------------------------------------------------


def _codebook() -> str:
    parts = []
    for cls in VOCABULARIES:
        parts += [
            _heading(cls),
            _plain(cls.__doc__ or ""),
            f"Used in: {', '.join(_uses(cls))}.",
            _table(["code", "meaning"], _codes(cls)),
        ]
    return "\n\n".join(parts)


def _codes(cls: type[Enum]) -> Iterator[tuple[str, str]]:
    texts = described(cls)
    for member in cls:
        yield f"`{member.value}`", _plain(texts[member.name])


def _uses(cls: type[Enum]) -> Iterator[str]:
    for user in (*(row.cls for row in REGISTRY), *PIECES):
        for field in typed_fields(user):
            inner = get_args(field.type)
            kinds = {*_kinds(field.type), *(k for part in inner for k in get_args(part))}
            if cls in kinds:
                yield f"`{user.__name__}.{field.name}`"


# --- the rule for beginnings and ends ----------------------------------------------------------


def _rules() -> str:
    rows = [
        [_link(row.cls), *map(_listed, (row.cls.starts, row.cls.ends, row.cls.restarts))]
        for row in REGISTRY
        if issubclass(row.cls, Lasting)
    ]
    return _table(["record", "begins with", "ends with", "begins anew with"], rows)


def _listed(kinds: Iterable[MilestoneKind]) -> str:
    ordered = sorted(kinds) if isinstance(kinds, frozenset) else kinds
    return ", ".join(f"`{kind}`" for kind in ordered)


# --- the audit ---------------------------------------------------------------------------------


def _audits() -> str:
    said = inspect.cleandoc(audit.__doc__ or "")
    found = dict(re.findall(r"^\* ``([\w-]+)``: ((?:.+\n?)(?:  .+\n?)*)", said, re.MULTILINE))
    return _table(
        ["kind", "what it finds"], ([f"`{kind}`", _plain(found[kind])] for kind in KINDS)
    )


# --- the tables --------------------------------------------------------------------------------


def _tables() -> str:
    parts = ["## Collections"]
    for row in REGISTRY:
        parts += [f"### {row.collection}", _columns(row.collection, row.cls)]
    heads = ["table", "value", "meaning"]
    lists = [
        [f"`{name}`", _leads(columns[-1]), _plain(described(cls)[field])]
        for name, columns in layout().items()
        for cls, field in _listed_in(name)
    ]
    parts += ["## Lists", _table(heads, lists), "## Pieces"]
    for cls, name in TABLE_OF.items():
        parts += [f"### {name}", _columns(name, cls)]
    return "\n\n".join(parts)


def _listed_in(table: str) -> Iterator[tuple[type, str]]:
    """Yield the class and field of which a table holds the items, if it is one of lists."""
    owners = {row.collection: row.cls for row in REGISTRY} | {v: k for k, v in TABLE_OF.items()}
    for owner, cls in owners.items():
        field = table.removeprefix(f"{owner}_")
        if field != table and field in described(cls):
            yield cls, field


def _columns(table: str, cls: type) -> str:
    texts = described(cls) | {
        name: inspect.cleandoc(value.__doc__ or "").partition("\n\n")[0]
        for base in reversed(cls.__mro__)
        for name, value in vars(base).items()
        if isinstance(value, property)
    }
    if table in TABLE_OF.values():
        texts |= {"about": texts.get("field", "")} | _KEYS
    dates = {c.name.removesuffix("_earliest") for c in layout()[table] if c.type == "day"}
    return _table(
        ["column", "holds", "meaning"],
        (
            [f"`{c.name}`", "date" if c.name in dates else _leads(c), _plain(texts[c.name])]
            for c in layout()[table]
            if c.type != "day"
        ),
    ).replace("`None`", "empty")


_KEYS = {
    "record": "The record in which it stands.",
    "field": "The field of that record.",
    "position": "Its place in the field (of a citation in a piece: in the piece), counted from 0.",
    "piece": "The place of the piece in which it stands; empty if it is the record's own.",
}


def _leads(column: ColumnOf) -> str:
    target = column.refers_to
    return f"{column.type}, an `id` of `{target}`" if target else column.type


# --- the inclusion rule ------------------------------------------------------------------------


def _clauses() -> str:
    texts = described(InclusionClause)
    nato = load()
    rows = []
    for clause in InclusionClause:
        admitted = nato.operations.where(admitted_by=clause.value)
        rows.append(
            [
                f"`{clause}`",
                _plain(texts[clause.name]),
                "; ".join(_quoted(operation.name) for operation in admitted) or "none yet",
            ]
        )
    return _table(["clause", "what it admits", "operations in the data"], rows)


# --- conflicts ---------------------------------------------------------------------------------


class Rival(NamedTuple):
    """One side of a conflict."""

    value: object
    rank: Rank
    citations: Sequence[Citation]
    note: str | None
    taken: bool = False


_RIVAL_COLUMNS = ("value", "taken", "rank", "stated by", "note")


def _conflicts() -> str:
    parts: list[str] = []
    nato = load()
    for row in REGISTRY:
        for record in getattr(nato, row.collection):
            found = list(conflicts_of(nato, record))
            if found:
                name = getattr(record, "name", None) or label_of(record)
                parts.append(f"## {_quoted(name)}\n\n`{record.id}`, {row.collection}")
            for field, rivals in found:
                parts += [f"`{field}`:", _table(_RIVAL_COLUMNS, map(_sides, rivals))]
    return "\n\n".join(parts) or "None."


def conflicts_of(nato: Dataset, record: Record) -> Iterator[tuple[str, list[Rival]]]:
    """Yield each field of a record for which rival values are held, with all sides."""
    if isinstance(record, Lasting):
        yield from _rival_dates(record)
    by_field: dict[str, list[Claim]] = {}
    for claim in getattr(record, "claims", ()):
        by_field.setdefault(claim.field, []).append(claim)
    for field, rivals in by_field.items():
        value = getattr(record, field)
        own = Rival(value, Rank.PREFERRED, nato.evidence(record, field), None, taken=True)
        others = [Rival(each.value, each.rank, each.citations, each.note) for each in rivals]
        yield field, [own, *others] if value not in (None, ()) else others
    for field in typed_fields(type(record)):
        pieces = getattr(record, field.name)
        if isinstance(pieces, tuple):
            yield from _rival_pieces(record, field.name, pieces)


def _rival_pieces(
    record: Record, field: str, pieces: Sequence[object]
) -> Iterator[tuple[str, list[Rival]]]:
    alike: dict[str, list[Figure | Held[object]]] = {}
    for piece in pieces:
        if isinstance(piece, Figure):
            alike.setdefault(f"{field}: {piece.measure}", []).append(piece)
        elif isinstance(piece, Held):
            alike.setdefault(field, []).append(piece)
    for name, rivals in alike.items():
        if any(each.rank is not Rank.NORMAL for each in rivals):
            yield (
                name,
                [
                    Rival(each, each.rank, each.citations or _backing(record, field), each.note)
                    for each in rivals
                ],
            )


def _backing(record: Record, field: str) -> list[Citation]:
    return [each for each in getattr(record, "citations", ()) if field in each.backs]


def _rival_dates(record: Lasting) -> Iterator[tuple[str, list[Rival]]]:
    for stretch in record.stretches:
        for kinds in (record.starts, record.ends):
            chosen = taken(stretch, kinds)
            for kind in kinds:
                stated = [each for each in stretch if each.kind is kind]
                if len(stated) > 1 and _disagree(stated):
                    yield (
                        kind.value,
                        [
                            Rival(each.date, each.rank, each.citations, each.note, each is chosen)
                            for each in stated
                        ],
                    )


def _disagree(stated: Sequence[Milestone]) -> bool:
    """Return whether some dates exclude each other, or the editors ranked them."""
    return any(each.rank is not Rank.NORMAL for each in stated) or any(
        not one.date.same_day(other.date).possible for one, other in combinations(stated, 2)
    )


def _sides(rival: Rival) -> list[str]:
    sources = dict.fromkeys(citation.source for citation in rival.citations)
    return [
        _shown(rival.value),
        "yes" if rival.taken else "",
        rival.rank.value,
        ", ".join(map(_source, sources)),
        _quoted(rival.note or ""),
    ]


def _shown(value: object) -> str:
    if isinstance(value, Figure):
        upper = f" to {value.upper}" if value.upper is not None else ""
        return _quoted(f"{value.bound} {value.value}{upper}, {value.as_of}")
    if isinstance(value, Held):
        return f"{_shown(value.value)}, {_quoted(value.period or 'undated')}"
    return _quoted(value.id if isinstance(value, Record) else value)


def _source(source: Source) -> str:
    who = _quoted(source.publisher or ", ".join(source.authors) or source.title)
    return f"[{who}]({source.address})" if source.address else who


# --- what is not there -------------------------------------------------------------------------


def _empty_fields() -> str:
    """Return, for each record type, in how many records each optional field is empty."""
    nato = load()
    parts = []
    for row in REGISTRY:
        records = list(getattr(nato, row.collection))
        if not records or not issubclass(row.cls, CitedRecord):
            continue
        rows = []
        for field in typed_fields(row.cls):
            if backing(row.cls, field.name) == "none" or field.default is NOTHING:
                continue
            empty = sum(getattr(record, field.name) in (None, ()) for record in records)
            if empty:
                rows.append([f"`{field.name}`", f"{empty} of {len(records)}"])
        if rows:
            parts += [f"### {row.collection}", _table(["field", "empty in"], rows)]
    return "\n\n".join(parts)


def _findings(*kinds: str) -> Callable[[], str]:
    def written() -> str:
        found = load().audit(kinds)
        rows = [[f"`{each.record.id}`", _quoted(each.text)] for each in found]
        return _table(["record", "what is not known"], rows) if rows else "None."

    return written


PARTS: dict[str, Callable[[], str]] = {
    "audits": _audits,
    "clauses": _clauses,
    "codebook": _codebook,
    "conflicts": _conflicts,
    "dictionary": _dictionary,
    "empty-fields": _empty_fields,
    "rules": _rules,
    "tables": _tables,
    "tenures": _findings("tenures"),
    "undated": _findings("undated"),
}
"""What pages can ask for, by name."""
