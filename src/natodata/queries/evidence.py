"""Who says so: citations behind a field, rival values, how well a fact is supported."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from attrs import fields

from natodata.errors import BadArgument
from natodata.loading.structuring import nearest
from natodata.records import (
    Citation,
    CitedRecord,
    Figure,
    Held,
    Lasting,
    Milestone,
    Record,
    Source,
)
from natodata.records.vocabulary import MilestoneKind, Rank, SourceClass

__all__ = [
    "ClaimedValue",
    "Support",
    "citations_of",
    "claims",
    "evidence",
    "independent",
    "support",
]

_M = MilestoneKind
_COMPUTED = {
    "start": "milestones",
    "end": "milestones",
    "period": "milestones",
    "command": "commands",
    "lead": "leads",
    "seat": "seats",
    "owner": "owners",
    "posture": "postures",
    "legal_basis_kind": "legal_bases",
    "cow": "cow_codes",
    "gw": "gw_codes",
    "last_attested": "milestones",
}
"""Computed fields, and the field they are computed from."""

_BEFORE_START = frozenset(
    {
        _M.REQUESTED,
        _M.INVITED,
        _M.DECIDED,
        _M.AUTHORISED,
        _M.PLANNED,
        _M.ANNOUNCED,
        _M.ACTIVATION_ORDERED,
        _M.ACTIVATED,
        _M.LAUNCHED,
        _M.FIRST_DEPLOYMENT,
        _M.COMMAND_ASSUMED,
        _M.NEGOTIATIONS_OPENED,
        _M.PROTOCOL_SIGNED,
        _M.RATIFIED,
        _M.DEPOSITED,
        _M.ACCEDED,
        _M.CEREMONY,
        _M.JOINED,
        _M.APPOINTED,
        _M.ASSUMED,
        _M.ESTABLISHED,
        _M.INAUGURATED,
        _M.ACCREDITED,
        _M.INITIAL_CAPABILITY,
        _M.AGREED,
        _M.ADOPTED,
        _M.SIGNED,
        _M.PUBLISHED,
        _M.ENTERED_INTO_FORCE,
        _M.FULL_CAPABILITY,
    }
)
"""Kinds that somebody could call the beginning."""
_ABOUT_END = frozenset(
    {
        _M.END_DECIDED,
        _M.ENDED,
        _M.LAST_PERSONNEL_LEFT,
        _M.CLOSED,
        _M.WITHDREW,
        _M.LEFT,
        _M.SUPERSEDED,
        _M.TRANSFERRED,
    }
)
"""Kinds that somebody could call the end."""


class ClaimedValue(NamedTuple):
    """One value that somebody states for a field."""

    field: str
    """The field."""
    value: object
    """The value: a date, a record, a text."""
    kind: MilestoneKind | None
    """What a date dates; `None` for other fields."""
    rank: Rank
    """How the editors rank it."""
    sources: tuple[Source, ...]
    """Who states it."""
    note: str | None
    """Why it is ranked so, or what the source leaves open."""
    taken: bool
    """Whether the default takes it."""
    rule: str
    """By which rule it was taken, or why not."""
    citations: tuple[Citation, ...]
    """The places where it is stated."""


class Support(NamedTuple):
    """How well a fact is supported."""

    sources: int
    """How many sources state it."""
    independent: int
    """How many of them do not repeat another."""
    best: SourceClass | None
    """The class of the best of them."""


def field_names(record: Record) -> tuple[str, ...]:
    """Return the stored and computed fields of a record's type."""
    stored = tuple(field.name for field in fields(type(record)))
    computed = tuple(name for name in _COMPUTED if hasattr(type(record), name))
    return (*stored, *(name for name in computed if name not in stored))


def _checked(record: Record, field: str) -> str:
    names = field_names(record)
    if field not in names:
        near = nearest(str(field), names)
        hint = f"; did you mean {near!r}?" if near else ""
        kind = type(record).__name__
        raise BadArgument(f"expected a field of {kind}, got {field!r}{hint}")
    return field


def citations_of(record: Record, field: str) -> tuple[Citation, ...]:
    """Return the citations behind a stored field: its pieces' own, else those that back it."""
    value = getattr(record, field)
    pieces = (
        [piece for piece in value if hasattr(piece, "citations")]
        if (isinstance(value, tuple))
        else []
    )
    own = [
        citation
        for piece in pieces
        if not isinstance(piece, Record)
        for citation in piece.citations
    ]
    backing = [c for c in getattr(record, "citations", ()) if field in c.backs]
    return _distinct([*own, *backing])


def _distinct(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(citations))


