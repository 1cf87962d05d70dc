"""Rows and columns, on their way to the libraries that people analyse with."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias, overload

from natodata.displayed import Displayed
from natodata.errors import BadArgument, NotFound

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from natodata.frames import Column

__all__ = ["Cell", "Row", "Table"]

Cell: TypeAlias = str | int | float | bool | None
"""What a cell holds; `None` is "not known", which is neither zero nor an empty text."""
Row: TypeAlias = tuple[Cell, ...]


class Table(Sequence[Row], Displayed):
    """Rows of cells under named columns; it never changes.

    Raises:
        BadArgument: Two columns have one name, or a row has more or fewer cells than columns.

    Examples:
        >>> table = Table(("country", "personnel"), [("ITA", 600), ("AUT", None)])
        >>> print(table)
        country  personnel
        -------  ---------
        ITA            600
        AUT
        >>> table.column("personnel")
        (600, None)
    """

    __slots__ = ("_types", "columns", "rows")

    columns: tuple[str, ...]
    """Names of the columns."""
    rows: tuple[Row, ...]
    """The rows, each with a cell for every column."""
    _types: Mapping[str, str]

    def __init__(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        types: Mapping[str, str] | None = None,
    ) -> None:
        object.__setattr__(self, "columns", tuple(columns))
        object.__setattr__(self, "_types", MappingProxyType(dict(types or {})))
        object.__setattr__(self, "rows", tuple(tuple(row) for row in rows))
        width = len(self.columns)
        if len(set(self.columns)) < width:
            raise BadArgument(f"expected columns with different names, got {self.columns}")
        for number, row in enumerate(self.rows):
            if len(row) != width:
                got = f"{len(row)} in row {number}"
                raise BadArgument(f"expected a cell for each of {width} columns, got {got}")

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a table cannot change."""
        raise AttributeError(f"a table cannot change, so {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        """Refuse: a table cannot change."""
        raise AttributeError(f"a table cannot change, so {name!r} cannot be deleted")

    def __reduce__(self) -> tuple[object, ...]:
        """Copy and pickle by its columns and rows."""
        return Table, (self.columns, self.rows, dict(self._types))

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> "Table": ...
    def __getitem__(self, index: int | slice) -> "Row | Table":
        """Return a row by position, or a table of a stretch of rows."""
        if isinstance(index, slice):
            return Table(self.columns, self.rows[index], self._types)
        return self.rows[index]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""
        return iter(self.rows)

    def __eq__(self, other: object) -> bool:
        """Return whether both have the same columns and rows."""
        if not isinstance(other, Table):
            return NotImplemented
        return self.columns == other.columns and self.rows == other.rows

    def __hash__(self) -> int:
        """Return a hash that agrees with equality."""
        return hash((self.columns, self.rows))

    def column(self, name: str) -> tuple[Cell, ...]:
        """Return the cells of a column, from the top.

        Raises:
            NotFound: There is no such column. It is a `KeyError`.
        """
        if name not in self.columns:
            raise NotFound(f"no column {name!r}: there are {', '.join(self.columns)}")
        at = self.columns.index(name)
        return tuple(row[at] for row in self.rows)

    def dicts(self) -> list[dict[str, Cell]]:
        """Return a new list with a new dict for each row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def types(self) -> dict[str, str]:
        """Return the type of each column: ``text``, ``integer``, ``number``, ``boolean``, ``day``.

        Tables of the data have the same types whatever stands in them; elsewhere, as in answers
        to SQL, the types are those of the cells. A ``day`` is a text such as ``2003-08-11``.
        """
        from natodata.frames import type_of

        return {
            name: self._types.get(name) or type_of(name, self.column(name))
            for name in self.columns
        }

    # --- to other libraries --------------------------------------------------------------------

    def to_pandas(self) -> "pd.DataFrame":
        """Return a pandas data frame of nullable types.

        Texts are ``string``, numbers ``Int64`` and ``Float64``, truths ``boolean``; what is not
        known is ``<NA>``, which is not zero. Days (columns that end in ``_earliest`` and
        ``_latest``) are ``datetime64``; dates as a source gives them stay EDTF text.

        Raises:
            MissingExtra: pandas is not installed; the message says how to.
        """
        from natodata.frames import write_pandas

        return write_pandas(self._for_frames())

    def to_polars(self) -> "pl.DataFrame":
        """Return a Polars data frame; days are ``Date``, see `to_pandas` for the rest.

        Raises:
            MissingExtra: Polars is not installed; the message says how to.
        """
        from natodata.frames import write_polars

        return write_polars(self._for_frames())

    def to_arrow(self) -> "pa.Table":
        """Return an Arrow table; days are ``date32``, see `to_pandas` for the rest.

        Raises:
            MissingExtra: PyArrow is not installed; the message says how to.
        """
        from natodata.frames import write_arrow

        return write_arrow(self._for_frames())

    def _for_frames(self) -> "list[Column]":
        from natodata.frames import Column

        return [Column(name, kind, self.column(name)) for name, kind in self.types().items()]

    def __repr__(self) -> str:
        """Return its size and columns."""
        return f"<Table: {len(self)} rows of {', '.join(self.columns)}>"

    def __str__(self) -> str:
        """Return the table as text, numbers to the right."""
        cells = [["" if cell is None else str(cell) for cell in row] for row in self.rows]
        widths = [
            max([len(name), *(len(row[at]) for row in cells)])
            for at, name in enumerate(self.columns)
        ]
        lines = [self.columns, ["-" * width for width in widths]]
        text = ["  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) for line in lines]
        for row, shown in zip(self.rows, cells, strict=True):
            aligned = [
                cell.rjust(width) if isinstance(value, int | float) else cell.ljust(width)
                for value, cell, width in zip(row, shown, widths, strict=True)
            ]
            text.append("  ".join(aligned))
        return "\n".join(line.rstrip() for line in text)
