"""Collections: the records of one type, narrowed as far as one likes."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Generic, TypeVar, cast, overload

from natodata.dates import Certainty, Limit, PartialDate, Period, WhenLike
from natodata.errors import Ambiguous, BadArgument, NotFound
from natodata.loading.catalogue import CLASS_OF
from natodata.queries import moments
from natodata.queries.filtering import Value, field_of, test_for, values_of
from natodata.queries.naming import missing, near_ids
from natodata.records import Record
from natodata.store import Store

__all__ = ["Collection"]

R = TypeVar("R", bound=Record)
D = TypeVar("D")

_SHOWN = 5


class Collection(Generic[R]):
    """Records of one type, in the order of their ids unless sorted otherwise.

    A collection never changes; each narrowing gives a new one. Like the dataset it comes from, it
    is made by the library, not by its users.

    Examples:
        >>> import natodata
        >>> natodata.operations["nmi"].name
        'NATO Mission Iraq'
        >>> "nmi" in natodata.operations
        True
    """

    __slots__ = ("_answers", "_ids", "_name", "_store")

    _store: Store
    _name: str
    _ids: tuple[str, ...] | None
    _answers: Mapping[str, Certainty]

    def __init__(
        self,
        store: Store,
        name: str,
        ids: tuple[str, ...] | None = None,
        answers: Mapping[str, Certainty] | None = None,
    ) -> None:
        put = object.__setattr__
        put(self, "_store", store)
        put(self, "_name", name)
        put(self, "_ids", ids)
        put(self, "_answers", MappingProxyType(dict(answers or {})))

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a collection cannot change."""
        raise AttributeError(f"a collection cannot change, so {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        """Refuse: a collection cannot change."""
        raise AttributeError(f"a collection cannot change, so {name!r} cannot be deleted")

    # --- single records ------------------------------------------------------------------------

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its records, in its order."""
        return self._store.ids(self._name) if self._ids is None else self._ids

    def __getitem__(self, key: str | R) -> R:
        """Return the record with an id.

        Raises:
            NotFound: It is not here; near ids are suggested. It is a `KeyError`.
            BadArgument: *key* is neither an id nor a record.
        """
        identifier = self._identifier(key)
        if not self._holds(identifier):
            raise self._missing(identifier)
        return cast("R", self._store.record(identifier))

    @overload
    def get(self, key: str | R) -> R | None: ...
    @overload
    def get(self, key: str | R, default: D) -> R | D: ...
    def get(self, key: str | R, default: D | None = None) -> R | D | None:
        """Return the record with an id, or *default* where it is not here."""
        identifier = self._identifier(key)
        if not self._holds(identifier):
            return default
        return cast("R", self._store.record(identifier))

    def __contains__(self, key: object) -> bool:
        """Return whether a record, or the record with an id, is here."""
        if isinstance(key, Record):
            return isinstance(key, CLASS_OF[self._name]) and self._holds(key.id)
        return isinstance(key, str) and self._holds(key)

    def _identifier(self, key: object) -> str:
        if isinstance(key, Record):
            return key.id
        if isinstance(key, str):
            return key
        hint = (
            "; to take records by position, use list(collection)" if key.__class__ is int else ""
        )
        raise BadArgument(f"expected an id or a record, got {key!r}{hint}")

    def _holds(self, identifier: str) -> bool:
        if self._ids is None:
            return self._store.collection_of(identifier) == self._name
        return identifier in self._ids

    def _missing(self, identifier: str) -> NotFound:
        name = self._name
        elsewhere = self._store.collection_of(identifier)
        if elsewhere == name:
            return missing(f"{identifier!r} is not in this selection of {name}", ())
        if elsewhere is not None:
            return missing(f"{identifier!r} is not in {name}: it is in {elsewhere}", ())
        near = near_ids(self._store, identifier, name)
        return missing(f"no record of {name} has the id {identifier!r}", near)

    # --- all records ---------------------------------------------------------------------------

    def __iter__(self) -> Iterator[R]:
        """Yield its records, in its order."""
        record = self._store.record
        for identifier in self.ids:
            yield cast("R", record(identifier))

    def __len__(self) -> int:
        """Return how many records it has."""
        return len(self.ids)

    def __bool__(self) -> bool:
        """Return whether it has any record."""
        return bool(self.ids)

    def __eq__(self, other: object) -> bool:
        """Return whether both have equal records in the same order."""
        if not isinstance(other, Collection):
            return NotImplemented
        return self._name == other._name and self.ids == other.ids

    def __hash__(self) -> int:
        """Return a hash that agrees with equality."""
        return hash((self._name, self.ids))

    def __repr__(self) -> str:
        """Return its size and first ids, such as ``<2 operations: kfor, nmi>``."""
        ids = self.ids
        shown = ", ".join(ids[:_SHOWN]) + (", …" if len(ids) > _SHOWN else "")
        return f"<{len(ids)} {self._name}{': ' if ids else ''}{shown}>"

    # --- narrowing -----------------------------------------------------------------------------

    def where(self, **conditions: Value) -> "Collection[R]":
        """Return the records that meet all conditions.

        Args:
            **conditions: A field and the value that it must have: a text, number, truth value,
                code, record or id of one, `None` for "nothing known", or a list of these of
                which one must fit. A field that holds several values fits if one of them does,
                and can be named in the singular (``host="IRQ"``). ``topic=`` takes in the
                narrower topics.

        Raises:
            BadArgument: There is no such field, or its values cannot be so.
            NotFound: A record is meant that is not in the data.
        """
        cls = CLASS_OF[self._name]
        tests = [test_for(self._store, cls, name, value) for name, value in conditions.items()]
        return self.filter(lambda record: all(test(record) for test in tests))

    def filter(self, test: Callable[[R], object]) -> "Collection[R]":
        """Return the records for which *test* is true."""
        return self._narrowed(tuple(record.id for record in self if test(record)))

    def on(self, when: WhenLike, *, certain: bool = False) -> "Collection[R]":
        """Return what was there at some time in *when*.

        Args:
            when: A day, month, year or period: a `datetime.date`, a text such as ``"2013"`` or
                ``"2013-06/2014"``, a `PartialDate` or a `Period`.
            certain: Whether to leave out records whose dates do not decide it. Otherwise they are
                kept, and `certainty` tells which they are.

        Raises:
            BadDate: *when* is a text that is no date.
        """
        found = moments.answers(self._store, self._name, self.ids, when, certain=certain)
        before = self._answers
        merged = {key: answer & before.get(key, Certainty.YES) for key, answer in found.items()}
        return Collection(self._store, self._name, tuple(found), merged)

    def since(self, when: WhenLike, *, certain: bool = False) -> "Collection[R]":
        """Return what was there at some time from the first day of *when* on."""
        return self.on(moments.since(when), certain=certain)

    def until(self, when: WhenLike, *, certain: bool = False) -> "Collection[R]":
        """Return what was there at some time up to the last day of *when*."""
        return self.on(moments.until(when), certain=certain)

    def certainty(self, key: str | R) -> Certainty:
        """Return how surely a record belongs here: `Certainty.MAYBE` if dates leave it open."""
        identifier = self._identifier(key)
        if not self._holds(identifier):
            return Certainty.NO
        return self._answers.get(identifier, Certainty.YES)

    def _narrowed(self, ids: tuple[str, ...]) -> "Collection[R]":
        kept = {key: self._answers[key] for key in ids if key in self._answers}
        return Collection(self._store, self._name, ids, kept)

    # --- arranging -----------------------------------------------------------------------------

    def sorted(self, by: str = "start", *, reverse: bool = False) -> "Collection[R]":
        """Return the same records in the order of a field; those without a value come last.

        Raises:
            BadArgument: There is no such field.
        """
        attribute = field_of(CLASS_OF[self._name], by)
        known: list[tuple[object, str]] = []
        unknown: list[str] = []
        for record in self:
            value = next(iter(values_of(record, attribute)), None)
            if value is None:
                unknown.append(record.id)
            else:
                known.append((_sort_key(value), record.id))
        known.sort(reverse=reverse)
        return self._narrowed((*(identifier for _, identifier in known), *unknown))

    def group_by(self, field: str) -> "dict[object, Collection[R]]":
        """Return the records grouped by the value of a field.

        A record with several values is in the group of each; one without is under `None`, which
        comes last.

        Raises:
            BadArgument: There is no such field.
        """
        attribute = field_of(CLASS_OF[self._name], field)
        groups: dict[object, list[str]] = {}
        nothing: list[str] = []
        for record in self:
            values = values_of(record, attribute)
            for value in dict.fromkeys(values):
                groups.setdefault(value, []).append(record.id)
            if not values:
                nothing.append(record.id)
        keyed = sorted(groups.items(), key=lambda item: _sort_key(item[0]))
        found: dict[object, Collection[R]] = {
            key: self._narrowed(tuple(ids)) for key, ids in keyed
        }
        if nothing:
            found[None] = self._narrowed(tuple(nothing))
        return found

    def count(self, field: str) -> dict[object, int]:
        """Return how many records there are for each value of a field; see `group_by`."""
        return {key: len(records) for key, records in self.group_by(field).items()}

    def one(self) -> R:
        """Return the only record.

        Raises:
            NotFound: There is none.
            Ambiguous: There are several.
        """
        ids = self.ids
        if not ids:
            raise missing(f"expected one of {self._name}, got none", ())
        if len(ids) > 1:
            raise Ambiguous(f"expected one of {self._name}, got {self!r}", ids)
        return cast("R", self._store.record(ids[0]))

    def first(self) -> R | None:
        """Return the first record in its order, or `None` where there is none."""
        return next(iter(self), None)


def _sort_key(value: object) -> tuple[str, object]:
    """Return a key that orders values of one type, and types among themselves."""
    if isinstance(value, PartialDate | Period):
        return "", value.sort_key
    if isinstance(value, Limit):
        return "", value.value
    if isinstance(value, Record):
        date = getattr(value, "date", None)
        return "record", (date.sort_key if date is not None else (0, 0, ""), value.id)
    if isinstance(value, bool | int | float):
        return "number", value
    return "text", str(value)
