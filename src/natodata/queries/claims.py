"""Rival values: everything that anyone states for a field, and why one of them is taken."""

from collections.abc import Sequence
from typing import NamedTuple

from natodata.dates import Period, When
from natodata.queries.evidence import (
    COMPUTED,
    DATES,
    HELD,
    attested,
    check_field,
    concurs,
    evidence,
)
from natodata.records import Citation, Claim, Figure, Held, Lasting, Milestone, Record, Source
from natodata.records.base import last_held, precedence, says_as_much
from natodata.records.vocabulary import Bound, MilestoneKind, Rank, SourceClass

__all__ = ["ClaimedValue", "claims"]

_M = MilestoneKind
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
    period: Period | None = None
    """For how long it was held, where it is a value held for a time."""

    def __str__(self) -> str:
        """Return the value, what it dates, who states it and the rule, in one line."""
        what = [str(self.kind).replace("-", " ")] if self.kind else []
        what += [str(self.period)] if self.period else []
        sources = ", ".join(source.id for source in self.sources)
        detail = f" ({', '.join(what)})" if what else ""
        return f"{_shown(self.value)}{detail}: {self.rule}{f'  [{sources}]' if sources else ''}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value))
    if isinstance(value, Record):
        return value.id
    if isinstance(value, Figure):
        upper = "" if value.upper is None else f" to {value.upper:,}"
        bound = "" if value.bound is Bound.EXACT else f"{value.bound.value.replace('-', ' ')} "
        measure = value.measure.value.replace("-", " ")
        return f"{bound}{value.value:,}{upper} {measure} as of {value.as_of}"
    return str(getattr(value, "text", value))


def claims(record: Record, field: str) -> tuple[ClaimedValue, ...]:
    """Return every value that anyone states for a field, the one taken first.

    Args:
        record: The record.
        field: A stored or computed field. For ``start`` and ``end`` these are all milestones
            that could be called so, each with what it dates; for ``period`` those of both.

    Raises:
        BadArgument: The record's type has no such field.
    """
    check_field(record, field)
    if isinstance(record, Lasting) and field in DATES:
        if field == "period":
            return (*_dated_claims(record, "start"), *_dated_claims(record, "end"))
        return _dated_claims(record, field)
    stored = COMPUTED.get(field, field)
    value = getattr(record, stored)
    if value and isinstance(value, tuple) and isinstance(value[0], Held | Milestone | Figure):
        found = [_piece_claim(record, field, piece) for piece in value]
    else:
        found = _plain_claims(record, field)
    rivals = [claim for claim in getattr(record, "claims", ()) if claim.field == stored]
    found += [_rival(claim, alone=not found) for claim in rivals if field != "claims"]
    return tuple(sorted(found, key=lambda row: not row.taken))


def _plain_claims(record: Record, field: str) -> list[ClaimedValue]:
    value = getattr(record, field)
    if value is None or value == ():
        return []
    rivals = any(claim.field == field for claim in getattr(record, "claims", ()))
    rule = "taken: the editors prefer it to its rivals" if rivals else "taken: it has no rival"
    rank = Rank.PREFERRED if rivals else Rank.NORMAL
    citations = evidence(record, field)
    sources = _sources(citations)
    return [
        ClaimedValue(
            field, value, None, rank, sources, None, taken=True, rule=rule, citations=citations
        )
    ]


def _piece_claim(
    record: Record, field: str, piece: Held[object] | Milestone | Figure
) -> ClaimedValue:
    value: object = piece
    kind = period = None
    taken, rule = True, "taken: the field holds all of these side by side"
    if isinstance(piece, Milestone):
        value, kind = piece.date, piece.kind
    if isinstance(piece, Held):
        value, period = piece.value, piece.period
        if field in HELD:
            now = last_held(getattr(record, COMPUTED[field]))
            taken = now is not None and concurs(piece, now)
            rule = _held_rule(piece, now, taken=taken)
    sources, cited = _sources(piece.citations), piece.citations
    return ClaimedValue(
        field, value, kind, piece.rank, sources, piece.note, taken, rule, cited, period
    )


def _held_rule(piece: Held[object], now: Held[object] | None, *, taken: bool) -> str:
    if piece.rank is Rank.DEPRECATED or now is None:
        return "passed over: the editors rank it deprecated; see the note"
    if taken:
        return "taken: the one held last"
    if piece.period == now.period:
        return "not taken: of values for one time, another is ranked preferred or written later"
    if piece.period is None:
        return "not taken: no source says when it was held"
    return "not taken: another was held later"


def _rival(claim: Claim, *, alone: bool) -> ClaimedValue:
    rule = "not taken: the editors prefer another; see the note"
    if alone:
        rule = "not taken: the editors leave the field empty and list who says what"
    return ClaimedValue(
        field=claim.field,
        value=claim.value,
        kind=None,
        rank=claim.rank,
        sources=_sources(claim.citations),
        note=claim.note,
        taken=False,
        rule=rule,
        citations=claim.citations,
    )


