"""Who says so: the citations behind a field, and how well a fact is supported."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from attrs import fields

from natodata.errors import BadArgument
from natodata.loading.wording import nearest
from natodata.records import Citation, Held, Lasting, Milestone, Record, Source
from natodata.records.base import last_held
from natodata.records.vocabulary import Extent, MilestoneKind, Rank, SourceClass

__all__ = [
    "COMPUTED",
    "DATES",
    "HELD",
    "Support",
    "attested",
    "check_field",
    "citations_of",
    "concurs",
    "evidence",
    "field_names",
    "independent",
    "support",
]

COMPUTED = {
    "start": "milestones",
    "end": "milestones",
    "period": "milestones",
    "last_attested": "milestones",
    "command": "commands",
    "lead": "leads",
    "seat": "seats",
    "owner": "owners",
    "posture": "postures",
    "cow": "cow_codes",
    "gw": "gw_codes",
    "legal_basis_kind": "legal_bases",
}
"""Computed fields, and the field that each is computed from."""
DATES = frozenset({"start", "end", "period", "last_attested"})
"""Those that are computed from milestones."""
HELD = frozenset({"command", "lead", "seat", "owner", "posture", "cow", "gw"})
"""Those that are the latest of values held for a time."""


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
    computed = tuple(name for name in COMPUTED if hasattr(type(record), name))
    return (*stored, *(name for name in computed if name not in stored))


def check_field(record: Record, field: str) -> None:
    """Raise `BadArgument` unless the record's type has such a field, stored or computed."""
    names = field_names(record)
    if field not in names:
        near = nearest(str(field), names)
        hint = f"; did you mean {near!r}?" if near else f"; it has {', '.join(sorted(names))}"
        kind = type(record).__name__
        raise BadArgument(f"expected a field of {kind}, got {field!r}{hint}")


def citations_of(record: Record, field: str) -> tuple[Citation, ...]:
    """Return the citations behind a stored field: its pieces' own, then those that back it."""
    value = getattr(record, field)
    if field == "citations":
        return _distinct(value)
    items = value if isinstance(value, tuple) else ()
    own = [c for item in items if not isinstance(item, Record) for c in _own(item)]
    if field == "name":
        own = [
            c for held in getattr(record, "names", ()) if held.value == value for c in _own(held)
        ]
    return _distinct([*own, *_backing(record, field)])


def _own(piece: object) -> tuple[Citation, ...]:
    return getattr(piece, "citations", ())


def _backing(record: Record, field: str) -> list[Citation]:
    return [c for c in getattr(record, "citations", ()) if field in c.backs]


def _distinct(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(citations))


# --- evidence --------------------------------------------------------------------------------


def evidence(record: Record, field: str | None = None) -> tuple[Citation, ...]:
    """Return the citations behind one field of a record, or behind all of it.

    Args:
        record: The record.
        field: A stored field, or one computed from others such as ``start`` or ``command``;
            `None` for all fields. Of a computed field these are the citations of the milestone or
            value that it was taken from, and of others that say the same.

    Raises:
        BadArgument: The record's type has no such field.
    """
    if field is None:
        names = [each.name for each in fields(type(record))]
        return _distinct(c for name in names for c in citations_of(record, name))
    check_field(record, field)
    if isinstance(record, Lasting) and field in DATES:
        taken = _milestones_of(record, field)
        return _distinct(c for m in record.milestones if _agrees(m, taken) for c in m.citations)
    if field in HELD:
        held: Sequence[Held[object]] = getattr(record, COMPUTED[field])
        now = last_held(held)
        same = [each for each in held if now is not None and concurs(each, now)]
        return _distinct(c for each in same for c in each.citations)
    return citations_of(record, COMPUTED.get(field, field))


def _milestones_of(record: Lasting, field: str) -> list[Milestone]:
    """Return the milestones that a computed date is taken from."""
    taken: list[Milestone | None] = []
    if field in {"start", "period"}:
        taken.append(record.start_milestone)
    if field in {"end", "period"}:
        taken.append(record.end_milestone)
    if field == "last_attested" or (field == "period" and record.end is None):
        taken += [m for m in attested(record) if m.date == record.last_attested]
    return [milestone for milestone in taken if milestone is not None]


def attested(record: Lasting) -> list[Milestone]:
    """Return the milestones that show a record still going on."""
    return [m for m in record.milestones if m.kind is MilestoneKind.ATTESTED]


def _agrees(milestone: Milestone, taken: Sequence[Milestone]) -> bool:
    """Return whether a milestone is one of those taken, or says the same as one of them."""
    return any(
        milestone is each
        or (
            milestone.rank is not Rank.DEPRECATED
            and (milestone.kind, milestone.date) == (each.kind, each.date)
        )
        for each in taken
    )


def concurs(held: Held[object], now: Held[object]) -> bool:
    """Return whether *held* states what *now* states: the same value, and not an earlier spell."""
    if held.rank is Rank.DEPRECATED or held.value != now.value:
        return False
    if held.period is None or now.period is None:
        return True
    return held.period.overlaps(now.period).possible


# --- support ---------------------------------------------------------------------------------


def independent(sources: Iterable[Source]) -> int:
    """Return how many of the sources do not repeat another.

    A source and what it derives from count once, and so do two that derive from one, that mirror
    one address, or that were not read but are named by one.
    """
    return len({_root(source) for source in sources})


def _root(source: Source) -> str:
    told = source
    while True:
        older = told.derives_from
        if older is None and told.extent is Extent.UNREAD:
            older = told.named_by
        if older is None:
            return told.mirror_of or told.address or told.id
        told = older


def support(record: Record, field: str | None = None) -> Support:
    """Return how many sources stand behind a field, and the class of the best of them.

    Raises:
        BadArgument: The record's type has no such field.
    """
    sources = tuple(dict.fromkeys(c.source for c in evidence(record, field)))
    best = min(
        (source.source_class for source in sources), key=lambda c: c.preference, default=None
    )
    return Support(len(sources), independent(sources), best)
