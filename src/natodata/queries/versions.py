"""What differs between two bodies of data, fact by fact."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, overload

from natodata.loading.strict_yaml import Tree
from natodata.store import Store

__all__ = ["Change", "Difference", "compare"]


class Change(NamedTuple):
    """One fact that differs."""

    kind: str
    """``added``, ``removed`` or ``changed``."""
    record: str
    """Id of the record."""
    collection: str
    """The collection that holds it."""
    field: str
    """The field; empty where the whole record was added or removed."""
    old: str | None
    """What stood there before, as text; `None` for what was added."""
    new: str | None
    """What stands there now, as text; `None` for what was removed."""

    def __str__(self) -> str:
        """Return the change in one line."""
        sign = {"added": "+", "removed": "-", "changed": "~"}[self.kind]
        place = f"{self.collection} {self.record}" + (f" {self.field}" if self.field else "")
        if self.kind == "changed":
            return f"{sign} {place}: {self.old} → {self.new}"
        return f"{sign} {place}: {self.new if self.old is None else self.old}"


class Difference(Sequence[Change]):
    """All changes, by collection, record and field; ``print`` shows a line for each."""

    __slots__ = ("_changes",)

    def __init__(self, changes: Iterable[Change]) -> None:
        self._changes = tuple(changes)

    @overload
    def __getitem__(self, index: int) -> Change: ...
    @overload
    def __getitem__(self, index: slice) -> "Difference": ...
    def __getitem__(self, index: int | slice) -> "Change | Difference":
        """Return a change by position, or a stretch of them."""
        if isinstance(index, slice):
            return Difference(self._changes[index])
        return self._changes[index]

    def __len__(self) -> int:
        """Return the number of changes."""
        return len(self._changes)

    def __eq__(self, other: object) -> bool:
        """Return whether both have the same changes."""
        if not isinstance(other, Difference):
            return NotImplemented
        return self._changes == other._changes

    def __hash__(self) -> int:
        """Return a hash that agrees with equality."""
        return hash(self._changes)

    def only(self, *ids: str) -> "Difference":
        """Return the changes in the records with these ids."""
        wanted = frozenset(ids)
        return Difference(change for change in self._changes if change.record in wanted)

    @property
    def added(self) -> "Difference":
        """What was added."""
        return Difference(change for change in self._changes if change.kind == "added")

    @property
    def removed(self) -> "Difference":
        """What was removed."""
        return Difference(change for change in self._changes if change.kind == "removed")

    @property
    def changed(self) -> "Difference":
        """What was changed."""
        return Difference(change for change in self._changes if change.kind == "changed")

    def __repr__(self) -> str:
        """Return how many facts were added, removed and changed."""
        counts = len(self.added), len(self.removed), len(self.changed)
        return "<Difference: {} added, {} removed, {} changed>".format(*counts)

    def __str__(self) -> str:
        """Return a line for each change."""
        return "\n".join(map(str, self._changes)) or "no difference"


def compare(old: Store, new: Store) -> Difference:
    """Return what was added, removed and changed on the way from *old* to *new*."""
    ids = sorted({*old.all_ids(), *new.all_ids()})
    changes = [change for identifier in ids for change in _changes(old, new, identifier)]
    return Difference(sorted(changes, key=lambda c: (c.collection, c.record, c.field)))


def _changes(old: Store, new: Store, identifier: str) -> Iterator[Change]:
    was, now = old.collection_of(identifier), new.collection_of(identifier)
    if was is not None and was != now:
        yield Change("removed", identifier, was, "", _name(old, identifier), None)
    if now is not None and was != now:
        yield Change("added", identifier, now, "", None, _name(new, identifier))
    if was is None or was != now:
        return
    before, after = old.tree(identifier), new.tree(identifier)
    for field in sorted({*before, *after}):
        for kind, one, other in _differences(before.get(field), after.get(field)):
            yield Change(kind, identifier, was, field, one, other)


def _name(store: Store, identifier: str) -> str:
    tree = store.tree(identifier)
    return str(tree.get("name") or tree.get("title") or tree.get("summary") or identifier)


def _differences(
    before: Tree | None, after: Tree | None
) -> Iterator[tuple[str, str | None, str | None]]:
    if before == after:
        return
    if isinstance(before, list) and isinstance(after, list):
        yield from _list_differences(list(map(_shown, before)), list(map(_shown, after)))
    elif before is None or after is None:
        whole = after if before is None else before
        for item in whole if isinstance(whole, list) else [whole]:
            if before is None:
                yield "added", None, _shown(item)
            else:
                yield "removed", _shown(item), None
    else:
        yield "changed", _shown(before), _shown(after)


def _list_differences(
    old: list[str], new: list[str]
) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield items that went and came; the same items in another order are one change."""
    for item in old:
        if item not in new:
            yield "removed", item, None
    for item in new:
        if item not in old:
            yield "added", None, item
    if set(old) == set(new):
        yield "changed", ", ".join(old), ", ".join(new)


def _shown(tree: Tree | None) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {_shown(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(_shown(item) for item in tree) + "]"
    return str(tree)
