"""Tables: rows and columns that never change."""

import copy

import pytest
from small import pickled

from natodata.errors import BadArgument, NotFound
from natodata.tabular import Table

TABLE = Table(["country", "personnel"], [["ITA", 600], ("AUT", None), ("NOR", 7)])


class TestMaking:
    """A table checks its form once."""

    def test_lists_become_tuples(self):
        """Nothing that the caller still holds can change the table."""
        row = ["ITA", 600]
        rows = [row]
        table = Table(["country", "personnel"], rows)
        row[1] = 0
        rows.clear()

        assert (("ITA", 600),) == table.rows
        assert ("country", "personnel") == table.columns

    @pytest.mark.parametrize("row", [[], [1], [1, 2, 3]])
    def test_uneven(self, row):
        """A row with a cell too many or too few is refused, and named."""
        with pytest.raises(BadArgument, match=f"2 columns, got {len(row)} in row 1"):
            Table(["a", "b"], [[1, 2], row])

    def test_same_names(self):
        """Two columns of one name could not be told apart."""
        with pytest.raises(BadArgument, match="different names, got"):
            Table(["a", "a"], [])


class TestImmutability:
    """Nothing of a table can be set or deleted."""

    @pytest.mark.parametrize("name", ["rows", "columns", "other"])
    def test_set(self, name):
        """Setting any attribute is refused."""
        with pytest.raises(AttributeError, match=f"{name!r} cannot be set"):
            setattr(TABLE, name, ())

    @pytest.mark.parametrize("name", ["rows", "columns"])
    def test_delete(self, name):
        """Deleting is refused as well."""
        with pytest.raises(AttributeError, match=f"{name!r} cannot be deleted"):
            delattr(TABLE, name)


class TestSequence:
    """A table is a sequence of its rows."""

    def test_rows(self):
        """Index, length, iteration and membership are those of a tuple of rows."""
        assert ("ITA", 600) == TABLE[0]
        assert ("NOR", 7) == TABLE[-1]
        assert 3 == len(TABLE)
        assert [("ITA", 600), ("AUT", None), ("NOR", 7)] == list(TABLE)
        assert ("AUT", None) in TABLE

    def test_slice(self):
        """A stretch of rows is a table with the same columns."""
        assert Table(("country", "personnel"), [("AUT", None), ("NOR", 7)]) == TABLE[1:]

    def test_equality(self):
        """Columns and rows decide, and the hash agrees; a list of rows is not a table."""
        same = Table(TABLE.columns, TABLE.rows)

        assert same == TABLE
        assert hash(same) == hash(TABLE)
        assert TABLE[:2] != TABLE
        assert Table(("land", "personnel"), TABLE.rows) != TABLE
        assert list(TABLE) != TABLE

    @pytest.mark.parametrize(
        "again",
        [copy.copy, copy.deepcopy, pickled],
        ids=["copy", "deepcopy", "pickle"],
    )
    def test_copies(self, again):
        """Copies and pickles are equal."""
        assert again(TABLE) == TABLE


class TestColumn:
    """`column` gives the cells of a column."""

    def test_cells(self):
        """They come from the top, and what is not known stays `None`."""
        assert (600, None, 7) == TABLE.column("personnel")

    def test_unknown(self):
        """A name that is none is a `KeyError` that lists those there are."""
        with pytest.raises(NotFound, match="no column 'x': there are country, personnel"):
            TABLE.column("x")


class TestDicts:
    """`dicts` gives a dict for each row."""

    def test_new_each_time(self):
        """What the caller does to them does not reach the table."""
        TABLE.dicts()[0]["personnel"] = 0

        assert {"country": "ITA", "personnel": 600} == TABLE.dicts()[0]
        assert 3 == len(TABLE.dicts())


class TestText:
    """`repr` is short, `str` shows all."""

    def test_repr(self):
        """Size and columns."""
        assert "<Table: 3 rows of country, personnel>" == repr(TABLE)

    def test_str(self):
        """Numbers stand to the right, texts to the left; no line ends in spaces."""
        lines = [
            "country  personnel",
            "-------  ---------",
            "ITA            600",
            "AUT",
            "NOR              7",
        ]

        assert lines == str(TABLE).split("\n")

    def test_no_rows(self):
        """Head and rule are there without rows."""
        assert "a  bb\n-  --" == str(Table(("a", "bb"), []))
