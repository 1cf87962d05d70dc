"""Collections: the records of one type, narrowed as far as one likes."""

from __future__ import annotations

from functools import reduce
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast, overload

from natodata.dates import Certainty, PartialDate, Period, When, WhenLike, when_of
from natodata.errors import Ambiguous, BadArgument, NotFound
from natodata.loading.catalogue import CLASS_OF
from natodata.loading.collector import collector_waiting
from natodata.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from natodata.queries.filtering import Value
    from natodata.store import Store
    from natodata.tabular import Table

__all__ = ["Collection"]

R = TypeVar("R", bound=Record)
D = TypeVar("D")

_SHOWN = 5
_SURE: Mapping[str, Certainty] = MappingProxyType({})


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
    """Of the records that dates leave open, how surely each belongs here."""

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
        doubtful = answers or _SURE
        if Certainty.YES in doubtful.values():
            doubtful = {key: answer for key, answer in doubtful.items() if not answer.certain}
        put(self, "_answers", MappingProxyType(doubtful))

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a collection cannot change."""
        raise AttributeError(f"a collection cannot change, so {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        """Refuse: a collection cannot change."""
        raise AttributeError(f"a collection cannot change, so {name!r} cannot be deleted")

    def __copy__(self) -> Collection[R]:
        """Return the collection itself: it cannot change."""
        return self

    def __deepcopy__(self, memo: object) -> Collection[R]:
        """Return the collection itself: it cannot change."""
        return self

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
        return cast("R", self._store.record(identifier, self._name))

    @overload
    def get(self, key: str | R) -> R | None: ...
    @overload
    def get(self, key: str | R, default: D) -> R | D: ...
    def get(self, key: str | R, default: D | None = None) -> R | D | None:
        """Return the record with an id, or *default* where it is not here."""
        identifier = self._identifier(key)
        if not self._holds(identifier):
            return default
        return cast("R", self._store.record(identifier, self._name))

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
        by_position = "; to take records by position, use list(collection)"
        hint = by_position if isinstance(key, int | slice) else ""
        raise BadArgument(f"expected an id or a record, got {key!r}{hint}")

    def _holds(self, identifier: str) -> bool:
        if self._ids is None:
            return self._store.holds(self._name, identifier)
        return identifier in self._ids

    def _missing(self, identifier: str) -> NotFound:
        from natodata.queries.naming import missing, near_ids

        name = self._name
        elsewhere = self._store.collection_of(identifier)
        if elsewhere == name:
            return missing(f"{identifier!r} is not in this selection of {name}", ())
        if elsewhere is not None:
            return missing(f"{identifier!r} is not in {name}: it is in {elsewhere}", ())
        near = near_ids(self._store, identifier, (CLASS_OF[name],))
        return missing(f"no record of {name} has the id {identifier!r}", near)

    # --- all records ---------------------------------------------------------------------------

    def __iter__(self) -> Iterator[R]:
        """Yield its records, in its order."""
        ids, name, record = self.ids, self._name, self._store.record
        start, size = 0, 1
        while start < len(ids):
            # Each time twice as many: whoever wants the first one need not wait for all.
            with collector_waiting():
                several = [record(identifier, name) for identifier in ids[start : start + size]]
            yield from cast("list[R]", several)
            start, size = start + size, 2 * size

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

    def where(self, *, certain: bool = False, **conditions: Value) -> Collection[R]:
        """Return the records that meet all conditions.

        A value asked for is a text, number, truth value, code, record or the id of one, a date,
        `None` for "nothing known", or several of these of which one must fit. A field that holds
        several values fits if one of them does, and can be named in the singular
        (``host="IRQ"``); ``country=`` works for most records, for operations as ``host=``. A
        topic takes in the narrower ones. A date asked for is a stretch of time in which the
        field's date must lie (``start="2003"``); a milestone is asked for by its kind, a figure by
        its measure, a legal basis by its kind.

        Args:
            certain: Whether to leave out records whose dates do not decide it; see `on`.
            **conditions: Fields, and the values that they must have.

        Raises:
            BadArgument: There is no such field, or its values cannot be so.
            BadDate: A text asked of a field that holds dates is no date.
            NotFound: A record is meant that is not in the data.

        Examples:
            >>> import natodata
            >>> natodata.operations.where(host="IRQ", command="jfc-naples")
            <1 operations: nmi>
        """
        from natodata.queries.filtering import condition, looked_up
        from natodata.queries.moments import admits

        cls = CLASS_OF[self._name]
        asked = [condition(self._store, cls, name, value) for name, value in conditions.items()]
        among, tests = self, [each.test for each in asked]
        if self._ids is None and any(each.keys is not None for each in asked):
            # An index is worth its making where all records are asked, again and again.
            among = self._narrowed(looked_up(self._store, self._name, asked))
            tests = [each.test for each in asked if each.keys is None]
        if not tests:
            return among
        found: dict[str, Certainty] = {}
        for record in among:
            answer = reduce(Certainty.__and__, (test(record) for test in tests))
            if admits(answer, certain=certain):
                found[record.id] = answer
        doubtful = {key: answer for key, answer in found.items() if answer is not Certainty.YES}
        return self._narrowed(tuple(found), doubtful)

    def filter(self, test: Callable[[R], object]) -> Collection[R]:
        """Return the records for which *test* is true."""
        return self._narrowed(tuple(record.id for record in self if test(record)))

    def on(self, when: WhenLike, *, certain: bool = False) -> Collection[R]:
        """Return what was there at some time in *when*.

        Args:
            when: A day, month, year or period: a `datetime.date`, a text such as ``"2013"`` or
                ``"2013-06/2014"``, a `PartialDate` or a `Period`.
            certain: Whether to leave out records whose dates do not decide it. Otherwise they are
                kept, and `certainty` tells which they are.

        Raises:
            BadDate: *when* is a text that is no date.
        """
        from natodata.queries import moments

        date = when_of(when)
        moments.warn_if_stale(self._store, date)
        met = moments.there(self._store, self._name, self._ids, date, certain=certain)
        return self._narrowed(met.ids, met.doubtful)

    def since(self, when: WhenLike, *, certain: bool = False) -> Collection[R]:
        """Return what was there at some time from the first day of *when* on."""
        from natodata.queries.moments import since

        return self.on(since(when), certain=certain)

    def until(self, when: WhenLike, *, certain: bool = False) -> Collection[R]:
        """Return what was there at some time up to the last day of *when*."""
        from natodata.queries.moments import until

        return self.on(until(when), certain=certain)

    def certainty(self, key: str | R) -> Certainty:
        """Return how surely a record belongs here: `Certainty.MAYBE` if dates leave it open."""
        identifier = self._identifier(key)
        if not self._holds(identifier):
            return Certainty.NO
        return self._answers.get(identifier, Certainty.YES)

    def _narrowed(
        self, ids: tuple[str, ...], doubtful: Mapping[str, Certainty] = _SURE
    ) -> Collection[R]:
        """Return some of its records, each as surely as it was here, or less so."""
        if before := self._answers:
            doubtful = {**doubtful, **{key: before[key] for key in ids if key in before}}
        return Collection(self._store, self._name, ids, doubtful)

    # --- arranging -----------------------------------------------------------------------------

    def sorted(
        self, by: str | Callable[[R], object] | None = None, *, reverse: bool = False
    ) -> Collection[R]:
        """Return the same records in another order; those without a value come last.

        Args:
            by: A field, or a function that gives the value of a record. By default that is time:
                the start, or the date of what has no start, or the id of what has neither.
            reverse: Whether the greatest value comes first.

        Raises:
            BadArgument: There is no such field.
        """
        values = self._reader(by if by is not None else self._time_field())
        known: list[tuple[tuple[str, Any], str]] = []
        unknown: list[str] = []
        for record in self:
            value = next(iter(values(record)), None)
            if value is None:
                unknown.append(record.id)
            else:
                known.append((_sort_key(value), record.id))
        known.sort(key=lambda pair: pair[0], reverse=reverse)
        return self._narrowed((*(identifier for _, identifier in known), *unknown))

    def group_by(self, field: str | Callable[[R], object]) -> dict[object, Collection[R]]:
        """Return the records grouped by the value of a field, in the order of the values.

        A record with several values is in the group of each; one without is under `None`, which
        comes last. Milestones are grouped by their kinds, figures by their measures.

        Args:
            field: A field, or a function that gives the value of a record.

        Raises:
            BadArgument: There is no such field.

        Examples:
            >>> import natodata
            >>> groups = natodata.operations.where(id=["kfor", "isaf"]).group_by("host")
            >>> [country.id for country in groups]
            ['AFG', 'kosovo']
        """
        values = self._reader(field)
        groups: dict[object, list[str]] = {}
        nothing: list[str] = []
        for record in self:
            found = dict.fromkeys(values(record))
            for value in found:
                groups.setdefault(value, []).append(record.id)
            if not found:
                nothing.append(record.id)
        keyed = sorted(groups.items(), key=lambda item: _sort_key(item[0]))
        grouped: dict[object, Collection[R]] = {
            key: self._narrowed(tuple(ids)) for key, ids in keyed
        }
        if nothing:
            grouped[None] = self._narrowed(tuple(nothing))
        return grouped

    def count(self, field: str | Callable[[R], object]) -> dict[object, int]:
        """Return how many records there are for each value of a field; see `group_by`."""
        return {key: len(records) for key, records in self.group_by(field).items()}

    def _reader(self, field: str | Callable[[R], object]) -> Callable[[R], tuple[object, ...]]:
        """Return what gives the values of a record, none of them `None`."""
        from natodata.queries.filtering import field_of, keys_of

        if isinstance(field, str):
            attribute = field_of(CLASS_OF[self._name], field)
            return lambda record: keys_of(record, attribute)
        if not callable(field):
            raise BadArgument(f"expected the name of a field or a function, got {field!r}")
        return lambda record: tuple(each for each in (field(record),) if each is not None)

    def _time_field(self) -> str:
        from natodata.queries.filtering import readable

        names = readable(CLASS_OF[self._name])
        return next(name for name in ("start", "date", "id") if name in names)

    def one(self) -> R:
        """Return the only record.

        Raises:
            NotFound: There is none.
            Ambiguous: There are several.
        """
        ids = self.ids
        if not ids:
            from natodata.queries.naming import missing

            raise missing(f"expected one of {self._name}, got none", ())
        only, *others = ids
        if others:
            raise Ambiguous(f"expected one of {self._name}, got {self!r}", ids)
        return cast("R", self._store.record(only, self._name))

    def first(self) -> R | None:
        """Return the first record in its order, or `None` where there is none."""
        return next(iter(self), None)

    # --- in notebooks --------------------------------------------------------------------------

    def _repr_html_(self) -> str:
        """Return its first records as HTML, for notebooks."""
        from natodata.export.html import records_html

        return records_html(self._name, self, len(self), self._answers)

    def _ipython_key_completions_(self) -> list[str]:
        """Return the ids, which IPython completes between the brackets of ``collection["``."""
        return list(self.ids)

    # --- to other libraries --------------------------------------------------------------------

    def table(self) -> Table:
        """Return its records as a table: a row each, with what a record holds singly.

        References are ids; lists and dated pieces stand in tables of their own, see
        `Dataset.tables`.
        """
        from natodata.queries.tables import whole

        return whole(self._store, self._name, self.ids)

    def to_pandas(self) -> pd.DataFrame:
        """Return its records as a pandas data frame; see `table` and `Table.to_pandas`.

        Raises:
            MissingExtra: pandas is not installed; the message says how to.
        """
        return self.table().to_pandas()

    def to_polars(self) -> pl.DataFrame:
        """Return its records as a Polars data frame; see `table` and `Table.to_polars`.

        Raises:
            MissingExtra: Polars is not installed; the message says how to.
        """
        return self.table().to_polars()

    def to_arrow(self) -> pa.Table:
        """Return its records as an Arrow table; see `table` and `Table.to_arrow`.

        Raises:
            MissingExtra: PyArrow is not installed; the message says how to.
        """
        return self.table().to_arrow()


def _sort_key(value: object) -> tuple[str, Any]:
    """Return a key that orders values of one type, and types among themselves."""
    from natodata.queries.moments import order_of

    if isinstance(value, PartialDate | Period):
        return "date", order_of(value)
    if isinstance(value, Record):
        date: When | None = getattr(value, "date", None)
        time = (0, 0, "") if date is None else order_of(date)
        return "record", (time, value.id)
    if isinstance(value, bool | int | float):
        return "number", value
    return "text", str(value)