def evidence(record: Record, field: str | None = None) -> tuple[Citation, ...]:
    """Return the citations behind one field of a record, or behind all of it.

    Args:
        record: The record.
        field: A stored field, or one computed from others such as ``start`` or ``command``;
            `None` for all fields.

    Raises:
        BadArgument: The record's type has no such field.
    """
    if field is None:
        names = [each.name for each in fields(type(record))]
        every = [c for name in names for c in citations_of(record, name)]
        return _distinct([*getattr(record, "citations", ()), *every])
    _checked(record, field)
    if isinstance(record, Lasting) and field in {"start", "end", "period"}:
        milestones = {
            "start": (record.start_milestone,),
            "end": (record.end_milestone,),
            "period": (record.start_milestone, record.end_milestone),
        }[field]
        return _distinct(c for m in milestones if m for c in m.citations)
    if field in _COMPUTED and field in {"command", "lead", "seat", "owner", "posture"}:
        value = getattr(record, field, None)
        held: Sequence[Held[object]] = getattr(record, _COMPUTED[field])
        return _distinct(c for h in held if h.value == value for c in h.citations)
    return citations_of(record, _COMPUTED.get(field, field))


def claims(record: Record, field: str) -> tuple[ClaimedValue, ...]:
    """Return every value that anyone states for a field, the one taken first.

    Args:
        record: The record.
        field: A stored or computed field. For ``start`` and ``end`` these are all milestones
            that could be called so, each with what it dates.

    Raises:
        BadArgument: The record's type has no such field.
    """
    _checked(record, field)
    if isinstance(record, Lasting) and field in {"start", "end"}:
        return _dated_claims(record, field)
    stored = _COMPUTED.get(field, field)
    value = getattr(record, stored)
    if isinstance(value, tuple) and value and isinstance(value[0], Held | Milestone | Figure):
        return _piece_claims(record, field, value)
    found = []
    if value is not None and value != ():
        rivals = any(claim.field == field for claim in getattr(record, "claims", ()))
        rule = "the editors prefer it; see the notes of its rivals" if rivals else "no rival"
        rank = Rank.PREFERRED if rivals else Rank.NORMAL
        found.append(
            _claimed(
                field, value, None, rank, citations_of(record, field), None, taken=True, rule=rule
            )
        )
    if isinstance(record, CitedRecord):
        found += [
            _claimed(
                field,
                claim.value,
                None,
                claim.rank,
                claim.citations,
                claim.note,
                taken=False,
                rule="a rival value",
            )
            for claim in record.claims
            if claim.field == field
        ]
    return tuple(found)


def _claimed(
    field: str,
    value: object,
    kind: MilestoneKind | None,
    rank: Rank,
    citations: tuple[Citation, ...],
    note: str | None,
    *,
    taken: bool,
    rule: str,
) -> ClaimedValue:
    sources = tuple(dict.fromkeys(citation.source for citation in citations))
    return ClaimedValue(field, value, kind, rank, sources, note, taken, rule, citations)


def _dated_claims(record: Lasting, field: str) -> tuple[ClaimedValue, ...]:
    kinds = record.starts if field == "start" else record.ends
    family = (_BEFORE_START if field == "start" else _ABOUT_END) | set(kinds)
    chosen = record.start_milestone if field == "start" else record.end_milestone
    relevant = [m for m in record.milestones if m.kind in family]
    rows = [
        _claimed(
            field,
            m.date,
            m.kind,
            m.rank,
            m.citations,
            m.note,
            taken=m is chosen,
            rule=_rule(m, chosen, kinds),
        )
        for m in relevant
    ]
    return tuple(sorted(rows, key=_row_order))


def _row_order(row: ClaimedValue) -> tuple[bool, tuple[int, int, str]]:
    date = row.value
    return not row.taken, date.sort_key  # type: ignore[attr-defined]


def _rule(milestone: Milestone, chosen: Milestone | None, kinds: Sequence[MilestoneKind]) -> str:
    if milestone is chosen:
        if milestone.rank is Rank.PREFERRED:
            return "ranked preferred"
        return f"first of the kinds {', '.join(kinds)}"
    if milestone.rank is Rank.DEPRECATED:
        return "ranked deprecated"
    if milestone.kind not in kinds:
        return f"a date of the kind {milestone.kind} is never taken"
    return "another comes first by rank, kind, class of source or date"


def _piece_claims(
    record: Record, field: str, pieces: Sequence[Held[object] | Milestone | Figure]
) -> tuple[ClaimedValue, ...]:
    now = getattr(record, field, None) if field in _COMPUTED else None
    rows = []
    for piece in pieces:
        value = (
            piece.date
            if isinstance(piece, Milestone)
            else piece.value
            if isinstance(piece, Held)
            else piece
        )
        kind = piece.kind if isinstance(piece, Milestone) else None
        taken = now is not None and value == now
        rule = "the latest" if taken else "all are kept side by side"
        rows.append(
            _claimed(
                field, value, kind, piece.rank, piece.citations, piece.note, taken=taken, rule=rule
            )
        )
    return tuple(rows)


def independent(sources: Iterable[Source]) -> int:
    """Return how many of the sources do not repeat another.

    A source and what it derives from, or two that derive from one, count once.
    """
    roots = set()
    for source in sources:
        root = source
        while root.derives_from is not None:
            root = root.derives_from
        roots.add(root.id)
    return len(roots)


def support(record: Record, field: str | None = None) -> Support:
    """Return how many sources stand behind a field, and the class of the best of them."""
    sources = tuple(dict.fromkeys(c.source for c in evidence(record, field)))
    best = min(
        (source.source_class for source in sources), key=lambda c: c.preference, default=None
    )
    return Support(len(sources), independent(sources), best)
