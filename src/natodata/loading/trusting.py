"""Trees that were checked before to records, at once and without a converter.

A snapshot was compiled from checked YAML, so what reads it need look at nothing. That a process
which asks one question pays for no converter (importing cattrs and compiling its hooks costs half
of a cold start) is why this stands beside `natodata.loading.structuring`; a test holds both to
the same records.
"""

import json
import types
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, ForwardRef, NamedTuple, TypeVar, Union, get_args, get_origin

from attrs import evolve, fields, has

from natodata.dates import Certainty, PartialDate, Period, When, meets, parse_when
from natodata.records import Held, NamedRecord, Record
from natodata.records.base import current
from natodata.records.evidence import defers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol, TypeAlias

    _Reader: TypeAlias = Callable[[Any, "Shelf"], Any]

    class Shelf(Protocol):
        """What gives the records that others refer to."""

        @property
        def instant(self) -> "Instant | None":
            """The time that is looked at, or `None` for all of time."""
            ...

        def refer(self, reference: Any, accepted: tuple[str, ...], /) -> object:
            """Return the record meant, by its id or by its number in a snapshot.

            Accepted are the record classes of these names.
            """
            ...

        def later(self, read: "_Reader", value: Any, /) -> object:
            """Return what *read* makes of a value, or what stands for it until it is looked at."""
            ...


__all__ = ["Instant", "Shape", "listed", "made", "shapes", "under_its_name"]

R = TypeVar("R", bound=Record)

_DECODE = json.JSONDecoder().raw_decode
_TRUTH = types.MappingProxyType({"true": True, "false": False})


class Instant(NamedTuple):
    """The time that a view of a dataset looks at."""

    when: When
    """The stretch of days."""
    certain: bool
    """Whether what is undecided is left out."""

    def admits(self, period: Period | None) -> bool:
        """Return whether something that held for *period* belongs in the view."""
        answer = (
            Certainty.MAYBE if period is None else meets(period.bounds, self.when.query_bounds)
        )
        return answer.certain if self.certain else answer.possible


class Shape(NamedTuple):
    """The form of a field's values, as its type says."""

    scalar: Callable[[str], object] | None = None
    """What makes the value of its text; `None` for texts themselves, and for what is no text."""
    refers: tuple[str, ...] = ()
    """Names of the classes of the records that it refers to."""
    item: "Shape | None" = None
    """The form of its items, where it is a list."""
    piece: Any = None
    """The class of what it holds, where that is a piece with fields of its own."""


def _members(kind: Any) -> tuple[Any, ...]:
    """Return the types of a union but `None`, or the one type where it is none."""
    union = get_origin(kind) in (types.UnionType, Union)
    parts = get_args(kind) if union else (kind,)
    return tuple(part for part in parts if part is not type(None))


def _referred(kind: Any) -> tuple[str, ...]:
    """Return the names of the record classes that a type is made of; empty where it is another.

    A record class may be named in quotes. It is not looked up: most processes make few classes.
    """
    if isinstance(kind, str | ForwardRef):
        text = kind if isinstance(kind, str) else kind.__forward_arg__
        return tuple(name for name in text.split(" | ") if name != "None")
    members = _members(kind)
    if all(isinstance(part, type) and issubclass(part, Record) for part in members):
        return tuple(part.__name__ for part in members)
    return ()


def _shape(kind: Any) -> Shape:
    """Return the form of the values of a type that a field of a record is annotated with."""
    refers = _referred(kind)
    if refers:
        return Shape(refers=refers)
    members = _members(kind)
    if set(members) == {PartialDate, Period}:
        return Shape(scalar=_when)
    (only,) = members
    if get_origin(only) is tuple:
        return Shape(item=_shape(get_args(only)[0]))
    if only in _SCALARS:
        return Shape(scalar=_SCALARS[only])
    if isinstance(only, type) and issubclass(only, StrEnum):
        return Shape(scalar={str(code): code for code in only}.__getitem__)
    if not has(only):
        raise TypeError(f"no record has fields of the type {kind!r}")
    return Shape(piece=only)


@lru_cache(4096)
def _when(text: str) -> When:
    return parse_when(text)


@lru_cache(1024)
def _date(text: str) -> PartialDate:
    return PartialDate.parse(text)


@lru_cache(1024)
def _period(text: str) -> Period:
    return Period.parse(text)


