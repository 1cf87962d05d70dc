"""When records held: the bounds of each, and who was there on a day."""

import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from natodata.dates import (
    LATER,
    NEVER,
    Bounds,
    Certainty,
    Limit,
    Period,
    When,
    WhenLike,
    meets,
    when_of,
)
from natodata.errors import StaleDataWarning
from natodata.queries.intervals import Intervals
from natodata.records import (
    Country,
    Decision,
    Event,
    Lasting,
    Meeting,
    Person,
    Place,
    Record,
    Source,
    Tenure,
    Topic,
)
from natodata.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

__all__ = [
    "ALWAYS",
    "UNDATED",
    "Met",
    "admits",
    "answers",
    "ids_seen",
    "is_seen",
    "met_by",
    "moment",
    "order_of",
    "seen",
    "since",
    "spells",
    "spells_by_id",
    "there",
    "until",
    "warn_if_stale",
]

ALWAYS: Bounds = (NEVER, NEVER, LATER, LATER)
"""Bounds of what no time limits: places, persons, topics, sources, countries without dates."""
UNDATED: Bounds = (NEVER, LATER, NEVER, LATER)
"""Bounds of what has a time that no source gives."""


def moment(when: When) -> Bounds:
    """Return the bounds of something that happened at some time within *when*."""
    first, last = when.bounds[0], when.bounds[3]
    return first, last, first, last


def order_of(when: When) -> tuple[int, int, str]:
    """Return the key by which dated things stand in order of time.

    It is the first day, the longer stretch first; where the first day is open or not known, the
    last one counts in its stead: "by June 2020" stands at June 2020.
    """
    first, last = when.span
    if first <= NEVER:
        first = last
    return first, -last, str(when)


def spells(record: Record) -> tuple[Bounds, ...]:
    """Return the bounds of each stretch in which a record held or happened.

    States (operations, memberships, tenures …) have those of their milestones, several where they
    began again after an end; a meeting has those of its days, a decision or event the moment of
    its date, which is not before what it answers or follows. Places, persons, topics, sources, and
    countries without milestones are there always.
    """
    if isinstance(record, Lasting):
        if isinstance(record, Country) and not record.milestones:
            return (ALWAYS,)
        return record.spells
    if isinstance(record, Place | Person | Topic | Source):
        return (ALWAYS,)
    if isinstance(record, Meeting):
        return (record.date.bounds,)
    date: When | None = getattr(record, "date", None)
    return (UNDATED if date is None else _act(record, date),)


def _act(record: Record, date: When) -> Bounds:
    """Return the bounds of something that happened; it is not older than what it followed."""
    first, last, _, _ = moment(date)
    if first <= NEVER and isinstance(record, Decision | Event):
        causes = record.in_response_to if isinstance(record, Decision) else record.follows
        older = (spells(each)[0][0] for each in causes)
        first = min(max(older, default=first), last)
    return first, last, first, last


def spells_by_id(store: Store, collection: str) -> dict[str, tuple[Bounds, ...]]:
    """Return the stretches of every record of a collection, by id, in the order of the ids.

    Those who hold a post that one person holds at a time bound each other: an end that no source
    gives is not later than the next holder's beginning.
    """
    # What a view looks at changes names and commands, but no stretches: they are found once.
    return store.root.keep(_spells_by_id, collection)


def _spells_by_id(root: Store, collection: str) -> dict[str, tuple[Bounds, ...]]:
    found = {record.id: spells(record) for record in root.records(collection)}
    if collection == _TENURES:
        found |= _succeeded(root, found)
    return found


_TENURES = "tenures"


def _succeeded(root: Store, found: dict[str, tuple[Bounds, ...]]) -> dict[str, tuple[Bounds, ...]]:
    """Return the stretches of tenures whose end only the successor's beginning bounds."""
    by_post: dict[str, list[tuple[int, int, str]]] = {}
    for tenure in root.of_type(Tenure):
        # The stretches are bounded by the life of the post too, the start is not.
        begun = NEVER if tenure.start is None else tenure.start.bounds[0]
        if tenure.post.single and not tenure.acting and begun > NEVER:
            row = (begun, found[tenure.id][0][1], tenure.id)
            by_post.setdefault(tenure.post.id, []).append(row)
    bounded: dict[str, tuple[Bounds, ...]] = {}
    for rows in by_post.values():
        rows.sort()
        for (_, begun, identifier), (_, next_begun, _) in pairwise(rows):
            first, first_latest, last_earliest, last = found[identifier][-1]
            if last == LATER and next_begun >= max(begun, last_earliest):
                bounded[identifier] = ((first, first_latest, last_earliest, next_begun),)
    return bounded


