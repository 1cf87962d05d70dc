"""The records of one dataset and their indexes, nothing else."""

import atexit
import os
from collections.abc import Callable, Iterable
from threading import RLock
from typing import Any, TypeVar, TypeVarTuple, cast
from weakref import WeakSet

from natodata.dates import When
from natodata.loading.catalogue import (
    CLASS_OF,
    Catalogue,
    DatasetNotes,
    Trees,
    collection_of,
)
from natodata.loading.collector import collector_waiting
from natodata.loading.packing import Pack, Packed
from natodata.loading.trusting import Instant, made, under_its_name
from natodata.records import Record
from natodata.records.evidence import Later

__all__ = ["Store"]

R = TypeVar("R", bound=Record)
V = TypeVar("V")
Of = TypeVarTuple("Of")


_alive: "WeakSet[Store]" = WeakSet()


def _unlock() -> None:
    """Give every store a new lock: who held the old one may not be there in a forked process."""
    for store in tuple(_alive):
        store._lock = RLock()  # noqa: SLF001 (our own)


if hasattr(os, "register_at_fork"):  # pragma: no branch (Windows cannot fork)
    os.register_at_fork(after_in_child=_unlock)


def _let_go() -> None:
    """Drop what can be made again: a process that ends looks through all that it holds, often."""
    for store in tuple(_alive):
        store._let_go()  # noqa: SLF001 (our own)


atexit.register(_let_go)


class Store:
    """Records by id, made from their trees when first touched, each once.

    A store never changes for its users: what it adds to itself are records that its trees already
    say, and answers worth keeping.
    """

    __slots__ = (
        "__weakref__",
        "_kept",
        "_lock",
        "_made",
        "_pack",
        "_trees",
        "instant",
        "notes",
        "root",
        "views",
    )

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        instant: Instant | None = None,
        base: "Store | None" = None,
    ) -> None:
        self._trees: Trees = catalogue.trees
        self._made: dict[str, Record] = dict(catalogue.records)
        self._pack: Pack | None = next(
            (trees.pack for trees in catalogue.trees.values() if isinstance(trees, Packed)), None
        )
        self._kept: dict[object, Any] = {}
        self._lock = RLock()
        _alive.add(self)
        self.notes: DatasetNotes = catalogue.notes
        self.instant: Instant | None = instant
        self.root: Store = self if base is None else base.root
        """The store of all times that this one is a view of; itself where it is no view."""
        self.views: tuple[Instant, ...] = (
            () if base is None or instant is None else (*base.views, instant)
        )
        """The times that were looked at, one within the other; empty where it is no view."""

    def record(self, identifier: str, collection: str | None = None) -> Record:
        """Return the record with that id.

        Args:
            identifier: Its id.
            collection: The collection that holds it, where that is known.

        Raises:
            KeyError: There is none.
        """
        made = self._made.get(identifier)
        return self._make(identifier, collection) if made is None else made

    def _make(self, identifier: str, known: str | None) -> Record:
        collection = self._collections()[identifier] if known is None else known
        trees = self._trees[collection]
        with self._lock:
            record = self._made.get(identifier)
            if record is None:
                tree = (
                    trees.numbered(identifier) if isinstance(trees, Packed) else trees[identifier]
                )
                record = made(CLASS_OF[collection], tree, self)
                if self.instant is not None:
                    record = under_its_name(record, self.root.record(identifier))
                self._made[identifier] = record
        return record

    def refer(self, reference: str | int, accepted: tuple[str, ...]) -> Record:  # noqa: ARG002
        """Return the record referred to: what is in a store was checked when it was loaded."""
        return self.record(reference if isinstance(reference, str) else self._name(reference))

    def later(self, read: Callable[[Any, Any], object], value: object) -> object:
        """Return what stands for the value of a field until it is looked at."""
        return Later((read, value, self))

    def _name(self, number: int) -> str:
        assert self._pack is not None  # noqa: S101 (only a snapshot refers by number)
        return self._pack.names[number]

    def pairs(self, row: list[Any]) -> Iterable[tuple[str, Any]]:
        """Return the names and values of a mapping as a snapshot has it."""
        assert self._pack is not None  # noqa: S101 (only a snapshot writes mappings so)
        return self._pack.pairs(row)

    def collection_of(self, identifier: str) -> str | None:
        """Return the name of the collection that holds an id, or `None`."""
        return self._collections().get(identifier)

    def _collections(self) -> dict[str, str]:
        """Return the collection of every id; many a process never asks."""
        return self.root.keep(Store._collection_of_each)

    def _collection_of_each(self) -> dict[str, str]:
        return {key: name for name, trees in self._trees.items() for key in trees}

    def holds(self, collection: str, identifier: str) -> bool:
        """Return whether a collection holds an id."""
        return identifier in self._trees[collection]

    def ids(self, collection: str) -> tuple[str, ...]:
        """Return all ids of a collection, sorted."""
        return self.keep(Store._ids, collection)

    def _ids(self, collection: str) -> tuple[str, ...]:
        return tuple(sorted(self._trees[collection]))

    def all_ids(self) -> tuple[str, ...]:
        """Return all ids, sorted."""
        return self.keep(Store._all_ids)

    def _all_ids(self) -> tuple[str, ...]:
        return tuple(sorted(self._collections()))

    def tree(self, identifier: str) -> dict[str, Any]:
        """Return the tree that a record is made from. It must not be changed."""
        return self._trees[self._collections()[identifier]][identifier]

    def records(self, collection: str) -> tuple[Record, ...]:
        """Return all records of a collection, in the order of their ids."""
        return self.keep(Store._records, collection)

    def _records(self, collection: str) -> tuple[Record, ...]:
        return tuple([self.record(each, collection) for each in self.ids(collection)])

    def of_type(self, cls: type[R]) -> tuple[R, ...]:
        """Return all records of a class, in the order of their ids."""
        return cast("tuple[R, ...]", self.records(collection_of(cls)))

    def keep(self, build: "Callable[[Store, *Of], V]", *of: *Of) -> V:
        """Return what *build* returned the first time that it was asked of this, and *of* that."""
        key = (build, *of)
        try:
            return cast("V", self._kept[key])
        except KeyError:
            with self._lock:
                if key not in self._kept:
                    with collector_waiting():
                        self._kept[key] = build(self, *of)
                return cast("V", self._kept[key])

    def at(self, when: When, *, certain: bool) -> "Store":
        """Return a view: a store of the same records as they were in a stretch of time.

        A view of a view shows records as they were in the later one asked for.
        """
        catalogue = Catalogue(self._trees, {}, self.notes)
        return Store(catalogue, instant=Instant(when, certain), base=self)

    def _let_go(self) -> None:
        self._made.clear()
        self._kept.clear()

    def catalogue(self) -> Catalogue:
        """Return the trees and notes, to build another store upon."""
        return Catalogue(self._trees, {}, self.notes)
