"""Where the packaged data lies, and the compiled snapshot of it."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from natodata.dates import PartialDate
from natodata.errors import DataError, Problem
from natodata.loading.packing import Pack, Packed, field_names, line, packed
from natodata.records import REGISTRY, Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import TypedDict

    from natodata.loading.strict_yaml import Tree

    class _Head(TypedDict):
        format: int
        digest: str
        title: str | None
        version: str | None
        current_to: str | None
        fields: list[str]
        records: dict[str, int]
        sizes: dict[str, int]


__all__ = [
    "CLASS_OF",
    "Catalogue",
    "DatasetNotes",
    "Trees",
    "collection_of",
    "compile_snapshot",
    "digest",
    "from_snapshot",
    "load_packaged",
    "read_snapshot",
]

Trees: TypeAlias = "Mapping[str, Mapping[str, dict[str, Tree]]]"
"""Collection name to record id to record."""


class _Classes(Mapping[str, type[Record]]):
    """The registry by collection; a class is made when it is asked for."""

    def __getitem__(self, collection: str) -> type[Record]:
        return _ROWS[collection].cls

    def __contains__(self, collection: object) -> bool:
        return collection in _ROWS

    def __iter__(self) -> Iterator[str]:
        return iter(_ROWS)

    def __len__(self) -> int:
        return len(_ROWS)


_ROWS = MappingProxyType({row.collection: row for row in REGISTRY})
_BY_CLASS = MappingProxyType({row.name: row.collection for row in REGISTRY})

CLASS_OF: Mapping[str, type[Record]] = _Classes()
"""Name of a collection to the class of its records."""
_FORMAT = 4


def collection_of(cls: type[Record]) -> str:
    """Return the name of the collection that holds the records of a class."""
    return _BY_CLASS[cls.__name__]


class DatasetNotes(NamedTuple):
    """What a dataset says of itself."""

    title: str | None = None
    version: str | None = None
    current_to: PartialDate | None = None
    """The day up to which the data is kept."""


class Catalogue(NamedTuple):
    """The outcome of a load: all records as trees, and those already made."""

    trees: Trees
    records: dict[str, Record]
    notes: DatasetNotes


def compile_snapshot(folder: "Path") -> bytes:
    """Return the snapshot of a folder of YAML: checked, sorted, the same bytes each time.

    It is JSON Lines: first what the data say of themselves, with the names of fields, how many
    records each collection has and how many bytes, then the collections; see
    `natodata.loading.packing`.

    Args:
        folder: Where the YAML lies.

    Raises:
        DataError: The YAML is not valid.
    """
    from natodata.loading.checking import load_files

    files = _files_below(folder)
    catalogue = load_files(files)
    notes = catalogue.notes
    ids = {name: sorted(trees) for name, trees in catalogue.trees.items()}
    every = [(name, key) for name, keys in ids.items() for key in keys]
    numbers = {key: number for number, (_, key) in enumerate(every)}
    trees = (catalogue.trees[name][key] for name, key in every)
    fields = {name: number for number, name in enumerate(field_names(trees))}
    lines = (
        packed(CLASS_OF[name], catalogue.trees[name][key], numbers, fields) for name, key in every
    )
    parts = {name: b"".join([line(keys), *islice(lines, len(keys))]) for name, keys in ids.items()}
    head = {
        "format": _FORMAT,
        "digest": digest(files),
        "title": notes.title,
        "version": notes.version,
        "current_to": str(notes.current_to) if notes.current_to else None,
        "fields": list(fields),
        "records": {name: len(keys) for name, keys in ids.items()},
        "sizes": {name: len(part) for name, part in parts.items()},
    }
    return b"".join([line(head), *parts.values()])


def digest(files: Sequence[tuple[str, bytes]]) -> str:
    """Return the SHA-256 that ties a snapshot to the YAML it was made from, in hexadecimal.

    Args:
        files: Name, relative to the data folder, and bytes of each file.
    """
    from hashlib import sha256

    total = sha256()
    for name, content in sorted(files):
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def _files_below(folder: "Path") -> list[tuple[str, bytes]]:
    from natodata.loading.gathering import read_paths

    found, unread = read_paths([folder])
    if unread:
        raise DataError(tuple(unread))
    prefix = f"{folder.as_posix()}/"
    return [(name.removeprefix(prefix), content) for name, content in found]


def from_snapshot(content: bytes, file: str = "snapshot") -> Catalogue:
    """Return the catalogue that a snapshot holds; its records are made when first touched.

    Args:
        content: What `compile_snapshot` returned. It is trusted: only its form is looked at.
        file: The name to use in messages.

    Raises:
        DataError: It is no snapshot of this format.
    """
    head = _head(content)
    if isinstance(head, str):
        raise _no_snapshot(file, head)
    return _catalogue(head, content)


def read_snapshot(path: "str | Path") -> Catalogue:
    """Return the catalogue that a snapshot file holds.

    Raises:
        DataError: It cannot be read, or is no snapshot of this format.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (a path may be a text)
            content = file.read()
    except OSError as error:
        raise _no_snapshot(path, (error.strerror or type(error).__name__).lower()) from None
    return from_snapshot(content, str(path))