class Met(NamedTuple):
    """What was there in a stretch of time."""

    ids: tuple[str, ...]
    """All that may have been, in their order."""
    doubtful: dict[str, Certainty]
    """Those of them that the dates leave open."""


class _Calendar(NamedTuple):
    """When the records of a collection were there, by the place of each in the order of the ids.

    All of them are asked at each question, so whatever can be known before is kept here. No day of
    a record lies in two stretches: what is found on a day is found once.
    """

    ids: tuple[str, ...]
    spells: tuple[tuple[Bounds, ...], ...]
    sure: Intervals
    """Stretches of days on which a record was there for sure."""
    unsure: Intervals
    """Those on which the dates leave it open."""


def _calendar(store: Store, collection: str) -> _Calendar:
    by_id = spells_by_id(store, collection)
    parts = list(map(_parted, by_id.values()))
    return _Calendar(
        tuple(by_id),
        tuple(by_id.values()),
        Intervals((*part, at) for at, (sure, _) in enumerate(parts) for part in sure),
        Intervals((*part, at) for at, (_, unsure) in enumerate(parts) for part in unsure),
    )


_Days = tuple[int, int]
"""The first and the last of some days."""


def _parted(spans: tuple[Bounds, ...]) -> tuple[Sequence[_Days], Sequence[_Days]]:
    """Return the days on which a record was there for sure, and those left open."""
    sure = _joined((span[1], span[2]) for span in spans)
    return sure, _without(_joined((span[0], span[3]) for span in spans), sure)


def _joined(stretches: Iterable[_Days]) -> list[_Days]:
    """Return stretches of days in order, with those that share days made one."""
    found: list[_Days] = []
    for first, last in sorted(stretches):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], last)
        elif first <= last:
            found.append((first, last))
    return found


def _without(stretches: Sequence[_Days], taken: Sequence[_Days]) -> list[_Days]:
    """Return what is left of stretches of days where others are taken away, both being joined."""
    found: list[_Days] = []
    for first, last in stretches:
        begin = first
        for taken_first, taken_last in taken:
            if begin < taken_first <= last:
                found.append((begin, taken_first - 1))
            if first <= taken_last and taken_first <= last:
                begin = taken_last + 1
        if begin <= last:
            found.append((begin, last))
    return found


def there(
    store: Store, collection: str, ids: Iterable[str] | None, when: When, *, certain: bool
) -> Met:
    """Return which records were there at some time in *when*.

    Args:
        store: The records.
        collection: Name of the collection that holds the ids.
        ids: Which of its records to look at; `None` for all, which costs by what is found.
        when: The stretch of time.
        certain: Whether to leave out what the dates do not decide.
    """
    query = when.query_bounds
    if ids is None:
        met = _all_there(store.root, collection, query)
    else:
        by_id = spells_by_id(store, collection)
        answered = {each: met_by(by_id[each], query) for each in ids}
        met = Met(
            tuple(each for each, answer in answered.items() if answer is not Certainty.NO),
            {each: answer for each, answer in answered.items() if answer is Certainty.MAYBE},
        )
    if not certain:
        return met
    return Met(tuple(each for each in met.ids if each not in met.doubtful), {})


def met_by(spans: Iterable[Bounds], query: Bounds) -> Certainty:
    """Return whether any of several stretches meets what is asked for."""
    answer = Certainty.NO
    for span in spans:
        answer |= meets(span, query)
    return answer


