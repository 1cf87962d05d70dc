"""The records of a dataset, one collection for each type: what `Dataset` builds upon."""

from __future__ import annotations

from typing import Generic, TypeVar, cast, overload

from natodata.collection import Collection
from natodata.records import REGISTRY, Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Self

    from natodata.dates import PartialDate
    from natodata.records import (
        Assessment,
        Contribution,
        Country,
        Decision,
        Document,
        Event,
        Meeting,
        Membership,
        Operation,
        Organisation,
        Person,
        Place,
        Post,
        Programme,
        Source,
        StrengthReport,
        Tenure,
        Topic,
    )
    from natodata.store import Store

__all__ = ["Holdings"]

D = TypeVar("D")
R = TypeVar("R", bound=Record)


class collected(Generic[R]):  # noqa: N801 (a decorator, as property is)
    """Makes a method an attribute, as `property` does.

    IPython evaluates what stands before a bracket in order to complete what stands behind it, but
    it never evaluates a `property`, because that might do anything. Taking a collection out of a
    dataset does nothing, so ids are completed in ``nato.operations["``.
    """

    def __init__(self, method: Callable[[Holdings], Collection[R]]) -> None:
        self.__doc__ = method.__doc__
        self._method = method

    @overload
    def __get__(self, holdings: None, owner: type) -> collected[R]: ...
    @overload
    def __get__(self, holdings: Holdings, owner: type) -> Collection[R]: ...
    def __get__(self, holdings: Holdings | None, owner: type) -> collected[R] | Collection[R]:
        """Return the collection; asked of the class itself, return this."""
        return self if holdings is None else self._method(holdings)


