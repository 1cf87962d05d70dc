"""How a snapshot writes records: lines in which numbers stand for other records."""

import json

import pytest
from small import SMALL, load

from natodata.loading.catalogue import CLASS_OF
from natodata.loading.packing import Pack, Packed, field_names, line, packed
from natodata.records import REGISTRY, Topic


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
def fields(trees):
    """Return the place of each name of a field."""
    found = field_names(tree for _, tree in trees.values())
    return {name: number for number, name in enumerate(found)}


@pytest.fixture(scope="module")
def collections(trees, names, fields):
    """Return the packed collections, by name, as they lie in a snapshot with a head."""
    numbers = {name: number for number, name in enumerate(names)}
    lines = {
        name: packed(cls, tree, numbers, fields).decode() for name, (cls, tree) in trees.items()
    }
    pack = Pack(f"head\n{''.join(lines.values())}".encode(), names, list(fields))
    found = {}
    start = len("head\n")
    for row in REGISTRY:
        ids = [name for name in names if trees[name][0] is row.cls]
        end = start + len("".join(lines[name] for name in ids).encode())
        found[row.collection] = Packed(pack, row, ids, (start, end))
        start = end
    return found


class TestLine:
    """`line` writes a value as JSON."""

    def test_form(self):
        """It is one line of UTF-8, without a byte too many."""
        assert '{"a":["é","\\n"]}\n'.encode() == line({"a": ["é", "\n"]})


class TestFieldNames:
    """`field_names` gives every name its number."""

    def test_order(self):
        """The id comes first, then what is there most often, then the alphabet decides."""
        trees = [{"id": "a", "x": "1", "w": "2"}, {"id": "b", "y": [{"y": "1", "id": "2"}]}]

        assert ["id", "y", "w", "x"] == field_names(trees)


class TestPacked:
    """`packed` and `Packed` are each other's reverse."""

    def test_numbers(self, trees, names, fields):
        """Names of fields and references are numbers, and the record's own id is left out."""
        numbers = {name: number for number, name in enumerate(names)}
        cls, tree = trees["patrol"]
        row = json.loads(packed(cls, tree, numbers, fields))

        assert Topic is cls
        assert dict(zip(row[::2], row[1::2], strict=True)) == {
            fields["name"]: "Patrols",
            fields["broader"]: numbers["sea"],
            fields["definition"]: "Looking after the sea.",
        }
        assert "patrol" == tree["id"]

    def test_odd(self):
        """A list that has a name without a value is refused."""
        with pytest.raises(ValueError, match="shorter than argument 1"):
            list(Pack(b"", [], ["id", "name"]).pairs([0, "a", 1]))

    def test_reverse(self, trees, collections):
        """What was packed comes back as it was, the id first."""
        back = {key: tree for each in collections.values() for key, tree in each.items()}

        assert {key: tree for key, (_, tree) in trees.items()} == back
        assert all("id" == next(iter(tree)) for tree in back.values())

    def test_numbered(self, collections, fields):
        """As it stands in its line, a record has its id at the end."""
        row = collections["topics"].numbered("sea")

        assert [fields["id"], "sea"] == row[-2:]
        assert {"id": "sea", "name": "The sea"}.items() <= dict(
            collections["topics"].pack.pairs(row)
        ).items()

    def test_mapping(self, names):
        """It is a mapping that knows its ids without reading a line."""
        part = Packed(Pack(b"", names, []), REGISTRY[0], names[1:3], (0, 0))

        assert 2 == len(part)
        assert names[1:3] == list(part)
        assert names[1] in part
        assert names[0] not in part
        with pytest.raises(KeyError):
            part[names[0]]