def _all_there(root: Store, collection: str, query: Bounds) -> Met:
    calendar = root.keep(_calendar, collection)
    ids, spells, surely, perhaps = calendar
    first, last = query[0], query[3]
    sure, unsure = surely.meeting(first, last), perhaps.meeting(first, last)
    if first != last:
        # A longer one may meet several of a record, or take in all the days that are left open.
        settled = set(sure) if query == (first, first, last, last) else set()
        answered = {at: met_by(spells[at], query) for at in {*sure, *unsure} - settled}
        certain = (at for at, answer in answered.items() if answer is Certainty.YES)
        sure = sorted([*settled, *certain])
        unsure = sorted(at for at, answer in answered.items() if answer is Certainty.MAYBE)
    found = [*sure, *unsure]
    found.sort()
    return Met(
        tuple([ids[at] for at in found]),
        dict.fromkeys([ids[at] for at in unsure], Certainty.MAYBE),
    )


def answers(
    store: Store, collection: str, ids: Iterable[str], when: WhenLike, *, certain: bool
) -> dict[str, Certainty]:
    """Return, of the given ids, those that were there at some time in *when*, with how surely.

    Args:
        store: The records.
        collection: Name of the collection that holds the ids.
        ids: Which of its records to look at.
        when: The stretch of time.
        certain: Whether to leave out what the dates do not decide.

    Warns:
        StaleDataWarning: *when* lies beyond the day up to which the data is kept.
    """
    date = when_of(when)
    warn_if_stale(store, date)
    met = there(store, collection, ids, date, certain=certain)
    return {each: met.doubtful.get(each, Certainty.YES) for each in met.ids}


def admits(answer: Certainty, *, certain: bool) -> bool:
    """Return whether an answer is kept: what the dates leave open, unless *certain* is asked."""
    return answer is Certainty.YES or (answer is Certainty.MAYBE and not certain)


def seen(store: Store, collection: str) -> Met:
    """Return what a view sees of a collection."""
    return store.keep(_seen, collection)


def ids_seen(store: Store, collection: str) -> tuple[str, ...]:
    """Return the ids of a collection; where the store is a view, of what it sees."""
    return seen(store, collection).ids if store.views else store.ids(collection)


def _seen(store: Store, collection: str) -> Met:
    ids: tuple[str, ...] | None = None
    doubtful: dict[str, Certainty] = {}
    for view in store.views:
        met = there(store, collection, ids, view.when, certain=view.certain)
        ids = met.ids
        doubtful |= met.doubtful
    assert ids is not None  # noqa: S101 (a view looks at some time)
    return Met(ids, {each: doubtful[each] for each in ids if each in doubtful})


def is_seen(store: Store, identifier: str) -> bool:
    """Return whether a record that is in the data is there at the time that a view looks at."""
    if not store.views:
        return True
    collection = store.collection_of(identifier)
    assert collection is not None  # noqa: S101 (ids come from the store)
    spans = spells_by_id(store, collection)[identifier]
    return all(
        admits(met_by(spans, view.when.query_bounds), certain=view.certain) for view in store.views
    )


def warn_if_stale(store: Store, when: When) -> None:
    """Warn where *when* lies wholly beyond the day up to which the data is kept."""
    limit = store.notes.current_to
    if limit is None or not when.after(limit).certain:
        return
    import warnings

    message = f"the data is kept up to {limit}; what is said of {when} is a projection"
    warnings.warn(message, StaleDataWarning, stacklevel=_outside())


def _outside() -> int:
    """Return how far up the stack the code lies that called the package."""
    from itertools import takewhile
    from traceback import walk_stack

    # `warnings` counts from the function that warns.
    frames = (frame for frame, _ in walk_stack(sys._getframe(1)))  # noqa: SLF001
    return 1 + sum(1 for _ in takewhile(_is_ours, frames))


def _is_ours(frame: "FrameType") -> bool:
    return f"{frame.f_globals['__name__']}.".startswith("natodata.")


def since(when: WhenLike) -> Period:
    """Return the period from the first day of *when* on."""
    date = when_of(when)
    return Period(date.start if isinstance(date, Period) else date, Limit.OPEN)


def until(when: WhenLike) -> Period:
    """Return the period up to the last day of *when*."""
    date = when_of(when)
    return Period(Limit.OPEN, date.end if isinstance(date, Period) else date)