class Holdings:
    """All records of one body of data; it never changes."""

    __slots__ = ("_store",)

    _store: Store

    def __init__(self, store: Store) -> None:
        object.__setattr__(self, "_store", store)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a dataset cannot change."""
        raise AttributeError(f"a dataset cannot change, so {name!r} cannot be set; see extend")

    def __delattr__(self, name: str) -> None:
        """Refuse: a dataset cannot change."""
        raise AttributeError(f"a dataset cannot change, so {name!r} cannot be deleted")

    def __repr__(self) -> str:
        """Return title, version and size."""
        notes = self._store.notes
        as_of = "".join(f" on {view.when}" for view in self._store.views)
        version = f" {notes.version}" if notes.version else ""
        return f"<Dataset {notes.title or 'untitled'!r}{version}{as_of}: {len(self)} records>"

    def __copy__(self) -> Self:
        """Return the dataset itself: it cannot change."""
        return self

    def __deepcopy__(self, memo: object) -> Self:
        """Return the dataset itself: it cannot change."""
        return self

    # --- what it says of itself ----------------------------------------------------------------

    @property
    def title(self) -> str | None:
        """Its title, or `None`."""
        return self._store.notes.title

    @property
    def version(self) -> str | None:
        """The version of the data (a calendar version), or `None`."""
        return self._store.notes.version

    @property
    def current_to(self) -> PartialDate | None:
        """The day up to which the data is kept, or `None` where it does not say."""
        return self._store.notes.current_to

    # --- in notebooks --------------------------------------------------------------------------

    def _repr_html_(self) -> str:
        """Return its collections and their sizes as HTML, for notebooks."""
        from natodata.export.html import counts_html

        counts = [(row.collection, len(self._collection(row.collection))) for row in REGISTRY]
        return counts_html(repr(self).strip("<>"), counts)

    def _ipython_key_completions_(self) -> list[str]:
        """Return the ids, which IPython completes between the brackets of ``nato["``."""
        from natodata.queries.moments import is_seen

        store = self._store
        return [each for each in store.all_ids() if is_seen(store, each)]

    # --- records -------------------------------------------------------------------------------

    def __getitem__(self, key: str | Record) -> Record:
        """Return the record with an id, of whatever type.

        Raises:
            NotFound: There is none; near ids are suggested. It is a `KeyError`.
        """
        store = self._store
        if store.views:
            return self._seen(key)
        try:
            return store.record(key)  # type: ignore[arg-type]
        except (KeyError, TypeError):
            from natodata.queries.naming import identify

            return identify(store, key)

    def _seen(self, key: str | Record) -> Record:
        from natodata.queries.naming import identify, missing

        record = identify(self._store, key)
        if record not in self:
            times = " and ".join(str(view.when) for view in self._store.views)
            raise missing(f"{record.id!r} was not there on {times}", ())
        return record

    @overload
    def get(self, key: str | Record) -> Record | None: ...
    @overload
    def get(self, key: str | Record, default: D) -> Record | D: ...
    def get(self, key: str | Record, default: D | None = None) -> Record | D | None:
        """Return the record with an id, or *default* where it is not here."""
        # On top of `[]`, which looks at what the key is.
        return self[key] if key in self else default  # noqa: SIM401

    def __contains__(self, key: object) -> bool:
        """Return whether a record, or the record with an id, is here."""
        store = self._store
        identifier = key.id if isinstance(key, Record) else key
        if not isinstance(identifier, str) or store.collection_of(identifier) is None:
            return False
        if identifier is not key and store.record(identifier) != key:
            return False
        if not store.views:
            return True
        from natodata.queries.moments import is_seen

        return is_seen(store, identifier)

    def __iter__(self) -> Iterator[Record]:
        """Yield all records, in the order of their ids."""
        from natodata.queries.moments import is_seen

        store = self._store
        return (store.record(each) for each in store.all_ids() if is_seen(store, each))

    def __len__(self) -> int:
        """Return how many records there are, of all types."""
        from natodata.queries.moments import is_seen

        store = self._store
        return sum(is_seen(store, each) for each in store.all_ids())

    def _collection(self, name: str) -> Collection[Record]:
        store = self._store
        if not store.views:
            return Collection(store, name)
        from natodata.queries.moments import seen

        met = seen(store, name)
        return Collection(store, name, met.ids, met.doubtful)

    @collected
    def sources(self) -> Collection[Source]:
        """Where facts were read, or are said to stand."""
        return cast("Collection[Source]", self._collection("sources"))

    @collected
    def topics(self) -> Collection[Topic]:
        """Subjects."""
        return cast("Collection[Topic]", self._collection("topics"))

    @collected
    def countries(self) -> Collection[Country]:
        """States and territories."""
        return cast("Collection[Country]", self._collection("countries"))

    @collected
    def places(self) -> Collection[Place]:
        """Cities, bases, regions, seas."""
        return cast("Collection[Place]", self._collection("places"))

    @collected
    def organisations(self) -> Collection[Organisation]:
        """Bodies of all kinds."""
        return cast("Collection[Organisation]", self._collection("organisations"))

    @collected
    def people(self) -> Collection[Person]:
        """Persons."""
        return cast("Collection[Person]", self._collection("people"))

    @collected
    def posts(self) -> Collection[Post]:
        """Posts that persons hold."""
        return cast("Collection[Post]", self._collection("posts"))

    @collected
    def tenures(self) -> Collection[Tenure]:
        """Who held which post when."""
        return cast("Collection[Tenure]", self._collection("tenures"))

    @collected
    def memberships(self) -> Collection[Membership]:
        """Which country belonged to what when."""
        return cast("Collection[Membership]", self._collection("memberships"))

    @collected
    def meetings(self) -> Collection[Meeting]:
        """Summits, ministerials, visits."""
        return cast("Collection[Meeting]", self._collection("meetings"))

    @collected
    def documents(self) -> Collection[Document]:
        """Treaties, concepts, resolutions, publications."""
        return cast("Collection[Document]", self._collection("documents"))

    @collected
    def programmes(self) -> Collection[Programme]:
        """Plans, packages, initiatives."""
        return cast("Collection[Programme]", self._collection("programmes"))

    @collected
    def operations(self) -> Collection[Operation]:
        """Operations, missions and standing activities."""
        return cast("Collection[Operation]", self._collection("operations"))

    @collected
    def contributions(self) -> Collection[Contribution]:
        """Which country took part in which operation."""
        return cast("Collection[Contribution]", self._collection("contributions"))

    @collected
    def strength_reports(self) -> Collection[StrengthReport]:
        """Published strength sheets."""
        return cast("Collection[StrengthReport]", self._collection("strength_reports"))

    @collected
    def events(self) -> Collection[Event]:
        """Dated happenings."""
        return cast("Collection[Event]", self._collection("events"))

    @collected
    def decisions(self) -> Collection[Decision]:
        """Decisions."""
        return cast("Collection[Decision]", self._collection("decisions"))

    @collected
    def assessments(self) -> Collection[Assessment]:
        """Views of experts."""
        return cast("Collection[Assessment]", self._collection("assessments"))
