"""Files to trees of records: what is there, where it stands, and what patches change."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from attrs import fields

from natodata.errors import DataError, Problem
from natodata.loading.catalogue import Trees
from natodata.loading.strict_yaml import DEFAULT_LIMITS, Limits, Tree, positions, read
from natodata.loading.structuring import Fault
from natodata.loading.wording import Hint, cut, nearest
from natodata.records import REGISTRY, Country

__all__ = ["Enough", "Gathered", "Origin", "field_order", "gather", "read_paths"]

COLLECTIONS = tuple(row.collection for row in REGISTRY)
_COUNTRIES = next(row.collection for row in REGISTRY if row.cls is Country)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z]{3}")
_DATASET = ("title", "version", "current_to")
_PATCH = ("id", "set", "add")
Steps: TypeAlias = tuple[str | int, ...]


class Origin(NamedTuple):
    """Where a record stands: a file, and the path to the record in it."""

    file: str
    path: Steps
    appended: Mapping[str, int] | None = None
    """For a patch: how long each list was to which it adds; `None` for a whole record."""

    def place(self, path: Steps) -> Steps:
        """Return the path in the file for a path in the record."""
        if self.appended is None or not path:
            return (*self.path, *path)
        field, *rest = path
        before = self.appended.get(str(field))
        if before is None:
            return (*self.path, "set", *path)
        if not rest or not isinstance(rest[0], int):
            return (*self.path, "add", *path)
        if rest[0] < before:
            return (*self.path, "set", *path)
        return (*self.path, "add", field, rest[0] - before, *rest[1:])


class Enough(Exception):
    """So many faults were found that no more are looked for."""


class Gathered:
    """The records of some files as trees, with where each stands and what is wrong so far."""

    def __init__(self, base: Trees, limits: Limits = DEFAULT_LIMITS) -> None:
        self.base = base
        self.limits = limits
        self.base_ids: dict[str, str] = {
            key: name for name, trees in base.items() for key in trees
        }
        self.trees: dict[str, dict[str, dict[str, Tree]]] = {name: {} for name in COLLECTIONS}
        self.ids: dict[str, str] = {}
        """Id to collection, for the records that were added or patched."""
        self.origins: dict[str, Origin] = {}
        self.nameless: list[tuple[str, dict[str, Tree], Origin]] = []
        """Records without an id of their own, with the collection of each."""
        self.dataset: dict[str, str] = {}
        self.dataset_files: dict[str, str] = {}
        """Which file says what of the dataset."""
        self.count: int = 0
        """How many faults were noted."""
        self._texts: dict[str, bytes] = {}
        self._faults: dict[str, list[tuple[Steps, Fault, str]]] = {}
        self._whole: list[Problem] = []

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Note problems that are complete already.

        Raises:
            Enough: They are the last to be noted.
        """
        for problem in problems:
            self._whole.append(problem)
            self._count()

    def blame(self, file: str, path: Steps, fault: Fault, record: str = "") -> None:
        """Note a fault at a path of a file; its line is looked up later, in one pass a file.

        Raises:
            Enough: It is the last to be noted.
        """
        self._faults.setdefault(file, []).append((path, fault, record))
        self._count()

    def _count(self) -> None:
        self.count += 1
        if self.count >= self.limits.faults:
            raise Enough

    def blame_record(self, identifier: str, fault: Fault) -> None:
        """Note a fault in a record, at the fault's path in it."""
        origin = self.origins[identifier]
        self.blame(origin.file, origin.place(fault.path), fault, identifier)

    def read(self, file: str, content: bytes) -> dict[str, Tree]:
        """Return what a file holds: nothing, and a problem noted, if it is not strict YAML."""
        self._texts[file] = content
        try:
            return read(content, file, self.limits)
        except DataError as error:
            self.refuse(error.problems)
            return {}

    def problems(self) -> tuple[Problem, ...]:
        """Return everything noted, sorted by file, line and column."""
        found: dict[Problem, Hint] = {whole: whole.suggestion for whole in self._whole}
        for file, noted in self._faults.items():
            found.update(self._located(file, noted))
        listed: list[Problem] = []
        for problem in sorted(found):
            hint = found[problem]
            if callable(hint):
                hint = hint() if len(listed) < self.limits.listed else ""
            listed.append(problem._replace(suggestion=hint))
        return tuple(listed)

    def _located(
        self, file: str, noted: Sequence[tuple[Steps, Fault, str]]
    ) -> Iterator[tuple[Problem, Hint]]:
        places = {
            of_keys: positions(self._texts[file], paths, of_keys=of_keys)
            for of_keys in (False, True)
            if (paths := {path for path, fault, _ in noted if fault.at_key is of_keys})
        }
        for path, fault, record in noted:
            line, column = places[fault.at_key][path]
            inside = _dotted(fault.path[:-1] if fault.at_key else fault.path)
            problem = Problem(file, line, column, record, inside, fault.expected, fault.got)
            # A file that is named twice says everything twice.
            yield problem, fault.suggestion


