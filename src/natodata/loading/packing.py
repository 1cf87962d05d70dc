"""How a snapshot writes records: a line each, in which numbers stand for other words.

A tree holds texts, lists and mappings. In its line a mapping is a list of names and values in
turn, a name is its place among all names of fields, and a record referred to is its place among
all records. So written, the data take a quarter less room in a wheel and less time to read; what
stands for what follows from the types of the fields. The record's own id is left out.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from natodata.loading.trusting import Shape, shapes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from natodata.loading.strict_yaml import Tree
    from natodata.records import RecordType

__all__ = ["Pack", "Packed", "field_names", "line", "packed"]

_DECODE = json.JSONDecoder().raw_decode


def line(value: object) -> bytes:
    """Return a value as one line of JSON in UTF-8, without a byte too many."""
    return f"{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n".encode()


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

    def numbered(shape: Shape, value: Any) -> Any:
        if shape.refers:
            return numbers[value]
        if shape.item is not None:
            return [numbered(shape.item, each) for each in value]
        if shape.piece is None:
            return value
        of_field = shapes(shape.piece)
        pairs = ((fields[name], numbered(of_field[name], each)) for name, each in value.items())
        return list(chain.from_iterable(pairs))

    return line(numbered(Shape(piece=cls), {k: v for k, v in tree.items() if k != "id"}))


class Pack:
    """The lines of a snapshot, and what the numbers in them stand for."""

    __slots__ = ("content", "fields", "names")

    def __init__(self, content: bytes, names: Sequence[str], fields: Sequence[str]) -> None:
        self.content: bytes = content
        """All bytes."""
        self.names: Sequence[str] = names
        """The id of each record."""
        self.fields: Sequence[str] = fields
        """The name of each field."""

    def pairs(self, row: Sequence[Any]) -> Iterator[tuple[str, Any]]:
        """Return the names and values of a mapping that is written as a list."""
        return zip(map(self.fields.__getitem__, row[::2]), row[1::2], strict=True)

    def tree(self, shape: Shape, value: Any) -> Any:
        """Return a value of that form as the YAML would have it."""
        if shape.refers:
            return self.names[value]
        if shape.item is not None:
            return [self.tree(shape.item, each) for each in value]
        if shape.piece is None:
            return value
        of_field = shapes(shape.piece)
        return {name: self.tree(of_field[name], each) for name, each in self.pairs(value)}


class Packed(Mapping[str, "dict[str, Tree]"]):
    """Records of one collection that stay bytes until somebody asks for them: few ever are."""

    __slots__ = ("_ids", "_lines", "_places", "_row", "_section", "pack")

    def __init__(
        self, pack: Pack, row: "RecordType", ids: Sequence[str], section: tuple[int, int]
    ) -> None:
        self.pack: Pack = pack
        """The snapshot."""
        self._row = row
        self._ids = ids
        self._section = section
        """Where its lines begin and end."""
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
        row, _ = _DECODE(str(self._lines[place], "utf-8"))
        row += (0, identifier)
        return row

    def _where(self) -> dict[str, int]:
        if not self._places:
            self._places = {identifier: place for place, identifier in enumerate(self._ids)}
        return self._places

    def __getitem__(self, identifier: str) -> "dict[str, Tree]":
        """Return a record as the YAML would have it."""
        tree = self.pack.tree(Shape(piece=self._row.cls), self.numbered(identifier))
        return {"id": identifier, **tree}

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._where()
