"""What differs between two bodies of data, fact by fact."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias, overload

from natodata.displayed import Displayed
from natodata.errors import BadArgument
from natodata.loading.strict_yaml import Tree
from natodata.records import Record
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
    path: str = ""
    """Where inside the field, such as ``[launched].date``; empty for the field itself."""

    def __str__(self) -> str:
        """Return the change in one line."""
        sign = {"added": "+", "removed": "-", "changed": "~"}[self.kind]
        place = f"{self.collection} {self.record}" + (
            f" {self.field}{self.path}" if self.field else ""
        )
        if self.kind == "changed":
            return f"{sign} {place}: {self.old} → {self.new}"
        return f"{sign} {place}: {self.new if self.old is None else self.old}"


class Difference(Sequence[Change], Displayed):
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

    def only(self, *records: Record | str | Iterable[Record | str]) -> "Difference":
        """Return the changes in some records.

        Args:
            *records: Records or ids, or lists of them. Those that did not change are passed over.

        Raises:
            BadArgument: Something else was given.
        """
        wanted: set[str] = set()
        for given in records:
            several = (
                given if isinstance(given, Iterable) and not isinstance(given, str) else [given]
            )
            wanted.update(map(_id_of, several))
        return Difference(change for change in self._changes if change.record in wanted)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the records that changed, each once, sorted."""
        return tuple(sorted({change.record for change in self._changes}))

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


def _id_of(given: object) -> str:
    if isinstance(given, Record):
        return given.id
    if isinstance(given, str):
        return given
    raise BadArgument(f"expected records or their ids, got {given!r}")


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
        for kind, path, one, other in _differences(before.get(field), after.get(field), ""):
            yield Change(kind, identifier, was, field, one, other, path)


def _name(store: Store, identifier: str) -> str:
    tree = store.tree(identifier)
    return str(tree.get("name") or tree.get("title") or tree.get("summary") or identifier)


_Found: TypeAlias = Iterator[tuple[str, str, str | None, str | None]]
"""Kind, path inside the field, old and new text."""


def _differences(before: Tree | None, after: Tree | None, path: str) -> _Found:
    if before == after:
        return
    if isinstance(before, list) and isinstance(after, list):
        yield from _list_differences(before, after, path)
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            yield from _differences(before.get(key), after.get(key), f"{path}.{key}")
    elif before is None or after is None:
        whole = after if before is None else before
        for item in whole if isinstance(whole, list) else [whole]:
            text = _shown(item)
            yield ("added", path, None, text) if before is None else ("removed", path, text, None)
    else:
        yield "changed", path, _shown(before), _shown(after)


def _list_differences(before: list[Tree], after: list[Tree], path: str) -> _Found:
    """Yield what changed in items that can be told again, then what went and what came.

    The same items in another order are one change.
    """
    kept_before, gone = _parted(before, after)
    kept_after, come = _parted(after, before)
    for label in (_exact_label, _label):
        for item in list(gone):
            name = label(item)
            other = next((each for each in come if name and label(each) == name), None)
            if other is not None:
                gone.remove(item)
                come.remove(other)
                yield from _differences(item, other, f"{path}[{name}]")
    for item in gone:
        yield "removed", path, _shown(item), None
    for item in come:
        yield "added", path, None, _shown(item)
    if kept_before != kept_after:
        yield "changed", path, ", ".join(kept_before), ", ".join(kept_after)


def _parted(items: list[Tree], others: list[Tree]) -> tuple[list[str], list[Tree]]:
    """Return the items that the other list has as well, as texts, and those that it has not."""
    left = Counter(map(_shown, others))
    kept: list[str] = []
    apart: list[Tree] = []
    for item in items:
        text = _shown(item)
        if left[text]:
            left[text] -= 1
            kept.append(text)
        else:
            apart.append(item)
    return kept, apart


_WHAT = ("kind", "measure", "value", "source", "field", "country", "language", "modality")
"""Keys by which a piece in a list can be told again after it changed."""
_WHEN = ("date", "as_of", "period", "at", "clause", "area")
"""Keys that tell pieces of one kind apart."""


def _label(item: Tree) -> str:
    """Return what a piece in a list is of, such as the kind of a milestone; empty for texts."""
    return _first(item, _WHAT)


def _exact_label(item: Tree) -> str:
    what, when = _first(item, _WHAT), _first(item, _WHEN)
    return f"{what} {when}" if what and when else ""


def _first(item: Tree, keys: Sequence[str]) -> str:
    named = [item[key] for key in keys if key in item] if isinstance(item, dict) else []
    return next((value for value in named if isinstance(value, str)), "")


def _shown(tree: Tree | None) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {_shown(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(_shown(item) for item in tree) + "]"
    return str(tree)