def _no_snapshot(path: "str | Path", got: str) -> DataError:
    return DataError((Problem(str(path), 0, 0, "", "", "a compiled snapshot", got),))


def _head(content: bytes) -> "_Head | str":
    """Return the first line of a snapshot, or what the bytes hold in place of one."""
    try:
        tree = json.loads(content[: content.index(b"\n")])
    except (ValueError, RecursionError):
        return "something else"
    if not isinstance(tree, dict) or "format" not in tree:
        return "something else"
    if tree["format"] != _FORMAT:
        return "another format"
    head: _Head = tree  # type: ignore[assignment]
    return head


def _catalogue(head: "_Head", content: bytes) -> Catalogue:
    current_to = head["current_to"]
    notes = DatasetNotes(
        head["title"], head["version"], PartialDate.parse(current_to) if current_to else None
    )
    # A collection may be younger than the snapshot.
    trees: dict[str, Mapping[str, dict[str, Tree]]] = {name: {} for name in CLASS_OF}
    pack = Pack(content, head["fields"])
    start = content.index(b"\n") + 1
    for name, size in head["records"].items():
        end = start + head["sizes"][name]
        trees[name] = part = Packed(pack, _ROWS[name], size, (start, end))
        pack.parts.append(part)
        start = end
    return Catalogue(trees, {}, notes)


def load_packaged() -> Catalogue:
    """Load the data that the package carries.

    An installed package, zipped or not, has the snapshot alone. A checkout has the YAML, and is
    loaded from it unless a snapshot beside it was made from these very files.

    Raises:
        DataError: The package carries no data, or YAML that is not valid.
    """
    import natodata

    folder = os.path.join(os.path.dirname(natodata.__file__), "data")  # noqa: PTH118, PTH120
    compiled = os.path.join(folder, "snapshot.jsonl")  # noqa: PTH118
    content = _packaged(compiled)
    if os.path.isfile(os.path.join(folder, "dataset.yaml")):  # noqa: PTH113, PTH118
        return _from_checkout(folder, content)
    if content is None:
        raise DataError((Problem(folder, 0, 0, "", "", "the packaged data", "nothing"),))
    return from_snapshot(content, compiled)


def _packaged(file: str) -> bytes | None:
    """Return the bytes of a file in the package, or `None` where there is none."""
    import natodata

    loader = natodata.__spec__.loader
    try:
        # The loader reads from a zip as well as from a folder, and costs no import.
        content: bytes = loader.get_data(file)  # type: ignore[union-attr]
    except OSError:
        return None
    return content


def _from_checkout(folder: str, compiled: bytes | None) -> Catalogue:
    from pathlib import Path

    from natodata.loading.checking import load_files

    files = _files_below(Path(folder))
    if compiled is not None:
        head = _head(compiled)
        if not isinstance(head, str) and head["digest"] == digest(files):
            return _catalogue(head, compiled)
    return load_files([(f"{folder}/{name}", content) for name, content in files])
