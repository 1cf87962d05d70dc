"""Conditions of ``where``: names of fields and what their values must be."""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Collection as Several
from enum import StrEnum
from functools import cache, reduce
from typing import Any, NamedTuple, TypeAlias, get_args, get_origin

from natodata.dates import Certainty, PartialDate, Period, When, WhenLike, when_of
from natodata.errors import BadArgument
from natodata.loading.wording import kinds, nearest
from natodata.queries.naming import missing, near_ids
from natodata.records import (
    Citation,
    Claim,
    Figure,
    Held,
    Label,
    LegalBasis,
    Meeting,
    Milestone,
    Operation,
    Person,
    Programme,
    Provision,
    Record,
    StrengthReport,
    StrengthRow,
    Task,
    Tenure,
    Topic,
    computed_type,
    typed_fields,
)
from natodata.store import Store

__all__ = [
    "Condition",
    "Value",
    "condition",
    "field_of",
    "keys_of",
    "looked_up",
    "narrower",
    "readable",
    "values_of",
]

Plain: TypeAlias = Record | WhenLike | bool | float | None
Value: TypeAlias = Plain | Several[Plain]
"""What a condition may be: a value, a record, its id, `None` for "nothing known", or several of
these of which one must fit."""
Test: TypeAlias = Callable[[Record], Certainty]

_NOTHING = object()
"""Under this an index has the records that have no value."""

_IRREGULAR = {"aliases": "alias", "legal_bases": "legal_basis"}
_ALSO: dict[tuple[type[Record], str], str] = {
    (Meeting, "country"): "place.country",
    (Operation, "country"): "hosts",
    (Person, "country"): "nationalities",
    (Programme, "country"): "beneficiaries",
    (StrengthReport, "country"): "rows",
    (Tenure, "country"): "nationality",
}
"""What ``country`` means for records that have no field of that name."""
_STANDS_FOR: dict[type, tuple[str, ...]] = {
    Citation: ("source",),
    Claim: ("field",),
    Figure: ("measure",),
    Label: ("text",),
    LegalBasis: ("kind",),
    Milestone: ("kind",),
    Provision: ("kind",),
    StrengthRow: ("country",),
    Task: ("modality", "area"),
}
"""By what a piece is asked for: a milestone by its kind, a figure by what it measures …"""


def readable(cls: type[Record]) -> dict[str, str]:
    """Return what can be asked of a record type: the name to use, and the attribute it reads.

    Besides fields and computed values, a list can be asked under its singular, ``host`` for
    ``hosts``, and most things under ``country``.
    """
    return _readable(cls)  # type: ignore[arg-type]


@cache
def _readable(cls: Any) -> dict[str, str]:
    types = _types(cls)
    names = {name: name for name in types}
    for name, kind in types.items():
        if get_origin(kind) is tuple:
            names.setdefault(_singular(name), name)
    names |= {name: attribute for (kind, name), attribute in _ALSO.items() if kind is cls}
    return names


@cache
def _types(cls: Any) -> dict[str, Any]:
    """Return the types of all fields and computed values, by name."""
    types = {field.name: field.type for field in typed_fields(cls)}
    for base in cls.__mro__:
        for name, value in vars(base).items():
            if isinstance(value, property) and name != "bounds":
                types[name] = computed_type(value)
    return types


def _singular(name: str) -> str:
    if name in _IRREGULAR:
        return _IRREGULAR[name]
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def field_of(cls: type[Record], name: str) -> str:
    """Return the attribute that *name* asks for.

    Raises:
        BadArgument: The record type has nothing of that name; a near name is suggested.
    """
    names = readable(cls)
    if name not in names:
        near = nearest(name, list(names))
        hint = f"did you mean {near!r}?" if near else f"it has {', '.join(sorted(names))}"
        raise BadArgument(f"expected a field of {cls.__name__}, got {name!r}; {hint}")
    return names[name]


