"""How a snapshot writes records: lines in which numbers stand for other records."""

import json
from itertools import accumulate

import pytest
from small import SMALL, load

from natodata.loading.catalogue import CLASS_OF
from natodata.loading.packing import Packed, line, packed
from natodata.records import Topic


@pytest.fixture(scope="module")
def trees():
    """Return the trees of the small dataset, all collections in one, with their classes."""
    found = load(SMALL).trees
    return {
        key: (CLASS_OF[name], tree) for name, trees in found.items() for key, tree in trees.items()
    }


@pytest.fixture(scope="module")
def names(trees):
    """Return all ids, in the order of a snapshot."""
    return list(trees)


@pytest.fixture(scope="module")
def all_packed(trees, names):
    """Return all trees packed as one collection."""
    numbers = {name: number for number, name in enumerate(names)}
    lines = [packed(cls, tree, numbers) for cls, tree in trees.values()]
    offsets = list(accumulate(map(len, lines), initial=0))
    return Packed(b"".join(lines), offsets, names, range(len(names)))


class TestLine:
    """`line` writes a value as JSON."""

    def test_form(self):
        """It is one line of UTF-8, without a byte too many."""
        assert '{"a":["é","\\n"]}\n'.encode() == line({"a": ["é", "\n"]})


class TestPacked:
    """`packed` and `Packed` are each other's reverse."""

    def test_numbers(self, trees, names):
        """A reference is a number, and the record's own id is left out."""
        numbers = {name: number for number, name in enumerate(names)}
        cls, tree = trees["patrol"]
        topic = json.loads(packed(cls, tree, numbers))

        assert Topic is cls
        assert numbers["sea"] == topic["broader"]
        assert "id" not in topic
        assert "patrol" == tree["id"]

    def test_reverse(self, trees, all_packed):
        """What was packed comes back as it was."""
        assert {key: tree for key, (_, tree) in trees.items()} == dict(all_packed)

    def test_only_references_are_numbers(self, all_packed):
        """No other number stands in a line, so none can be mistaken."""

        def numbers(value):
            if isinstance(value, dict):
                return [each for item in value.values() for each in numbers(item)]
            if isinstance(value, list):
                return [each for item in value for each in numbers(item)]
            return [] if isinstance(value, str) else [value]

        for name in all_packed:
            tree = all_packed.numbered(name)
            assert name == tree["id"]
            assert all(type(number) is int for number in numbers(tree))

    def test_mapping(self, names, all_packed):
        """It is a mapping that knows its ids without reading a line."""
        part = Packed(b"", [], names, range(1, 3))

        assert names == list(all_packed)
        assert 2 == len(part)
        assert names[1:3] == list(part)
        assert names[1] in part
        assert names[0] not in part
        with pytest.raises(KeyError):
            part[names[0]]
