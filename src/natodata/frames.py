"""Columns of cells to the frames of pandas, Polars and Arrow, which are imported when asked for.

A column is a name, the type of its cells and the cells, where `None` is "not known". Types:

* ``text``, ``integer``, ``number`` (with a fraction), ``boolean``;
* ``day``: text such as ``2003-08-11``, which becomes a date.

Every frame keeps "not known" apart from zero, false and the empty text. Nothing goes through a
text file on the way, so the codes of Namibia (``NA``) and Norway (``NO``) stay what they are.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from natodata.errors import MissingExtra

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = [
    "TYPES",
    "Column",
    "library",
    "type_of",
    "whole_days",
    "write_arrow",
    "write_pandas",
    "write_polars",
]

TYPES = ("text", "integer", "number", "boolean", "day")
"""Types of columns."""
_PANDAS = {
    "text": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    # Seconds reach from the year 1 to 9999; the nanoseconds of old do not.
    "day": "datetime64[s]",
}


class Column(NamedTuple):
    """A column on its way to a frame."""

    name: str
    """Its name."""
    type: str
    """One of `TYPES`."""
    cells: Sequence[str | float | bool | None]
    """Its cells, from the top."""


def type_of(name: str, cells: Sequence[object]) -> str:
    """Return the type of a column that nobody declared, from its name and cells.

    Cells of several types make it text, unless they are numbers with and without a fraction.
    """
    kinds = {type(cell) for cell in cells if cell is not None}
    if name.endswith(("_earliest", "_latest")) and whole_days(cells):
        return "day"
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        return "integer"
    return "number" if kinds and kinds <= {int, float} else "text"


def whole_days(cells: Sequence[object]) -> bool:
    """Return whether all cells that are known are texts such as ``2003-08-11``."""
    try:
        return all(_day(cell) is None or str(_day(cell)) == cell for cell in cells)
    except (TypeError, ValueError):
        return False


def _day(cell: object) -> date | None:
    return None if cell is None else date.fromisoformat(cell)  # type: ignore[arg-type]


def _values(column: Column) -> list[object]:
    """Return the cells as values of the column's type."""
    if column.type == "day":
        return list(map(_day, column.cells))
    if column.type == "text":
        return [None if cell is None else str(cell) for cell in column.cells]
    if column.type == "number":
        return [None if cell is None else float(cell) for cell in column.cells]
    return list(column.cells)


def library(name: str, extra: str) -> "ModuleType":
    """Return an optional library, imported.

    Args:
        name: What to import.
        extra: The extra of natodata that brings it.

    Raises:
        MissingExtra: It is not installed.
    """
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        name = name.partition(".")[0]
        message = f'{name} is not installed: run pip install "natodata[{extra}]"'
        raise MissingExtra(message, name=name) from error


def write_pandas(columns: Sequence[Column]) -> "pd.DataFrame":
    """Return a pandas data frame: ``string``, ``Int64``, ``Float64``, ``boolean``, days as dates.

    Raises:
        MissingExtra: pandas is not installed.
    """
    pandas = library("pandas", "pandas")
    series = {
        column.name: pandas.Series(_values(column), dtype=_PANDAS[column.type])
        for column in columns
    }
    frame: pd.DataFrame = pandas.DataFrame(series)
    return frame


def write_polars(columns: Sequence[Column]) -> "pl.DataFrame":
    """Return a Polars data frame: ``String``, ``Int64``, ``Float64``, ``Boolean``, ``Date``.

    Raises:
        MissingExtra: Polars is not installed.
    """
    polars = library("polars", "polars")
    types = {
        "text": polars.String,
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
        "day": polars.Date,
    }
    frame: pl.DataFrame = polars.DataFrame(
        [polars.Series(each.name, _values(each), dtype=types[each.type]) for each in columns]
    )
    return frame


def write_arrow(columns: Sequence[Column]) -> "pa.Table":
    """Return an Arrow table: ``string``, ``int64``, ``double``, ``bool``, ``date32``.

    Raises:
        MissingExtra: PyArrow is not installed.
    """
    arrow = library("pyarrow", "arrow")
    types = {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "day": arrow.date32(),
    }
    arrays = [arrow.array(_values(each), type=types[each.type]) for each in columns]
    table: pa.Table = arrow.Table.from_arrays(arrays, names=[each.name for each in columns])
    return table