def values_of(record: Record, attribute: str) -> tuple[object, ...]:
    """Return what an attribute holds, as a flat tuple; a value held for a time as the value."""
    # A link that leads nowhere raises an AttributeError: there is no value.
    value: Any = record
    for step in attribute.split("."):
        value = getattr(value, step, None)
    items = value if isinstance(value, tuple) else () if value is None else (value,)
    return tuple(item.value if isinstance(item, Held) else item for item in items)


def keys_of(record: Record, attribute: str) -> tuple[object, ...]:
    """Return what an attribute holds as `values_of` does, a piece by what it stands for.

    A milestone stands for its kind, a figure for its measure, a line of a strength sheet for its
    country, and so on.
    """
    return tuple(key for value in values_of(record, attribute) for key in _keys(value))


def _keys(value: object) -> Iterator[object]:
    parts = _STANDS_FOR.get(type(value))
    if parts is None:
        yield value
    else:
        for part in parts:
            yield getattr(value, part)


def narrower(store: Store, topic: Topic) -> frozenset[str]:
    """Return the ids of a topic and of all topics below it."""
    found = {topic.id}
    topics = store.of_type(Topic)
    grown = True
    while grown:
        below = {t.id for t in topics if t.broader is not None and t.broader.id in found}
        grown = bool(below - found)
        found |= below
    return frozenset(found)


class Condition(NamedTuple):
    """What is asked of records."""

    test: Test
    attribute: str
    keys: frozenset[object] | None
    """Values of which one must be there; `None` where dates decide."""


def looked_up(store: Store, collection: str, asked: Iterable[Condition]) -> tuple[str, ...]:
    """Return the ids in a collection that meet those conditions that no date decides, sorted."""
    found = (
        {each for key in one.keys for each in index.get(key, ())}
        for one in asked
        if one.keys is not None
        for index in [store.keep(_by_key, collection, one.attribute)]
    )
    return tuple(sorted(set.intersection(*found)))


def _by_key(store: Store, collection: str, attribute: str) -> dict[object, list[str]]:
    found: dict[object, list[str]] = {}
    for record in store.records(collection):
        for key in dict.fromkeys(_plain_keys(record, attribute)) or [_NOTHING]:
            found.setdefault(key, []).append(record.id)
    return found


def _plain_keys(record: Record, attribute: str) -> Iterator[object]:
    for key in keys_of(record, attribute):
        yield key.id if isinstance(key, Record) else key


def condition(store: Store, cls: type[Record], name: str, value: Value) -> Condition:
    """Return what a condition asks of the records of a class.

    Raises:
        BadArgument: There is no such field, or a value that the field cannot have.
        BadDate: The field holds dates, and the value is a text that is none.
        NotFound: The value is to be a record, and there is none of that id.
    """
    attribute = field_of(cls, name)
    field = _Field(cls.__name__, name, attribute, kinds_of(cls, attribute))
    several = isinstance(value, Several) and not isinstance(value, str | bytes)
    wanted: Iterable[Any] = value if several else (value,)  # type: ignore[assignment]
    known, nothing = [], False
    for each in wanted:
        if each is None:
            nothing = True
        else:
            known.append(each)
    if field.dated:
        return _dated(field, known, Certainty.YES if nothing else Certainty.NO)
    return _plain(store, field, known, nothing=nothing)


class _Field(NamedTuple):
    """What a condition is about."""

    of: str
    name: str
    attribute: str
    possible: tuple[type, ...]

    @property
    def dated(self) -> bool:
        return not {PartialDate, Period}.isdisjoint(self.possible)

    @property
    def yes_or_no(self) -> bool:
        return bool in self.possible


def _dated(field: _Field, wanted: list[WhenLike], empty: Certainty) -> Condition:
    """Ask whether a date lies in what is wanted, or a period meets it."""
    queries = [when_of(each) for each in wanted]
    lasts = field.attribute == "period"

    def passes(record: Record) -> Certainty:
        values: tuple[Any, ...] = values_of(record, field.attribute)
        if not values:
            return empty
        answers = (_lies_in(value, query, lasts=lasts) for value in values for query in queries)
        return reduce(Certainty.__or__, answers, Certainty.NO)

    return Condition(passes, field.attribute, None)


