"""How a snapshot writes records: a line each, in which numbers stand for other words.

A collection is a line with the ids of its records, then the line of each in the same order.

A tree holds texts, lists and mappings. In its line a mapping is a list of names and values in
turn, a name is its place among all names of fields, and a record referred to is its place among
all records. So written, the data take a quarter less room in a wheel and less time to read; what
stands for what follows from the types of the fields. The record's own id is left out. A list of
which most processes never look at an item (see `natodata.records.evidence.deferring`) is one text,
its JSON: that makes one object, where the collector of garbage would have to go through dozens.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from natodata.loading.trusting import Shape, listed, shapes
from natodata.records.evidence import defers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from natodata.loading.strict_yaml import Tree
    from natodata.records import RecordType

__all__ = ["Pack", "Packed", "field_names", "line", "packed"]

_DECODE = json.JSONDecoder().raw_decode


def line(value: object) -> bytes:
    """Return a value as one line of JSON in UTF-8, without a byte too many."""
    return f"{written(value)}\n".encode()


def written(value: object) -> str:
    """Return a value as JSON, without a letter too many."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def field_names(trees: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return every name in some trees: ``id``, then the most frequent one and so on."""
    counts: Counter[str] = Counter()

    def count(value: Any) -> None:
        if isinstance(value, dict):
            counts.update(value.keys())
            value = list(value.values())
        if isinstance(value, list):
            for each in value:
                count(each)

    for tree in trees:
        count(tree)
    del counts["id"]
    return ["id", *sorted(counts, key=lambda name: (-counts[name], name))]


def packed(
    cls: type, tree: Mapping[str, Any], numbers: Mapping[str, int], fields: Mapping[str, int]
) -> bytes:
    """Return the line of a record.

    Args:
        cls: Its class.
        tree: The record as checked text, lists and mappings.
        numbers: The place of each record, by id.
        fields: The place of each name of a field.
    """

    def numbered(shape: Shape, value: Any, *, within: bool) -> Any:
        if shape.refers:
            return numbers[value]
        if shape.item is not None:
            return [numbered(shape.item, each, within=within) for each in value]
        return value if shape.piece is None else list(pairs(shape.piece, value, within=within))

    def pairs(piece: Any, tree: Mapping[str, Any], *, within: bool = False) -> Iterator[Any]:
        for name, value in tree.items():
            shape = shapes(piece)[name]
            # A text within a text would need two marks for each of its own.
            later = shape.item is not None and defers(piece, name)
            found = numbered(shape, value, within=within or later)
            yield from (fields[name], written(found) if later and not within else found)

    rest = {name: value for name, value in tree.items() if name != "id"}
    return line(list(pairs(cls, rest)))


class Pack:
    """The lines of a snapshot, and what the numbers in them stand for."""

    __slots__ = ("_names", "content", "fields", "parts")

    def __init__(self, content: bytes, fields: Sequence[str]) -> None:
        self.content: bytes = content
        """All bytes."""
        self.fields: Sequence[str] = fields
        """The name of each field."""
        self.parts: list[Packed] = []
        """The collections, in their order in it."""
        self._names: list[str] = []

    @property
    def names(self) -> Sequence[str]:
        """The id of each record."""
        if not self._names:
            self._names = list(chain.from_iterable(self.parts))
        return self._names

    def pairs(self, row: Sequence[Any]) -> Iterator[tuple[str, Any]]:
        """Return the names and values of a mapping that is written as a list."""
        return zip(map(self.fields.__getitem__, row[::2]), row[1::2], strict=True)

    def tree(self, shape: Shape, value: Any) -> Any:
        """Return a value of that form as the YAML would have it."""
        if shape.refers:
            return self.names[value]
        if shape.item is not None:
            return [self.tree(shape.item, each) for each in listed(value)]
        if shape.piece is None:
            return value
        of_field = shapes(shape.piece)
        return {name: self.tree(of_field[name], each) for name, each in self.pairs(value)}


class Packed(Mapping[str, "dict[str, Tree]"]):
    """Records of one collection that stay bytes until somebody asks for them: few ever are."""

    __slots__ = ("_ids", "_lines", "_places", "_row", "_section", "_size", "pack")

    def __init__(self, pack: Pack, row: "RecordType", size: int, section: tuple[int, int]) -> None:
        self.pack: Pack = pack
        """The snapshot."""
        self._row = row
        self._size = size
        """How many records there are."""
        self._section = section
        """Where its lines begin and end."""
        self._ids: Sequence[str] = ()
        """The ids of all of them, once one was asked for."""
        self._lines: Sequence[bytes] = ()
        """All of them, once one was asked for."""
        self._places: dict[str, int] = {}
        """Where the line of each record stands, once it was asked for."""

    def numbered(self, identifier: str) -> list[Any]:
        """Return a record as its line has it, and its id."""
        places = self._where()
        place = places[identifier]
        if not self._lines:
            start, end = self._section
            self._lines = self.pack.content[start:end].split(b"\n")
        row: list[Any]
        row, _ = _DECODE(self._lines[place + 1].decode())
        row += (0, identifier)
        return row

    def _where(self) -> dict[str, int]:
        if not self._places:
            self._places = {identifier: place for place, identifier in enumerate(self)}
        return self._places

    def _all(self) -> Sequence[str]:
        if not self._ids:
            start, _ = self._section
            content = self.pack.content
            self._ids = json.loads(content[start : content.index(b"\n", start)])
        return self._ids

    def __getitem__(self, identifier: str) -> "dict[str, Tree]":
        """Return a record as the YAML would have it."""
        tree = self.pack.tree(Shape(piece=self._row.cls), self.numbered(identifier))
        return {"id": identifier, **tree}

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return self._size

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._where()