def _sources(citations: Sequence[Citation]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(citation.source for citation in citations))


# --- dates -----------------------------------------------------------------------------------


def _dated_claims(record: Lasting, field: str) -> tuple[ClaimedValue, ...]:
    if field == "last_attested":
        rows = [_attested_claim(record, milestone) for milestone in attested(record)]
    else:
        first = field == "start"
        kinds = record.starts if first else record.ends
        family = (_BEFORE_START if first else _ABOUT_END) | set(kinds)
        stretch = record.stretches[0 if first else -1]
        chosen = record.start_milestone if first else record.end_milestone
        rows = [
            _date_claim(field, m, _date_rule(m, chosen, stretch, field, kinds), taken=m is chosen)
            for m in record.milestones
            if m.kind in family
        ]
    return tuple(sorted(rows, key=_row_order))


def _date_claim(field: str, milestone: Milestone, rule: str, *, taken: bool) -> ClaimedValue:
    m = milestone
    sources = _sources(m.citations)
    return ClaimedValue(field, m.date, m.kind, m.rank, sources, m.note, taken, rule, m.citations)


def _attested_claim(record: Lasting, milestone: Milestone) -> ClaimedValue:
    taken = milestone.date == record.last_attested
    rule = "taken: the latest date at which a source shows it going on"
    if not taken:
        rule = "not taken: a later date is attested"
    return _date_claim("last_attested", milestone, rule, taken=taken)


def _row_order(row: ClaimedValue) -> tuple[bool, tuple[int, int, str]]:
    date = row.value
    assert isinstance(date, When)  # noqa: S101 (values of these rows are dates)
    return not row.taken, date.sort_key


def _words(kind: MilestoneKind) -> str:
    return f'"{kind.value.replace("-", " ")}"'


_AGAIN = {
    "start": "not taken: it began again then, and the first beginning is taken",
    "end": "not taken: it began again after that, and the last end is taken",
}


def _date_rule(
    milestone: Milestone,
    chosen: Milestone | None,
    stretch: Sequence[Milestone],
    field: str,
    kinds: Sequence[MilestoneKind],
) -> str:
    """Return by which step of the published rule a date was taken, or passed over."""
    if milestone.kind not in kinds:
        order = ", ".join(map(_words, kinds))
        return (
            f"not taken: {_words(milestone.kind)} is not one of the kinds of date that count as "
            f"the {field}: {order}"
        )
    if not any(milestone is each for each in stretch):
        return _AGAIN[field]
    if milestone.rank is Rank.DEPRECATED or chosen is None:
        return "passed over: the editors rank it deprecated; see the note"
    if milestone is chosen:
        return _why_taken(milestone, kinds, field)
    able = [m for m in stretch if m.kind in kinds and m.rank is not Rank.DEPRECATED]
    leader = min(able, key=lambda m: precedence(m, kinds))
    return f"not taken: {_why_not(milestone, chosen, leader, kinds)}"


def _why_not(
    milestone: Milestone, chosen: Milestone, leader: Milestone, kinds: Sequence[MilestoneKind]
) -> str:
    """Return at which step a date fell behind.

    Args:
        milestone: The date that is not taken.
        chosen: The one that is.
        leader: The one that goes first but for exactness: `chosen` lies within it.
        kinds: The kinds of date that count, the first one first.
    """
    if (chosen.kind, chosen.date) == (milestone.kind, milestone.date):
        return "it says the same as the one taken"
    if chosen.rank is not milestone.rank:
        return "the editors rank another date preferred; see its note"
    if chosen.kind is not milestone.kind:
        return f"{_words(chosen.kind)} goes before {_words(milestone.kind)}"
    agrees = says_as_much(milestone, leader)
    if agrees and _days(chosen) < _days(milestone):
        return "another date of that kind agrees with it and is more exact"
    rival = precedence(chosen if agrees else leader, kinds)[2]
    mine = precedence(milestone, kinds)[2]
    if rival != mine:
        return (
            f"of dates of one kind, the one from {_class(rival)} goes before one from "
            f"{_class(mine)}"
        )
    return "of dates of one kind and class of source, the earliest is taken"


def _days(milestone: Milestone) -> int:
    first, last = milestone.date.span
    return last - first


def _why_taken(milestone: Milestone, kinds: Sequence[MilestoneKind], field: str) -> str:
    if milestone.rank is Rank.PREFERRED:
        return "taken: the editors rank it preferred; see the note"
    at = kinds.index(milestone.kind)
    missing = ", ".join(map(_words, kinds[:at]))
    because = f"there is no date of the kinds that go before it: {missing}"
    if at == 0:
        because = f"of the kinds of date that count as the {field}, that one goes first"
    return f"taken: it dates {_words(milestone.kind)}; {because}"


def _class(preference: int) -> str:
    classes = dict(enumerate(SourceClass))
    if preference not in classes:
        return "no source"
    return f"a {classes[preference].value.replace('-', ' ')} source"