def _lies_in(value: When, query: When, *, lasts: bool) -> Certainty:
    return Period.of(value).overlaps(query) if lasts else value.within(query)


def _plain(store: Store, field: _Field, wanted: list[Any], *, nothing: bool) -> Condition:
    """Ask whether a value is one of those wanted, or whether there is none."""
    keys = frozenset(each for value in wanted for each in _accepted(store, field, value))
    if nothing:
        keys |= {_NOTHING}

    def passes(record: Record) -> Certainty:
        held = tuple(_plain_keys(record, field.attribute)) or (_NOTHING,)
        return Certainty.NO if keys.isdisjoint(held) else Certainty.YES

    return Condition(passes, field.attribute, keys)


def kinds_of(cls: type[Record], attribute: str) -> tuple[type, ...]:
    """Return the types that the keys of an attribute may have."""
    return _kinds_of(cls, attribute)  # type: ignore[arg-type]


@cache
def _kinds_of(cls: Any, attribute: str) -> tuple[type, ...]:
    first, _, rest = attribute.partition(".")
    kinds_here = tuple(dict.fromkeys(_flat(_types(cls)[first])))
    return (
        tuple(each for kind in kinds_here for each in kinds_of(kind, rest)) if rest else kinds_here
    )


def _flat(kind: Any) -> Iterator[type]:
    arguments = get_args(kind)
    if arguments:
        for part in arguments:
            yield from _flat(part)
    elif kind in _STANDS_FOR:
        types = {field.name: field.type for field in typed_fields(kind)}
        for part in _STANDS_FOR[kind]:
            yield from _flat(types[part])
    elif isinstance(kind, type) and kind is not type(None):
        yield kind


def _accepted(store: Store, field: _Field, value: object) -> Iterable[object]:
    """Return the keys that fit a value asked for; raise where the field can have none such."""
    records = tuple(kind for kind in field.possible if issubclass(kind, Record))
    codes = [kind for kind in field.possible if issubclass(kind, StrEnum)]
    if records and isinstance(value, Record | str):
        return _referred(store, field, records, value.id if isinstance(value, Record) else value)
    if codes and isinstance(value, str):
        return (_coded(field, codes, value),)
    # To Python a truth value is a number, but not to whoever asks.
    if isinstance(value, _alike(field.possible)) and isinstance(value, bool) == field.yes_or_no:
        return (value,)
    wanted = kinds(records) if records else _in_words(field.possible[0])
    got = f"{value!r} ({type(value).__name__})"
    raise BadArgument(f"expected {wanted} for {field.name} of {field.of}, got {got}")


def _alike(possible: tuple[type, ...]) -> tuple[type, ...]:
    return (*possible, int) if float in possible else possible


def _in_words(kind: type) -> str:
    words = {str: "a text", int: "a whole number", float: "a number", bool: "True or False"}
    return words.get(kind, "a code")


def _coded(field: _Field, codes: list[Any], value: str) -> str:
    members = [str(member) for kind in codes for member in kind]
    code = value.lower().replace("_", "-").replace(" ", "-")
    if code not in members:
        near = nearest(code, members)
        hint = f"did you mean {near!r}?" if near else f"one of {', '.join(members)}"
        raise BadArgument(f"{field.of} has no {field.name} {value!r}; {hint}")
    return code


def _referred(
    store: Store, field: _Field, accepted: tuple[type[Record], ...], value: str
) -> Iterable[str]:
    wanted = kinds(accepted)
    if store.collection_of(value) is None:
        what = f"expected the id of {wanted} for {field.name}, got {value!r}"
        raise missing(what, near_ids(store, value, accepted))
    record = store.record(value)
    if not isinstance(record, accepted):
        found = f"{value!r}, which is a {type(record).__name__}"
        raise BadArgument(f"expected {wanted} for {field.name}, got {found}")
    if isinstance(record, Topic):
        return narrower(store, record)
    return (value,)
