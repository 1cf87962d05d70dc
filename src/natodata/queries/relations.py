"""What belongs to a record: the circle of records that a question "about" it means."""

from natodata.queries.references import referrers
from natodata.records import Country, Operation, Organisation, Programme, Record, Topic
from natodata.store import Store

__all__ = ["about"]

_WIDE = frozenset({"sources", "topics"})


def about(store: Store, record: Record) -> frozenset[str]:
    """Return the ids of *record* and of all that belongs to it.

    That is everything that refers to it. Of an operation it is also the tenures of its posts, and
    of a country what belongs to the operations in it, the programmes for it and its bodies.
    """
    found = {record.id}
    if isinstance(record, Topic):
        return frozenset(found)
    direct = _pointing_at(store, record.id)
    found |= direct
    if isinstance(record, Operation):
        for post in record.posts:
            found |= {post.id, *_pointing_at(store, post.id)}
    if isinstance(record, Country):
        for identifier in direct:
            other = store.record(identifier)
            if _is_of(other, record):
                found |= about(store, other)
    return frozenset(found)


def _pointing_at(store: Store, identifier: str) -> set[str]:
    pointing = referrers(store).get(identifier, ())
    return {each for each in pointing if store.collection_of(each) not in _WIDE}


def _is_of(record: Record, country: Country) -> bool:
    if isinstance(record, Operation):
        return country in record.hosts
    if isinstance(record, Programme):
        return country in record.beneficiaries
    return isinstance(record, Organisation) and record.country == country
