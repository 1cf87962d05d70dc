"""Where facts come from: records as such, sources, citations and rival claims."""

from collections.abc import Callable
from types import MemberDescriptorType
from typing import Any, ClassVar, TypeVar

from attrs import fields, frozen

from natodata.dates import PartialDate, When
from natodata.displayed import Displayed
from natodata.records.vocabulary import Extent, Rank, SourceClass

__all__ = ["Citation", "Claim", "Later", "Portable", "Record", "Source", "deferring", "defers"]

C = TypeVar("C")


class Portable:
    """What records and their pieces have in common: to be compared, shown, pickled.

    They pickle by the names of their fields, so that a pickle can be read by later versions. What
    a record refers to goes with it, and what stands in a pickle once comes back as one object. A
    field that the reading version does not have is left out.
    """

    __slots__ = ()

    # Written once here rather than generated for each class: every process makes all classes.

    def __eq__(self, other: object) -> bool:
        """Return whether both are of one type and say the same in every field."""
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _names(type(self)))

    def __hash__(self) -> int:
        """Return a hash that agrees with equality."""
        return hash((type(self), *(getattr(self, name) for name in _names(type(self)))))

    def __repr__(self) -> str:
        """Return the type with every field and its value."""
        cls = type(self)
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in _names(cls))
        return f"{cls.__name__}({said})"

    def __reduce__(self) -> tuple[object, ...]:
        """Return how to make it again from the fields that say something."""
        cls = type(self)
        named = ((name, getattr(self, name)) for name in _names(cls))
        return _again, (cls, {name: value for name, value in named if value not in (None, ())})


def _names(cls: type[object]) -> tuple[str, ...]:
    attrs_cls: Any = cls
    return tuple([field.name for field in fields(attrs_cls)])


def _again(cls: type[object], given: dict[str, object]) -> object:
    return cls(**{name: given[name] for name in _names(cls) if name in given})


class Later(tuple[Callable[[Any, Any], object], object, object]):
    """Stands for what a field refers to until somebody looks at it; called, it gives the value.

    A record refers to records that refer to others: most answers need none of some hundred. It
    holds what reads the value, what it is read from, and the shelf of records.
    """

    __slots__ = ()

    def __call__(self) -> object:
        """Return the value."""
        read, value, shelf = self
        return read(value, shelf)


class _WhenLookedAt:
    """A field that may hold what stands for its value."""

    __slots__ = ("slot",)

    def __init__(self, slot: MemberDescriptorType) -> None:
        self.slot = slot

    def __get__(self, record: object, owner: type) -> object:
        if record is None:
            return self
        value = self.slot.__get__(record, owner)
        if isinstance(value, Later):
            value = value()
            self.slot.__set__(record, value)
        return value

    def __set__(self, record: object, value: object) -> None:
        self.slot.__set__(record, value)


def deferring(*names: str) -> Callable[[type[C]], type[C]]:
    """Return what lets the fields so named of a class hold a `Later`, which nobody ever sees.

    It stands above the decorator of attrs, which would take what it puts there for defaults.
    """

    def defer(cls: type[C]) -> type[C]:
        for name in names:
            type.__setattr__(cls, name, _WhenLookedAt(cls.__dict__[name]))
        return cls

    return defer


def defers(cls: type, name: str) -> bool:
    """Return whether a field of a class may hold a `Later`."""
    return isinstance(getattr(cls, name, None), _WhenLookedAt)


@frozen(kw_only=True, eq=False, repr=False)
class Record(Portable, Displayed):
    """Anything with an id of its own.

    Two records are equal when they are of one type and have one id, whatever dataset they came
    from; the hash agrees. ``repr`` is one short line.
    """

    id: str
    """Short, stable, unique over all record types, never reused: ``kfor``, ``IRQ``."""

    editorial: ClassVar[frozenset[str]] = frozenset({"id"})
    """Fields that are the editors' own and so need no citation."""

    def __eq__(self, other: object) -> bool:
        """Return whether both are of one type and have one id."""
        if not isinstance(other, Record):
            return NotImplemented
        return type(self) is type(other) and self.id == other.id

    def __hash__(self) -> int:
        """Return a hash that agrees with equality."""
        return hash(self.id)

    def __repr__(self) -> str:
        """Return the type and the id, such as ``<Operation kfor>``."""
        return f"<{type(self).__name__} {self.id}>"

    def __copy__(self) -> "Record":
        """Return the record itself: it cannot change."""
        return self

    def __deepcopy__(self, memo: object) -> "Record":
        """Return the record itself: it cannot change."""
        return self


@frozen(kw_only=True, eq=False, repr=False)
class Source(Record):
    """A document, page or data file in which facts were read, or that such a one names."""

    source_class: SourceClass
    """Who speaks in it."""
    title: str
    """Its title as it stands; a description in square brackets where it has none."""
    publisher: str | None = None
    """Who publishes it."""
    authors: tuple[str, ...] = ()
    """Who wrote it, as named in it."""
    date: When | None = None
    """When it was published, by its own word."""
    updated: PartialDate | None = None
    """When it was last updated, by its own word."""
    retrieved: PartialDate | None = None
    """When it was read for these data."""
    address: str | None = None
    """Its address on the web."""
    archived_address: str | None = None
    """The address of an archived copy."""
    mirror_of: str | None = None
    """Whose text it copies, where it is a mirror: an address or a name."""
    derives_from: "Source | None" = None
    """The source that it repeats; two such are not independent of each other."""
    language: str | None = None
    """Its language, as an ISO 639-1 code; absent means English."""
    extent: Extent
    """How much of it was read."""
    named_by: "Source | None" = None
    """The source that names it, where it was not read itself."""
    named_at: str | None = None
    """Where in that source it is named."""
    note: str | None = None
    """What a user should know about it."""

    editorial: ClassVar[frozenset[str]] = frozenset({"*"})


@deferring("source")
@frozen(kw_only=True, eq=False, repr=False)
class Citation(Portable):
    """Where in a source a fact stands, and which fields it backs."""

    source: Source
    """The source."""
    at: str | None = None
    """The place in it: section, paragraph, article, page, note."""
    backs: tuple[str, ...] = ()
    """Names of the fields that it supports; in a milestone, figure or other piece, empty means
    the whole piece."""


@frozen(kw_only=True, eq=False, repr=False)
class Claim(Portable):
    """A rival value for a field: what another source says."""

    field: str
    """The field of the record that it is about."""
    value: str
    """The value, written as the YAML would write it; an id where the field refers to a record."""
    rank: Rank = Rank.NORMAL
    """Its standing; the value in the field itself is the preferred one."""
    citations: tuple[Citation, ...] = ()
    """Who says so."""
    note: str | None = None
    """Why it is not the one taken."""
