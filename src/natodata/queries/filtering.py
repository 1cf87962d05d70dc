"""Conditions of ``where``: names of fields and what their values must be."""

from collections.abc import Callable
from collections.abc import Collection as Several
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias, Union, get_args, get_origin

from attrs import fields, has

from natodata.dates import PartialDate, Period, WhenLike, when_of
from natodata.errors import BadArgument
from natodata.loading.structuring import kinds, nearest
from natodata.queries.naming import missing, near_ids
from natodata.records import Held, Record, Topic, typed_fields
from natodata.store import Store

__all__ = ["Value", "field_of", "narrower", "readable", "test_for", "values_of"]

Plain: TypeAlias = Record | WhenLike | bool | float | None
Value: TypeAlias = Plain | Several[Plain]
"""What a condition may be: a value, a record, its id, `None` for "nothing known", or several of
these of which one must fit."""

_COMPUTED: dict[str, str] = {
    "command": "commands",
    "lead": "leads",
    "seat": "seats",
    "owner": "owners",
    "posture": "postures",
    "cow": "cow_codes",
    "gw": "gw_codes",
}


def readable(cls: type[Record]) -> dict[str, str]:
    """Return what can be asked of a record type: the name to use, and the attribute it reads.

    Besides fields and computed values, a list can be asked under its singular: ``host`` for
    ``hosts``, ``country`` for ``countries``.
    """
    return _readable(cls)  # type: ignore[arg-type]


@cache
def _readable(cls: Any) -> dict[str, str]:
    names = {field.name: field.name for field in fields(cls)}
    names |= {
        name: name
        for base in cls.__mro__
        for name, value in vars(base).items()
        if isinstance(value, property) and name != "bounds"
    }
    for name in list(names):
        for plural, singular in (("ies", "y"), ("ses", "sis"), ("s", "")):
            if name.endswith(plural):
                names.setdefault(name.removesuffix(plural) + singular, name)
                break
    return names


def field_of(cls: type[Record], name: str) -> str:
    """Return the attribute that *name* asks for.

    Raises:
        BadArgument: The record type has nothing of that name; a near name is suggested.
    """
    names = readable(cls)
    if name not in names:
        near = nearest(name, list(names))
        hint = f"; did you mean {near!r}?" if near else f"; it has {', '.join(sorted(names))}"
        raise BadArgument(f"expected a field of {cls.__name__}, got {name!r}{hint}")
    return names[name]


def values_of(record: Record, attribute: str) -> tuple[object, ...]:
    """Return what an attribute holds, as a flat tuple; a value held for a time as the value."""
    value = getattr(record, attribute, None)
    items = value if isinstance(value, tuple) else () if value is None else (value,)
    return tuple(item.value if isinstance(item, Held) else item for item in items)


def narrower(store: Store, topic: Topic) -> frozenset[str]:
    """Return the ids of a topic and of all topics below it."""
    found = {topic.id}
    topics = store.of_type(Topic)
    grown = True
    while grown:
        below = {t.id for t in topics if t.broader is not None and t.broader.id in found}
        grown = not below <= found
        found |= below
    return frozenset(found)


def test_for(store: Store, cls: type[Record], name: str, value: Value) -> Callable[[Record], bool]:
    """Return the test that a condition stands for.

    Raises:
        BadArgument: There is no such field, or a coded value that the field cannot have.
        NotFound: The value is to be a record, and there is none of that id.
    """
    attribute = field_of(cls, name)
    several = isinstance(value, Several) and not isinstance(value, str)
    wanted = tuple(value) if several else (value,)  # type: ignore[arg-type]
    possible = kinds_of(cls, attribute)
    accepted: set[object] = set()
    for each in wanted:
        accepted |= _accepted(store, cls, name, possible, each)
    nothing = None in accepted

    def passes(record: Record) -> bool:
        values = values_of(record, attribute)
        if not values:
            return nothing
        return any(_plain(item) in accepted for item in values)

    return passes


def _plain(item: object) -> object:
    """Return what stands for a value in a comparison: an id for a record, a piece's main code."""
    if isinstance(item, Record):
        return item.id
    if has(type(item)) and not isinstance(item, PartialDate | Period):
        kind = getattr(item, "kind", None) or getattr(item, "measure", None)
        return kind if kind is not None else item
    return item


def kinds_of(cls: type[Record], attribute: str) -> tuple[type, ...]:
    """Return the types that an attribute's values may have."""
    return _kinds_of(cls, attribute)  # type: ignore[arg-type]


@cache
def _kinds_of(cls: Any, attribute: str) -> tuple[type, ...]:
    attribute = _COMPUTED.get(attribute, attribute)
    stored = {field.name: field.type for field in typed_fields(cls)}
    if attribute in stored:
        return tuple(_flat(stored[attribute]))
    if attribute in {"start", "end", "last_attested", "period"}:
        return (PartialDate, Period)
    return ()


def _flat(kind: Any) -> list[type]:
    if get_origin(kind) is Held:
        return _flat(get_args(kind)[0])
    if get_origin(kind) in (tuple, Union) or get_args(kind):
        return [t for part in get_args(kind) if part is not Ellipsis for t in _flat(part)]
    if isinstance(kind, type):
        for piece in ("kind", "measure"):
            if has(kind) and not issubclass(kind, Record):
                found = [f.type for f in typed_fields(kind) if f.name == piece]
                if found:
                    return _flat(found[0])
        return [kind]
    return []


def _accepted(
    store: Store, cls: type[Record], name: str, possible: tuple[type, ...], value: object
) -> set[object]:
    if isinstance(value, Record):
        value = value.id
    dated = bool({PartialDate, Period} & set(possible))
    if value is None or not (dated or isinstance(value, str)):
        return {value}
    codes = [kind for kind in possible if issubclass(kind, StrEnum)]
    if dated:
        return {when_of(value)}  # type: ignore[arg-type]
    if codes:
        return _coded(cls, name, codes, str(value))
    if any(issubclass(kind, Record) for kind in possible):
        return _referred(store, name, possible, str(value))
    return {value}


def _coded(cls: type[Record], name: str, codes: list[type], value: str) -> set[object]:
    members = [str(member) for kind in codes for member in kind]  # type: ignore[attr-defined]
    code = value.lower().replace("_", "-")
    if code not in members:
        near = nearest(code, members)
        hint = f"did you mean {near!r}?" if near else f"one of {', '.join(members)}"
        raise BadArgument(f"expected a {name} of {cls.__name__}, got {value!r}; {hint}")
    return {code}


def _referred(store: Store, name: str, accepted: tuple[type, ...], value: str) -> set[object]:
    wanted = kinds([kind for kind in accepted if issubclass(kind, Record)])
    if store.collection_of(value) is None:
        what = f"expected the id of {wanted} for {name}, got {value!r}"
        raise missing(what, near_ids(store, value))
    record = store.record(value)
    if not isinstance(record, accepted):
        found = type(record).__name__
        raise BadArgument(f"expected {wanted} for {name}, got {value!r}, which is a {found}")
    if isinstance(record, Topic):
        return set(narrower(store, record))
    return {value}
