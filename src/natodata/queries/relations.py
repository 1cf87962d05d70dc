"""What belongs to a record: the circle of records that a question "about" it means."""

from natodata.queries.filtering import narrower
from natodata.queries.references import referrers
from natodata.records import (
    Contribution,
    Country,
    Operation,
    Organisation,
    Programme,
    Record,
    StrengthReport,
    Topic,
)
from natodata.store import Store

__all__ = ["about", "is_on_topic"]


def about(store: Store, record: Record) -> frozenset[str]:
    """Return the ids of *record* and of all that belongs to it.

    That is everything that refers to it. Of an operation it is also the tenures of its posts, of a
    country what belongs to the operations in it, the programmes for it and its bodies, and of a
    topic what is on the narrower ones.
    """
    if isinstance(record, Topic):
        return _on_topic(store, record)
    direct = _pointing_at(store, record.id)
    found = {record.id} | direct
    if isinstance(record, Operation):
        for post in record.posts:
            found |= {post.id, *_pointing_at(store, post.id)}
    if isinstance(record, Country):
        for identifier in direct:
            other = store.record(identifier)
            if _is_of(other, record):
                found |= about(store, other)
    return frozenset(found)


def _on_topic(store: Store, topic: Topic) -> frozenset[str]:
    topics = narrower(store, topic)
    return frozenset(each for each in store.all_ids() if is_on_topic(store.record(each), topics))


def is_on_topic(record: Record, topics: frozenset[str]) -> bool:
    """Return whether a record, or the operation that it reports on, is on one of some topics."""
    mine = {topic.id for topic in getattr(record, "topics", ())}
    if isinstance(record, Contribution | StrengthReport):
        mine |= {topic.id for topic in record.operation.topics}
    return not mine.isdisjoint(topics)


def _pointing_at(store: Store, identifier: str) -> set[str]:
    return set(referrers(store).get(identifier, ()))


def _is_of(record: Record, country: Country) -> bool:
    if isinstance(record, Operation):
        return country in record.hosts
    if isinstance(record, Programme):
        return country in record.beneficiaries
    return isinstance(record, Organisation) and record.country == country
