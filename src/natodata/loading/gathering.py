"""Files to trees of records: what is there, where it stands, and what patches change."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from attrs import fields

from natodata.errors import DataError, Problem
from natodata.loading.catalogue import Trees
from natodata.loading.strict_yaml import DEFAULT_LIMITS, Limits, Tree, positions, read
from natodata.loading.structuring import Fault, nearest
from natodata.records import REGISTRY, Country

__all__ = ["Gathered", "Origin", "field_order", "gather", "read_paths"]

COLLECTIONS = tuple(row.collection for row in REGISTRY)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z]{3}")
_DATASET = ("title", "version", "current_to")


class Origin(NamedTuple):
    """Where a record stands: a file, and the path to the record in it."""

    file: str
    path: tuple[str | int, ...]
    appended: Mapping[str, int] | None = None
    """For a patch: how long each list was to which it adds; `None` for a whole record."""

    def place(self, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        """Return the path in the file for a path in the record."""
        if self.appended is None or not path:
            return (*self.path, *path)
        field, *rest = path
        if field in self.appended and rest and isinstance(rest[0], int):
            return (*self.path, "add", field, rest[0] - self.appended[str(field)], *rest[1:])
        return (*self.path, "set", field, *rest)


class Gathered:
    """The records of some files as trees, with where each stands and what is wrong so far."""

    def __init__(self, base: Trees) -> None:
        self.base = base
        self.base_ids = {key: name for name, trees in base.items() for key in trees}
        self.trees: Trees = {name: {} for name in COLLECTIONS}
        self.ids: dict[str, str] = {}
        """Id to collection, for the records that were added or patched."""
        self.origins: dict[str, Origin] = {}
        self.dataset: dict[str, str] = {}
        self.texts: dict[str, bytes] = {}
        self._faults: dict[str, list[tuple[tuple[str | int, ...], Fault, str]]] = {}
        self._whole: list[Problem] = []

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Note problems that are complete already."""
        self._whole.extend(problems)

    def blame(self, file: str, path: tuple[str | int, ...], fault: Fault, record: str) -> None:
        """Note a fault at a path of a file; its line is looked up later, in one pass a file."""
        self._faults.setdefault(file, []).append((path, fault, record))

    def blame_record(self, identifier: str, fault: Fault) -> None:
        """Note a fault in a record, at the fault's path in it."""
        origin = self.origins[identifier]
        self.blame(origin.file, origin.place(fault.path), fault, identifier)

    def problems(self) -> tuple[Problem, ...]:
        """Return everything noted, sorted by file, line and column."""
        found = list(self._whole)
        for file, noted in self._faults.items():
            at_value = positions(
                self.texts[file], {path for path, fault, _ in noted if not fault.at_key}
            )
            at_key = positions(
                self.texts[file],
                {path for path, fault, _ in noted if fault.at_key},
                of_keys=True,
            )
            for path, fault, record in noted:
                line, column = (at_key if fault.at_key else at_value)[path]
                inside = fault.path[:-1] if fault.at_key else fault.path
                found.append(
                    Problem(
                        file,
                        line,
                        column,
                        record,
                        _dotted(inside),
                        fault.expected,
                        fault.got,
                        fault.suggestion,
                    )
                )
        return tuple(sorted(set(found)))


def read_paths(
    paths: Sequence[str | Path], limits: Limits = DEFAULT_LIMITS
) -> tuple[list[tuple[str, bytes]], list[Problem]]:
    """Read files, and all ``*.yaml`` and ``*.yml`` below folders, in the order of their names.

    Args:
        paths: Files and folders.
        limits: No file above `Limits.file_bytes` is read.

    Returns:
        Name and bytes of each file, and a problem for each path that cannot be read.
    """
    found: list[tuple[str, bytes]] = []
    problems: list[Problem] = []
    for given in paths:
        path = Path(given)
        files = [path]
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.suffix in {".yaml", ".yml"})
            if not files:
                problems.append(_unread(path, "a folder with .yaml files", "none in it"))
        for file in files:
            try:
                size = file.stat().st_size
                if size > limits.file_bytes:
                    wanted = f"a file of at most {limits.file_bytes} bytes"
                    problems.append(_unread(file, wanted, f"{size} bytes"))
                    continue
                found.append((file.as_posix(), file.read_bytes()))
            except OSError as error:
                reason = error.strerror or type(error).__name__
                problems.append(_unread(file, "a file that can be read", reason.lower()))
    return found, problems


def _unread(path: Path, expected: str, got: str) -> Problem:
    return Problem(path.as_posix(), 0, 0, "", "", expected, got)


def gather(
    files: Iterable[tuple[str, bytes]], base: Trees, limits: Limits = DEFAULT_LIMITS
) -> Gathered:
    """Read files and sort their records by collection and id.

    Args:
        files: Name and bytes of each file.
        base: Records that are there already; new ones may not take their ids, patches may change
            them.
        limits: What a file may hold.
    """
    gathered = Gathered(base)
    patches: list[tuple[str, int, Tree]] = []
    for file, content in files:
        gathered.texts[file] = content
        try:
            tree = read(content, file, limits)
        except DataError as error:
            gathered.refuse(error.problems)
            continue
        for name, value in tree.items():
            if name == "dataset":
                _add_dataset(gathered, file, value)
            elif name != "patches" and name not in COLLECTIONS:
                choices = [*COLLECTIONS, "patches", "dataset"]
                near = nearest(name, choices)
                fault = Fault((name,), "the name of a collection", repr(name), near, at_key=True)
                gathered.blame(file, (name,), fault, "")
            elif not isinstance(value, list):
                _fault(gathered, file, (name,), "a list of records", value)
            elif name == "patches":
                patches += [(file, index, patch) for index, patch in enumerate(value)]
            else:
                for index, record in enumerate(value):
                    _add_record(gathered, file, name, index, record)
    for file, index, patch in patches:
        _apply(gathered, file, index, patch)
    return gathered


