"""Exact finding: the one record that answers to a name, whatever the spelling's dress."""

from natodata.errors import Ambiguous, BadArgument
from natodata.queries.moments import is_seen
from natodata.queries.naming import answering, beginning_with, key_of, listed, missing
from natodata.records import Record
from natodata.store import Store

__all__ = ["find"]


def find(store: Store, name: str) -> Record:
    """Return the one record that answers to *name*; see `natodata.Dataset.find`.

    Args:
        store: The records.
        name: An id, name, acronym, alias, former or foreign name.

    Raises:
        NotFound: Nothing answers to it; near names are suggested.
        Ambiguous: More than one record does, or has a name that begins with it.
        BadArgument: *name* is no text, or holds no letter or digit.
    """
    if not isinstance(name, str):
        raise BadArgument(f"expected a name as text, got {name!r} ({type(name).__name__})")
    ids = (name,) if store.collection_of(name) is not None else _called(store, name)
    if store.views:
        ids = _seen(store, name, ids)
    if len(ids) != 1:
        raise Ambiguous(f"{name!r} may be any of: {listed(ids)}", ids)
    return store.record(ids[0])


def _called(store: Store, name: str) -> tuple[str, ...]:
    """Return the ids behind a name, at least one; an exact spelling goes before a beginning."""
    key = key_of(name)
    if not key:
        raise BadArgument(f"expected a name with a letter or digit in it, got {name!r}")
    ids = answering(store, key)
    if ids:
        return ids
    from natodata.queries.matching import match

    begun = beginning_with(store, key)
    if len(begun) > 1:
        return begun
    near = tuple(each.record.id for each in match(store, name, 5))
    shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
    raise missing(f"nothing is called {shown!r}", tuple(dict.fromkeys((*begun, *near)))[:5])


_SHOWN = 80


def _seen(store: Store, name: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return those that are there at the time looked at, which also tells namesakes apart."""
    there = tuple(each for each in ids if is_seen(store, each))
    if not there:
        times = " and ".join(str(view.when) for view in store.views)
        raise missing(f"{name!r} ({listed(ids)}) was not there on {times}", ())
    return there
