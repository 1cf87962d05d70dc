"""What cannot all be so: two values at one time, or something said of what was over."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

from attrs import fields

from natodata.dates import Bounds
from natodata.queries.alliances import holders
from natodata.records import (
    Figure,
    Held,
    Lasting,
    Milestone,
    Organisation,
    Post,
    Record,
    Tenure,
)
from natodata.records.vocabulary import Measure, MilestoneKind, Rank
from natodata.store import Store

__all__ = ["contradictions", "said"]

_SHARED = frozenset({"names", "cow_codes", "gw_codes"})
"""Values of which several may hold at once: a long and a short name, a code of each list."""
_THERE = frozenset(
    {
        Measure.PERSONNEL,
        Measure.TROOPS,
        Measure.AUTHORISED_PERSONNEL,
        Measure.POLICE,
        Measure.CIVILIANS,
        Measure.NATIONS,
        Measure.MEMBER_NATIONS,
        Measure.PARTNER_NATIONS,
        Measure.SHIPS,
        Measure.SUBMARINES,
        Measure.AIRCRAFT,
        Measure.HELICOPTERS,
        Measure.BATTERIES,
        Measure.BATTALIONS,
        Measure.BASES,
        Measure.TEAMS,
    }
)
"""Measures of what is there at a time; others count up, and may be told after the end."""
_Piece: TypeAlias = Milestone | Figure | Held[object]


def contradictions(store: Store) -> Iterator[tuple[Record, str]]:
    """Yield each record with something that cannot be so, and what that is.

    * Two dates ranked preferred for one beginning or end, two figures or values so ranked for
      one time.
    * Two leads, commands, seats, postures or owners for sure at one time, longer than a day of
      handover. A command above the other is none of its rivals.
    * Two persons, neither of them acting, for sure in a post that one holds at a time.
    * A record attested after its end, or a strength (what is there, not what was done) of then.

    What a note explains is no contradiction: the note of both values, of the milestone, of the
    figure. Only the ranks are not excused.
    """
    for identifier in store.all_ids():
        record = store.record(identifier)
        found = [*_two_preferred(record), *_at_once(record), *_after_the_end(record)]
        if isinstance(record, Post) and record.single:
            found += _two_holders(store, record)
        yield from ((record, text) for text in found)


def said(field: str, piece: _Piece) -> str:
    """Return what a piece of a record says, in words."""
    if isinstance(piece, Milestone):
        return f"{piece.kind} {piece.date}"
    if isinstance(piece, Figure):
        return _counted(piece)
    value = piece.value.id if isinstance(piece.value, Record) else piece.value
    return f"{field} {value}" + (f" {piece.period}" if piece.period else "")


def _counted(figure: Figure) -> str:
    return f"{figure.measure} {figure.value} as of {figure.as_of}"


def _two_preferred(record: Record) -> Iterator[str]:
    if isinstance(record, Lasting):
        for stretch in record.stretches:
            for what, kinds in (("starts", record.starts), ("ends", record.ends)):
                rivals = [m for m in stretch if m.kind in kinds and m.rank is Rank.PREFERRED]
                if len({(m.kind, m.date) for m in rivals}) > 1:
                    dates = ", ".join(f"{m.kind} {m.date}" for m in rivals)
                    yield f"two {what} ranked preferred: {dates}"
    for field in fields(type(record)):
        value = getattr(record, field.name)
        pieces = value if isinstance(value, tuple) else ()
        able = [each for each in pieces if isinstance(each, Figure | Held)]
        preferred = [each for each in able if each.rank is Rank.PREFERRED]
        for a, b in combinations(preferred, 2):
            if _subject(a) == _subject(b) and a.value != b.value:
                both = f"{said(field.name, a)}, {said(field.name, b)}"
                yield f"two values ranked preferred: {both}"


def _subject(piece: Figure | Held[object]) -> object:
    """Return for what a field can have only one preferred value."""
    return (piece.measure, piece.as_of) if isinstance(piece, Figure) else piece.period


def _at_once(record: Record) -> Iterator[str]:
    for field in fields(type(record)):
        value = getattr(record, field.name)
        if field.name in _SHARED or not isinstance(value, tuple):
            continue
        held = [h for h in value if isinstance(h, Held) and h.rank is not Rank.DEPRECATED]
        for a, b in combinations(held, 2):
            if a.period is None or b.period is None or (a.note and b.note):
                continue
            apart = a.value != b.value and not _in_line(a.value, b.value)
            if apart and _days_together(a.period.bounds, b.period.bounds) > 1:
                yield f"two at once: {said(field.name, a)}, {said(field.name, b)}"


def _in_line(a: object, b: object) -> bool:
    """Return whether both are bodies, and one stands above the other."""
    return b in _above(a) or a in _above(b)


def _above(body: object) -> Iterator[object]:
    while isinstance(body, Organisation) and body.parent is not None:
        body = body.parent
        yield body


def _days_together(one: Bounds, other: Bounds) -> int:
    """Return on how many days both are for sure, by the day of the latest start they may have."""
    return min(one[2], other[2]) - max(one[1], other[1]) + 1


def _two_holders(store: Store, post: Post) -> Iterator[str]:
    tenures = [t for t in map(store.record, holders(store, post)) if isinstance(t, Tenure)]
    permanent: Sequence[Tenure] = [each for each in tenures if not each.acting]
    for a, b in combinations(permanent, 2):
        together = max(_days_together(one, other) for one in a.spells for other in b.spells)
        if together > 1 and not (a.note and b.note):
            yield f"two at once: {a.person.name} {a.period}, {b.person.name} {b.period}"


def _after_the_end(record: Record) -> Iterator[str]:
    if not isinstance(record, Lasting) or record.end is None:
        return
    end = record.end
    for milestone in record.milestones:
        counts = milestone.kind is MilestoneKind.ATTESTED and milestone.rank is not Rank.DEPRECATED
        if counts and not milestone.note and milestone.date.after(end).certain:
            yield f"attested {milestone.date}, after its end, {end}"
    for figure in getattr(record, "figures", ()):
        counts = figure.measure in _THERE and figure.since is None
        if counts and not figure.note and figure.as_of.after(end).certain:
            yield f"{_counted(figure)}, after its end, {end}"
