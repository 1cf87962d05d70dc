"""What the classes say of their fields."""

import ast

import pytest

from natodata.export import described as module
from natodata.export.described import described
from natodata.records import REGISTRY, CitedRecord, Operation, Source, typed_fields
from natodata.records.vocabulary import Rank


class TestDescribed:
    """`described`: the texts under attributes."""

    @pytest.mark.parametrize("row", REGISTRY, ids=lambda row: row.collection)
    def test_every_field(self, row):
        """Each field of each record type has a text, also where a base class declares it."""
        texts = described(row.cls)

        assert [] == [each.name for each in typed_fields(row.cls) if not texts.get(each.name)]

    def test_nearest_class_counts(self):
        """What a class says of a field counts, not what its base says of it."""
        assert described(CitedRecord)["note"] != described(Source)["note"]
        assert described(CitedRecord)["note"] == described(Operation)["note"]

    def test_codes(self):
        """The members of a vocabulary are attributes too."""
        assert {"PREFERRED", "NORMAL", "DEPRECATED"} <= set(described(Rank))

    def test_other_classes(self):
        """Nothing is said of a class that is not the package's."""
        assert {} == described(int)

    def test_only_what_stands_under_an_attribute(self):
        """A text under a statement of another kind is no docstring."""
        (node,) = ast.parse(
            "class A:\n    x: int\n    '''An x.'''\n    y = 1\n    print(y)\n    '''No.'''\n"
            "    def f(self): ...\n    z = 2\n    '''A\n       z.'''\n    a.b = 3\n    '''No.'''\n"
        ).body

        assert {"x": "An x.", "z": "A\nz."} == dict(module._under_attributes(node))
