"""When records held: the bounds of each, and who was there on a day."""

from collections.abc import Iterable

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
from natodata.records import (
    Assessment,
    Country,
    Lasting,
    Meeting,
    Person,
    Place,
    Record,
    Source,
    Topic,
)
from natodata.store import Store

__all__ = [
    "ALWAYS",
    "UNDATED",
    "answers",
    "bounds",
    "bounds_by_id",
    "moment",
    "order_of",
    "since",
    "until",
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


def bounds(record: Record) -> Bounds:
    """Return the bounds within which a record held or happened.

    States (operations, memberships, tenures …) have those of their milestones, a meeting those of
    its days, a decision or event the moment of its date. Places, persons, topics, sources, and
    countries without milestones are there always.
    """
    if isinstance(record, Lasting):
        if isinstance(record, Country) and not record.milestones:
            return ALWAYS
        return record.bounds
    if isinstance(record, Place | Person | Topic | Source):
        return ALWAYS
    if isinstance(record, Meeting):
        return record.date.bounds
    date: When | None = getattr(record, "date", None)
    if date is None:
        return UNDATED if isinstance(record, Assessment) else ALWAYS
    return moment(date)


def bounds_by_id(store: Store, collection: str) -> dict[str, Bounds]:
    """Return the bounds of every record of a collection, by id, in the order of the ids."""
    return store.keep(
        ("bounds", collection),
        lambda: {record.id: bounds(record) for record in store.records(collection)},
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
    """
    query = when_of(when).query_bounds
    by_id = bounds_by_id(store, collection)
    found: dict[str, Certainty] = {}
    for identifier in ids:
        answer = meets(by_id[identifier], query)
        if answer is Certainty.YES or (answer is Certainty.MAYBE and not certain):
            found[identifier] = answer
    return found


def since(when: WhenLike) -> Period:
    """Return the period from the first day of *when* on."""
    date = when_of(when)
    return Period(date.start if isinstance(date, Period) else date, Limit.OPEN)


def until(when: WhenLike) -> Period:
    """Return the period up to the last day of *when*."""
    date = when_of(when)
    return Period(Limit.OPEN, date.end if isinstance(date, Period) else date)
