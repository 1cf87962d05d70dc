"""Who points at whom: references from the outside in."""

from collections.abc import Iterator

from attrs import fields, has

from natodata.queries.moments import is_seen
from natodata.records import Record
from natodata.store import Store

__all__ = ["referrers", "referring_to", "targets"]


def targets(piece: object) -> Iterator[Record]:
    """Yield every record that a record, piece or tuple refers to directly; some may repeat."""
    if isinstance(piece, tuple):
        for item in piece:
            yield from _reached(item)
    elif has(kind := type(piece)):
        for field in fields(kind):
            yield from _reached(getattr(piece, field.name))


def _reached(value: object) -> Iterator[Record]:
    if isinstance(value, Record):
        yield value
    else:
        yield from targets(value)


def referrers(store: Store) -> dict[str, tuple[str, ...]]:
    """Return, for each id that is referred to, the ids of the records that do, sorted."""
    return store.keep(_referrers)


def _referrers(store: Store) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for identifier in store.all_ids():
        for target in dict.fromkeys(each.id for each in targets(store.record(identifier))):
            found.setdefault(target, []).append(identifier)
    return {target: tuple(ids) for target, ids in found.items()}


def referring_to(store: Store, record: Record) -> tuple[Record, ...]:
    """Return every record that points at *record*, in the order of their ids.

    In a view those are the records that are there then, and that point at it then.
    """
    pointing = referrers(store).get(record.id, ())
    return tuple(store.record(each) for each in pointing if is_seen(store, each))
