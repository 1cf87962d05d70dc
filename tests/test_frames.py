"""Frames of pandas, Polars and Arrow: types, what is not known, codes that look like values."""

import sys
from datetime import date

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from answers_data import dataset
from hypothesis import given
from hypothesis import strategies as st

from natodata.errors import MissingExtra
from natodata.frames import type_of, whole_days
from natodata.tabular import Table

TABLE = Table(
    ("code", "number", "share", "sure", "day_earliest", "day_latest", "empty", "mixed"),
    [
        ("NA", 0, 1, True, "0001-01-01", "1999-06-12", None, 1),
        ("NO", None, 0.5, None, None, None, None, "x"),
        ("", 2**62, None, False, "9999-12-31", "2024-02-29", None, None),
        (None, -1, None, None, "2003-08-11", None, None, True),
    ],
)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Return the small made-up dataset."""
    return dataset(tmp_path_factory.mktemp("frames"))


class TestTypes:
    """``table.types()``: declared, or else those of the cells."""

    def test_inferred(self):
        """Without a declaration name and cells decide."""
        assert {
            "code": "text",
            "number": "integer",
            "share": "number",
            "sure": "boolean",
            "day_earliest": "day",
            "day_latest": "day",
            "empty": "text",
            "mixed": "text",
        } == TABLE.types()

    def test_declared(self):
        """A declaration holds whatever the cells are, also in a stretch of the table."""
        table = Table(("a", "b"), [(None, None), (1, None)], {"a": "number", "b": "integer"})

        assert {"a": "number", "b": "integer"} == table.types() == table[:1].types()

    def test_unchanged(self):
        """The types cannot be changed from outside."""
        types = {"a": "integer"}
        table = Table(("a",), [], types)
        types["a"] = "text"
        table.types()["a"] = "text"

        assert {"a": "integer"} == table.types()

    @pytest.mark.parametrize(
        ("cells", "expected"),
        [
            ([], True),
            ([None], True),
            (["2003-08-11", None], True),
            (["2003-08"], False),
            (["20030811"], False),
            (["2003-02-30"], False),
            (["soon"], False),
            ([7], False),
        ],
    )
    def test_days(self, cells, expected):
        """Days are written in one way: year, month and day, with hyphens."""
        assert expected is whole_days(cells)
        assert expected is (type_of("x_latest", cells) == "day")

    def test_name(self):
        """Only columns named for first and last days are days."""
        assert "text" == type_of("date", ["2003-08-11"])


class TestPandas:
    """``to_pandas``."""

    def test_types(self):
        """Columns have nullable types, and days reach from the year 1 to 9999."""
        assert [
            "string",
            "Int64",
            "Float64",
            "boolean",
            "datetime64[s]",
            "datetime64[s]",
            "string",
            "string",
        ] == [str(dtype) for dtype in TABLE.to_pandas().dtypes]

    def test_values(self):
        """What is not known is missing; zero, false and the empty text are not."""
        frame = TABLE.to_pandas()

        assert list(TABLE.columns) == list(frame.columns)
        assert ["NA", "NO", "", pd.NA] == [
            pd.NA if pd.isna(cell) else cell for cell in frame["code"]
        ]
        assert [False, True, False, False] == list(frame["number"].isna())
        assert [0, 2**62, -1] == list(frame["number"].dropna())
        assert [1.0, 0.5] == list(frame["share"].dropna())
        assert [True, False] == list(frame["sure"].dropna())
        assert ["1", "x", "True"] == list(frame["mixed"].dropna())
        assert 4 == frame["empty"].isna().sum()

    def test_days(self):
        """Days are dates that can be reckoned with."""
        days = TABLE.to_pandas()["day_latest"]

        assert [pd.Timestamp("1999-06-12"), pd.Timestamp("2024-02-29")] == list(days.dropna())
        assert {1999, 2024} == set(days.dropna().dt.year)

    def test_empty(self):
        """A table without rows has the same columns and types."""
        empty = Table(TABLE.columns, [], TABLE.types()).to_pandas()

        assert 0 == len(empty)
        assert list(TABLE.to_pandas().dtypes) == list(empty.dtypes)

    def test_collection(self, small):
        """A collection is a frame with a row a record; codes survive."""
        frame = small.countries.to_pandas().set_index("id")

        assert ["AA", "NO", "NA"] == list(frame["iso_alpha2"].dropna())
        assert "004" == frame.loc["AAA", "iso_numeric"]
        assert ("Int64", 255) == (str(frame["cow"].dtype), frame.loc["AAA", "cow"])
        assert frame["cow"].isna()["DDD"]

    def test_same_types(self, small):
        """Types do not hang on what a selection happens to hold."""
        some = small.operations.where(kind="combat").to_pandas()

        assert 0 == len(some)
        assert dict(small.operations.to_pandas().dtypes) == dict(some.dtypes)
        assert "boolean" == str(some["combat"].dtype)

    def test_strength(self, small):
        """Strengths can be summed over nations of one sheet, empty cells left out."""
        frame = small.strength("steady", "2009-02").to_pandas()
        nations = frame[frame["row"] == "nation"]

        assert 160 == nations["personnel"].sum() == frame["personnel"].iloc[-1]
        assert 1 == nations["personnel"].isna().sum()


class TestPolars:
    """``to_polars``."""

    def test_types(self):
        """Columns have the types of Polars, and what is not known is null."""
        frame = TABLE.to_polars()

        assert {
            "code": pl.String,
            "number": pl.Int64,
            "share": pl.Float64,
            "sure": pl.Boolean,
            "day_earliest": pl.Date,
            "day_latest": pl.Date,
            "empty": pl.String,
            "mixed": pl.String,
        } == dict(frame.schema)
        assert ["NA", "NO", "", None] == frame["code"].to_list()
        assert [0, None, 2**62, -1] == frame["number"].to_list()
        assert [date(1, 1, 1), None, date(9999, 12, 31), date(2003, 8, 11)] == (
            frame["day_earliest"].to_list()
        )

    def test_empty(self):
        """A table without rows has the same types."""
        empty = Table(TABLE.columns, [], TABLE.types()).to_polars()

        assert TABLE.to_polars().schema == empty.schema

    def test_collection(self, small):
        """A collection is a frame with a row a record."""
        frame = small.countries.to_polars()

        assert ["AA", "NO", "NA", None] == frame["iso_alpha2"].to_list()


class TestArrow:
    """``to_arrow``."""

    def test_types(self):
        """Columns have the types of Arrow, and what is not known is null."""
        table = TABLE.to_arrow()

        assert [
            pa.string(),
            pa.int64(),
            pa.float64(),
            pa.bool_(),
            pa.date32(),
            pa.date32(),
            pa.string(),
            pa.string(),
        ] == table.schema.types
        assert ["NA", "NO", "", None] == table.column("code").to_pylist()
        assert [True, None, False, None] == table.column("sure").to_pylist()

    def test_empty(self):
        """A table without rows has the same types."""
        empty = Table(TABLE.columns, [], TABLE.types()).to_arrow()

        assert TABLE.to_arrow().schema == empty.schema

    def test_collection(self, small):
        """A collection is a table with a row a record."""
        table = small.countries.to_arrow()

        assert ["AA", "NO", "NA", None] == table.column("iso_alpha2").to_pylist()


class TestMissing:
    """Libraries that are not installed."""

    @pytest.mark.parametrize(
        ("method", "library", "extra"),
        [
            ("to_pandas", "pandas", "pandas"),
            ("to_polars", "polars", "polars"),
            ("to_arrow", "pyarrow", "arrow"),
        ],
    )
    def test_message(self, monkeypatch, small, method, library, extra):
        """The error says what to install; it is an ImportError that names the library."""
        monkeypatch.setitem(sys.modules, library, None)
        for source in (TABLE, small.countries):
            with pytest.raises(MissingExtra) as caught:
                getattr(source, method)()
            assert f'{library} is not installed: run pip install "natodata[{extra}]"' == str(
                caught.value
            )
            assert library == caught.value.name
            assert isinstance(caught.value, ImportError)


cells = {
    "text": st.text(),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False),
    "boolean": st.booleans(),
    "day": st.dates().map(str),
}


@st.composite
def typed_tables(draw):
    """Draw tables with a column of each type, and cells that are not known among them."""
    size = draw(st.integers(0, 5))
    columns = [
        draw(st.lists(st.none() | strategy, min_size=size, max_size=size))
        for strategy in cells.values()
    ]
    types = {name: name for name in cells}
    return Table(list(cells), list(zip(*columns, strict=True)), types)


class TestRoundTrip:
    """Through a frame and back."""

    @given(typed_tables())
    def test_all(self, table):
        """Every cell comes back as it was from each of the libraries."""
        pandas, polars, arrow = table.to_pandas(), table.to_polars(), table.to_arrow()
        for name in table.columns:
            found = [
                [None if pd.isna(cell) else cell for cell in pandas[name]],
                polars[name].to_list(),
                arrow.column(name).to_pylist(),
            ]
            if name == "day":
                found = [[day and str(day)[:10] for day in each] for each in found]
            assert [list(table.column(name))] * 3 == found
