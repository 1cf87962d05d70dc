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
    content = b"head\n"
    places = {}
    for row in REGISTRY:
        ids = [name for name in names if trees[name][0] is row.cls]
        part = line(ids) + b"".join(
            packed(row.cls, trees[name][1], numbers, fields) for name in ids
        )
        places[row] = len(ids), (len(content), len(content) + len(part))
        content += part
    pack = Pack(content, list(fields))
    pack.parts += [Packed(pack, row, *place) for row, place in places.items()]
    return {row.collection: part for row, part in zip(REGISTRY, pack.parts, strict=True)}


def mapping(row):
    """Return what a list of names and values in turn says."""
    return dict(zip(row[::2], row[1::2], strict=True))


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
        assert mapping(row) == {
            fields["name"]: "Patrols",
            fields["broader"]: numbers["sea"],
            fields["definition"]: "Looking after the sea.",
        }
        assert "patrol" == tree["id"]

    def test_put_off(self, trees, names, fields):
        """A list that is deferred is one text; what is deferred within it is not one once more."""
        numbers = {name: number for number, name in enumerate(names)}
        cls, tree = trees["calm"]
        said = mapping(json.loads(packed(cls, tree, numbers, fields)))
        basis = mapping(json.loads(said[fields["legal_bases"]])[0])
        step = mapping(said[fields["milestones"]][0])

        source = tree["legal_bases"][0]["citations"][0]["source"]
        assert mapping(basis[fields["citations"]][0])[fields["source"]] == numbers[source]
        assert isinstance(json.loads(step[fields["citations"]]), list)

    def test_odd(self):
        """A list that has a name without a value is refused."""
        with pytest.raises(ValueError, match="shorter than argument 1"):
            list(Pack(b"", ["id", "name"]).pairs([0, "a", 1]))

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
        """It is a mapping that knows its ids without reading the line of a record."""
        content = b"head\n" + line(names[1:3])
        part = Packed(Pack(content, []), REGISTRY[0], 2, (5, len(content)))

        assert 2 == len(part)
        assert names[1:3] == list(part)
        assert names[1] in part
        assert names[0] not in part
        with pytest.raises(KeyError):
            part[names[0]]