_SCALARS: Mapping[Any, Callable[[str], object] | None] = types.MappingProxyType(
    {
        str: None,
        int: int,
        float: float,
        bool: _TRUTH.__getitem__,
        PartialDate: _date,
        Period: _period,
    }
)


def made(cls: type[R], tree: "Mapping[str, Any] | list[Any]", shelf: "Shelf") -> R:
    """Return the record of type *cls* that *tree* describes, as it is at the shelf's instant.

    Args:
        cls: A record class.
        tree: The record as text, lists and mappings, or as a snapshot has it; it is trusted. What
            stands under a name that is no field (of a newer version, say) is left out.
        shelf: Where references lead; with ``pairs``, as `natodata.store.Store` has it, where the
            tree is from a snapshot.
    """
    kind: Any = cls
    record: R = _maker(kind)(tree, shelf)
    return record


def under_its_name(record: R, of_all_times: R) -> R:
    """Return a record under the name valid then, where its name is one of those over time.

    Args:
        record: The record with what was held then.
        of_all_times: The same one with everything that was ever held.
    """
    if not isinstance(record, NamedRecord) or not isinstance(of_all_times, NamedRecord):
        return record
    name = current(record.names)
    over_time = {held.value for held in of_all_times.names}
    return record if name is None or record.name not in over_time else evolve(record, name=name)


@cache
def shapes(kind: Any) -> Mapping[str, Shape]:
    """Return the form of each field of a record or piece, by name."""
    return {name: _shape(of_field) for name, of_field in _kinds(kind).items()}


def _kinds(kind: Any) -> dict[str, Any]:
    """Return the type of each field of a record or piece, by name."""
    cls = _class(kind)
    found = {field.name: field.type for field in fields(cls)}
    if cls is not kind:
        ((parameter,), (held,)) = cls.__parameters__, get_args(kind)
        found = {name: held if each is parameter else each for name, each in found.items()}
    return found


def _class(kind: Any) -> Any:
    """Return the class of a record or piece, without the type of what it holds."""
    return get_origin(kind) or kind


@cache
def _maker(kind: Any) -> "_Reader":
    """Return what makes a record or piece of its tree."""
    cls = _class(kind)
    kinds = _kinds(kind)
    readers: dict[str, _Reader | None] = {}

    def met(name: str) -> None:
        # Only now, because many a field is in none of the records that a process makes.
        shape = _shape(kinds[name])
        readers[name] = _deferred(shape) if defers(cls, name) else _reader(shape)

    def make(tree: "Mapping[str, Any] | list[Any]", shelf: Any) -> Any:
        given: dict[str, Any] = {}
        for name, value in shelf.pairs(tree) if isinstance(tree, list) else tree.items():
            if name not in kinds:
                continue
            if name not in readers:
                met(name)
            read = readers[name]
            given[name] = value if read is None else read(value, shelf)
        return cls(**given)

    return make


def _deferred(shape: Shape) -> "_Reader | None":
    read = _reader(shape)
    if read is None:
        return None
    later = read if shape.item is None else lambda value, shelf: read(listed(value), shelf)
    return lambda value, shelf: shelf.later(later, value)


def listed(value: Any) -> list[Any]:
    """Return a list that may be written as JSON in a text, as snapshots have what is deferred."""
    found: list[Any]
    found = _DECODE(value)[0] if isinstance(value, str) else value
    return found


def _reader(shape: Shape) -> "_Reader | None":
    """Return what makes a value of what stands in a tree, or `None` where it is the value."""
    if shape.item is not None:
        return _lister(shape.item)
    if shape.piece is not None:
        piece = shape.piece
        # Made when first met, because few records have every sort of piece.
        return lambda tree, shelf: _maker(piece)(tree, shelf)  # noqa: PLW0108
    if shape.refers:
        return lambda reference, shelf: shelf.refer(reference, shape.refers)
    scalar = shape.scalar
    return None if scalar is None else lambda text, _: scalar(text)


def _lister(item: Shape) -> "_Reader":
    read = _reader(item)
    if read is None:
        return lambda texts, _: tuple(texts)
    if get_origin(item.piece) is not Held:
        return lambda items, shelf: tuple([read(each, shelf) for each in items])

    def then(items: list[Any], shelf: "Shelf") -> tuple[Any, ...]:
        every = tuple([read(each, shelf) for each in items])
        instant = shelf.instant
        if instant is None:
            return every
        return tuple(each for each in every if instant.admits(each.period))

    return then