def read_paths(
    paths: Sequence[str | Path], limits: Limits = DEFAULT_LIMITS
) -> tuple[list[tuple[str, bytes]], list[Problem]]:
    """Read files, and all ``*.yaml`` and ``*.yml`` below folders, in the order of their names.

    In a folder, links that lead out of it are not followed, and only files are read.

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
            below = (each for each in path.rglob("*") if each.suffix in {".yaml", ".yml"})
            named = sorted(each for each in below if not each.is_dir())
            if not named:
                problems.append(_unread(path, "a folder with .yaml files", "none in it"))
            home = path.resolve()
            strange = {each: why for each in named if (why := _strange(each, home))}
            problems += [_unread(file, *why) for file, why in strange.items()]
            files = [each for each in named if each not in strange]
        for file in files:
            try:
                found.append((file.as_posix(), _bytes(file, limits.file_bytes)))
            except _Unread as error:
                problems.append(_unread(file, *error.args))
    return found, problems


def _strange(file: Path, home: Path) -> tuple[str, str] | None:
    """Return what a file in a folder should have been, and what it is, if it is not read.

    A folder may come from a stranger: no link in it leads to other files, and no pipe stops the
    reader for ever.
    """
    try:
        found = file.resolve(strict=True)
        if not found.is_relative_to(home):
            return "a file in the folder", "a link that leads out of it"
        return None if found.is_file() else ("a file that can be read", "a pipe or device")
    except (OSError, RuntimeError):
        return None  # reading says what is wrong


class _Unread(Exception):
    """What was expected of a file, and what it is."""


def _bytes(file: Path, most: int) -> bytes:
    """Return the bytes of a file, and never more than are allowed: a device has no end."""
    wanted = "a file that can be read"
    try:
        with file.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as error:
        raise _Unread(wanted, (error.strerror or type(error).__name__).lower()) from None
    except ValueError:
        raise _Unread(wanted, "a name with a NUL character") from None
    if len(content) > most:
        raise _Unread(f"a file of at most {most} bytes", "more")
    return content


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
        limits: What the files may hold.

    Returns:
        What they hold; not all of it where `Limits.faults` were found, which its count tells.
    """
    gathered = Gathered(base, limits)
    with suppress(Enough):
        patches: list[tuple[str, int, Tree]] = []
        left = limits.records
        for file, content in files:
            tree = gathered.read(file, content)
            left -= sum(len(each) for each in tree.values() if isinstance(each, list))
            if left < 0:
                expected = f"at most {limits.records} records in all files"
                gathered.refuse([Problem(file, 0, 0, "", "", expected, "more")])
                return gathered
            patches += _sorted(gathered, file, tree)
        for file, index, patch in patches:
            _apply(gathered, file, index, patch)
    return gathered


def _sorted(
    gathered: Gathered, file: str, tree: dict[str, Tree]
) -> Iterator[tuple[str, int, Tree]]:
    """Put the records of a file in their places, and yield its patches."""
    for name, value in tree.items():
        if name == "dataset":
            _add_dataset(gathered, file, value)
        elif name != "patches" and name not in COLLECTIONS:
            near = partial(nearest, name, (*COLLECTIONS, "patches", "dataset"))
            fault = Fault((name,), "the name of a collection", _short(name), near, at_key=True)
            gathered.blame(file, (name,), fault)
        elif not isinstance(value, list):
            _fault(gathered, file, (name,), "a list of records", value)
        elif name == "patches":
            yield from ((file, index, patch) for index, patch in enumerate(value))
        else:
            for index, record in enumerate(value):
                _add_record(gathered, file, name, index, record)


def _fault(gathered: Gathered, file: str, path: Steps, expected: str, value: Tree) -> None:
    gathered.blame(file, path, Fault(path, expected, _short(value)))


def _short(value: Tree) -> str:
    if isinstance(value, str):
        return cut(repr(value))
    return "a list" if isinstance(value, list) else "a mapping"


def _dotted(path: Steps) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def _add_dataset(gathered: Gathered, file: str, value: Tree) -> None:
    if not isinstance(value, dict):
        _fault(gathered, file, ("dataset",), "a mapping", value)
        return
    for key, text in value.items():
        path = ("dataset", key)
        if key not in _DATASET:
            near = partial(nearest, key, _DATASET)
            wanted = f"one of {', '.join(_DATASET)}"
            gathered.blame(file, path, Fault(path, wanted, _short(key), near, at_key=True))
        elif not isinstance(text, str) or not text.strip():
            _fault(gathered, file, path, "a text that is not blank", text)
        elif key in gathered.dataset:
            wanted = f"{key} once in all files ({gathered.dataset_files[key]} has it too)"
            _fault(gathered, file, path, wanted, text)
        else:
            gathered.dataset[key] = text
            gathered.dataset_files[key] = file


