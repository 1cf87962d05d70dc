"""What is said to go on, and how long ago somebody last said so."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from attrs import fields

from natodata.dates import LATER, NEVER, Limit, When, WhenLike, when_of
from natodata.errors import BadArgument
from natodata.records import (
    Contribution,
    Figure,
    Held,
    Lasting,
    Milestone,
    Operation,
    Record,
    Source,
    Tenure,
)
from natodata.records.vocabulary import Rank
from natodata.store import Store

__all__ = ["DAYS", "StaleFact", "stale"]

DAYS = 90
"""Days after which what is said to go on should be looked at again."""
_QUIET = (Operation, Contribution, Tenure)
"""What may end without an act that everybody publishes; the class is made when it is asked for."""
_STANDING = frozenset({"names", "cow_codes", "gw_codes"})
"""Values held for a time that stand until somebody changes them by a published act."""
_Told: TypeAlias = Iterator[tuple[str, When]]


class StaleFact(NamedTuple):
    """Something said to go on, of which nobody has spoken for long."""

    record: Record
    """The record of which it is said."""
    what: str
    """What is said to go on."""
    last: When
    """When somebody last said so."""
    days: int
    """How many days before the day asked for that was, at the least."""

    def __str__(self) -> str:
        """Return all of it in one line."""
        return f"{self.record.id}: {self.what}: last told of {self.last}, {self.days} days before"


def stale(store: Store, days: int = DAYS, on: WhenLike | None = None) -> tuple[StaleFact, ...]:
    """Return what is said to go on, and was last said to more than *days* days ago.

    The oldest word comes first. What counts, and whose word:

    * An operation, contribution or tenure without an end: the latest of its milestones. A
      contribution is over with its operation; so is a tenure of a post at its head, which is also
      over with the body of the post, and with the next tenure where one person holds it at a time.
    * A lead, command, seat, posture or owner that is still open (``..``): the latest day of a
      source that says so, which is the day of the page itself, or else the day it was read.
    * The latest figure for each measure of a record without an end: the time for which it holds.

    Memberships, organisations, treaties, names and codes stand until a published act ends them,
    so they do not grow stale.

    Args:
        store: The records.
        days: Only what is older than so many days.
        on: The day from which to count back (of a longer stretch its first day); by default
            the day up to which the data is kept, and nothing is stale where they do not say.

    Raises:
        BadArgument: *days* is below 0.
        BadDate: *on* is a text that is no date.
    """
    if days < 0:
        raise BadArgument(f"expected a number of days, 0 or more, got {days!r}")
    limit = store.notes.current_to if on is None else when_of(on)
    if limit is None:
        return ()
    over = _over(store)
    found = [
        StaleFact(record, what, last, age)
        for record in map(store.record, store.all_ids())
        if isinstance(record, Lasting) and record.end is None and record.id not in over
        for what, last in _last_words(record, record.milestones)
        if _day(last) > NEVER and (age := limit.span[0] - _day(last)) > days
    ]
    return tuple(sorted(found, key=lambda each: (-each.days, each.record.id)))


def _last_words(record: Record, milestones: tuple[Milestone, ...]) -> _Told:
    """Yield what is still said of a record, with the last time for which it is."""
    if isinstance(record, Contribution) and record.operation.end is not None:
        return
    told = [m.date for m in milestones if m.rank is not Rank.DEPRECATED]
    if told and isinstance(record, _QUIET):
        yield "no end", max(told, key=_day)
    for field in fields(type(record)):
        if field.name not in _STANDING:
            yield from _open_values(field.name, getattr(record, field.name))
    yield from _latest_figures(getattr(record, "figures", ()))


def _open_values(field: str, held: object) -> _Told:
    for each in held if isinstance(held, tuple) else ():
        if not isinstance(each, Held) or each.rank is Rank.DEPRECATED or each.period is None:
            continue
        told = [_as_of(citation.source) for citation in each.citations]
        dated = [when for when in told if when is not None]
        if each.period.end is Limit.OPEN and dated:
            value = each.value.id if isinstance(each.value, Record) else each.value
            yield f"{field} {value}", max(dated, key=_day)


def _as_of(source: Source) -> When | None:
    return source.updated or source.date or source.retrieved


def _latest_figures(figures: tuple[Figure, ...]) -> _Told:
    latest: dict[str, Figure] = {}
    for figure in figures:
        before = latest.get(figure.measure)
        counts = figure.rank is not Rank.DEPRECATED
        if counts and (before is None or _day(figure.as_of) >= _day(before.as_of)):
            latest[figure.measure] = figure
    for measure, figure in latest.items():
        yield f"latest {measure}, {figure.value}", figure.as_of


def _over(store: Store) -> set[str]:
    """Return the ids of tenures without an end of their own that are known to be over."""
    heads: dict[str, list[Operation]] = defaultdict(list)
    for operation in store.of_type(Operation):
        for post in operation.posts:
            heads[post.id].append(operation)
    begun: dict[str, int] = {}
    for tenure in store.of_type(Tenure):
        if tenure.start is not None and tenure.post.single and not tenure.acting:
            begun[tenure.post.id] = max(begun.get(tenure.post.id, NEVER), _begun(tenure))
    return {
        tenure.id
        for tenure in store.of_type(Tenure)
        if tenure.post.end is not None
        or (tenure.post.organisation is not None and tenure.post.organisation.end is not None)
        or _all_over(heads[tenure.post.id])
        or _begun(tenure) < begun.get(tenure.post.id, NEVER)
    }


def _begun(tenure: Tenure) -> int:
    if tenure.start is not None:
        return _day(tenure.start)
    return min((_day(m.date) for m in tenure.milestones), default=LATER)


def _all_over(operations: Sequence[Operation]) -> bool:
    return bool(operations) and all(each.end is not None for each in operations)


def _day(when: When) -> int:
    """Return the last day that a date may mean, or else its first."""
    first, last = when.span
    return last if last < LATER else first