def _fault(
    gathered: Gathered,
    file: str,
    path: tuple[str | int, ...],
    expected: str,
    value: Tree | None,
    record: str = "",
    suggestion: str = "",
) -> None:
    gathered.blame(file, path, Fault((), expected, _short(value), suggestion), record)


def _short(value: Tree | None) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return repr(value) if len(value) <= 80 else f"{value[:77]!r}…"  # noqa: PLR2004 (one line)
    return "a list" if isinstance(value, list) else "a mapping"


def _dotted(path: tuple[str | int, ...]) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def _add_dataset(gathered: Gathered, file: str, value: Tree) -> None:
    if not isinstance(value, dict):
        _fault(gathered, file, ("dataset",), "a mapping", value)
        return
    for key, text in value.items():
        if key not in _DATASET:
            expected = f"one of {', '.join(_DATASET)}"
            _fault(gathered, file, ("dataset", key), expected, key, "", nearest(key, _DATASET))
        elif not isinstance(text, str):
            _fault(gathered, file, ("dataset", key), "a text", text)
        elif key in gathered.dataset:
            _fault(gathered, file, ("dataset", key), f"{key} only once in all files", text)
        else:
            gathered.dataset[key] = text


def _add_record(gathered: Gathered, file: str, collection: str, index: int, record: Tree) -> None:
    path = (collection, index)
    if not isinstance(record, dict):
        _fault(gathered, file, path, "a record: a mapping with an id", record)
        return
    identifier = record.get("id")
    if not isinstance(identifier, str):
        _fault(gathered, file, path, "an id", identifier)
        return
    pattern = _SLUG if collection != _COUNTRIES or _SLUG.fullmatch(identifier) else _CODE
    if pattern.fullmatch(identifier) is None:
        wanted = "lower-case letters and digits joined by hyphens"
        slug = re.sub(r"[^a-z0-9]+", "-", identifier.lower()).strip("-")
        _fault(gathered, file, (*path, "id"), wanted, identifier, identifier, slug)
        return
    if identifier in gathered.ids:
        where = gathered.origins[identifier]
        wanted = f"an id of its own ({identifier!r} stands in {where.file} already)"
        _fault(gathered, file, (*path, "id"), wanted, identifier, identifier)
        return
    if identifier in gathered.base_ids:
        wanted = "a new id; to change a record of the data, use `patches`"
        _fault(gathered, file, (*path, "id"), wanted, identifier, identifier)
        return
    gathered.ids[identifier] = collection
    gathered.trees[collection][identifier] = record
    gathered.origins[identifier] = Origin(file, path)


_COUNTRIES = next(row.collection for row in REGISTRY if row.cls is Country)


def _apply(gathered: Gathered, file: str, index: int, patch: Tree) -> None:
    path: tuple[str | int, ...] = ("patches", index)
    if not isinstance(patch, dict):
        _fault(gathered, file, path, "a patch: a mapping with id, set, add", patch)
        return
    identifier = patch.get("id")
    if not isinstance(identifier, str) or identifier not in gathered.base_ids:
        near = nearest(identifier, list(gathered.base_ids)) if isinstance(identifier, str) else ""
        _fault(gathered, file, path, "the id of a record of the data", identifier, "", near)
        return
    for key in patch:
        if key not in {"id", "set", "add"}:
            _fault(gathered, file, (*path, key), "id, set or add", key, identifier)
    replaced, added = patch.get("set", {}), patch.get("add", {})
    if not isinstance(replaced, dict) or not isinstance(added, dict):
        _fault(gathered, file, path, "set and add that map fields to values", patch, identifier)
        return
    if "id" in replaced or identifier in gathered.ids:
        _fault(gathered, file, path, "one patch a record, which keeps its id", patch, identifier)
        return
    collection = gathered.base_ids[identifier]
    tree = {**gathered.base[collection][identifier], **replaced}
    appended: dict[str, int] = {}
    for field, items in added.items():
        before = tree.get(field, [])
        if not isinstance(items, list) or not isinstance(before, list):
            _fault(gathered, file, (*path, "add", field), "a list to add", items, identifier)
            return
        appended[field] = len(before)
        tree[field] = [*before, *items]
    gathered.ids[identifier] = collection
    gathered.trees[collection][identifier] = tree
    gathered.origins[identifier] = Origin(file, path, appended)


def field_order() -> dict[str, tuple[str, ...]]:
    """Return, for each collection, the order of fields in the canonical form.

    It is that of the class, with what the editors add and the evidence at the end.
    """
    late = ("topics", "note", "claims", "citations")
    order: dict[str, tuple[str, ...]] = {}
    for row in REGISTRY:
        names = [field.name for field in fields(row.cls)]
        last = [name for name in late if name in names]
        order[row.collection] = (*(name for name in names if name not in late), *last)
    return order