def _add_record(gathered: Gathered, file: str, collection: str, index: int, record: Tree) -> None:
    path = (collection, index)
    if not isinstance(record, dict):
        _fault(gathered, file, path, "a record: a mapping with an id", record)
        return
    origin = Origin(file, path)
    identifier = record.get("id")
    if not isinstance(identifier, str):  # structuring says what is wrong with it
        gathered.nameless.append((collection, record, origin))
        return
    amiss = _amiss(gathered, collection, identifier)
    if amiss is not None:
        wanted, near = amiss
        fault = Fault(("id",), wanted, _short(identifier), near)
        gathered.blame(file, (*path, "id"), fault, cut(identifier))
    if identifier in gathered.ids or identifier in gathered.base_ids:
        gathered.nameless.append((collection, record, origin))
        return
    gathered.ids[identifier] = collection
    gathered.trees[collection][identifier] = record
    gathered.origins[identifier] = origin


def _amiss(gathered: Gathered, collection: str, identifier: str) -> tuple[str, str] | None:
    """Return what an id should have been, and a suggestion, if it cannot stay."""
    is_code = collection == _COUNTRIES and _CODE.fullmatch(identifier)
    if not is_code and _SLUG.fullmatch(identifier) is None:
        slug = re.sub(r"[^a-z0-9]+", "-", identifier[:100].lower()).strip("-")
        return "lower-case letters and digits joined by hyphens", slug
    if identifier in gathered.ids:
        where = gathered.origins[identifier].file
        return f"an id of its own ({identifier!r} stands in {where} already)", ""
    if identifier in gathered.base_ids:
        return "a new id; to change a record of the data, use `patches`", ""
    return None


class _Patch(NamedTuple):
    """A patch of a record that is there, and where it stands."""

    gathered: Gathered
    file: str
    number: int
    identifier: str

    def blame(
        self, inside: Steps, expected: str, got: str, hint: Hint = "", *, key: bool = False
    ) -> None:
        """Note a fault at a path inside the patch, or at the name of a field there."""
        fault = Fault(inside, expected, got, hint, at_key=key)
        path = ("patches", self.number, *inside)
        self.gathered.blame(self.file, path, fault, self.identifier)

    def part(self, patch: dict[str, Tree], name: str, of: str) -> dict[str, Tree]:
        """Return what is to be set or added."""
        value = patch.get(name, {})
        if isinstance(value, dict):
            return value
        self.blame((name,), f"a mapping of fields to {of}", _short(value))
        return {}

    def lengthen(self, tree: dict[str, Tree], added: dict[str, Tree]) -> dict[str, int]:
        """Add to the lists of a record, and return how long each was before."""
        appended: dict[str, int] = {}
        for field, items in added.items():
            before = tree.get(field, [])
            if not isinstance(before, list):
                self.blame(("add", field), "a field that is a list", _short(field), key=True)
            elif not isinstance(items, list):
                self.blame(("add", field), "a list", _short(items))
            else:
                appended[field] = len(before)
                tree[field] = [*before, *items]
        return appended


def _apply(gathered: Gathered, file: str, index: int, patch: Tree) -> None:
    path = ("patches", index)
    if not isinstance(patch, dict):
        _fault(gathered, file, path, "a patch: a mapping with id, set, add", patch)
        return
    identifier = patch.get("id")
    if not isinstance(identifier, str) or identifier not in gathered.base_ids:
        here = (*path, "id")
        got = "nothing" if identifier is None else _short(identifier)
        choices = tuple(gathered.base_ids) if isinstance(identifier, str) else ()
        near = partial(nearest, str(identifier), choices)
        gathered.blame(file, here, Fault(here, "the id of a record of the data", got, near))
        return
    at = _Patch(gathered, file, index, identifier)
    for key in patch:
        if key not in _PATCH:
            at.blame(
                (key,), "id, set or add", _short(key), partial(nearest, key, _PATCH), key=True
            )
    if identifier in gathered.ids:
        at.blame((), "one patch a record", "another one")
        return
    replaced = at.part(patch, "set", "values")
    if "id" in replaced:
        at.blame(("set", "id"), "fields other than the id, which stays", "'id'", key=True)
        del replaced["id"]
    collection = gathered.base_ids[identifier]
    tree = {**gathered.base[collection][identifier], **replaced}
    appended = at.lengthen(tree, at.part(patch, "add", "lists"))
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
