"""A folder of Parquet files, one for each table.

Columns have the types of `natodata.Table.to_arrow`; what the dataset says of itself stands in the
metadata of each file, under keys that begin with ``natodata.``; so do the keys of the table
(``natodata.key``) and where its references lead (``natodata.references``). Tables without rows
have a file too, so that a program finds the same files whatever the data hold.
"""

from collections.abc import Collection
from pathlib import Path

from natodata.export.content import Sheet, notes_of, sheets
from natodata.frames import library
from natodata.queries.tables import layout
from natodata.store import Store

__all__ = ["NAMES", "write"]

NAMES = frozenset(f"{table}.parquet" for table in layout())
"""Names of files that an export may write."""


def write(store: Store, target: Path, collections: Collection[str] | None) -> None:
    """Write each table of a dataset, or of some of its collections, into a folder.

    Raises:
        MissingExtra: PyArrow is not installed.
    """
    parquet = library("pyarrow.parquet", "arrow")
    notes = {f"natodata.{name}": value for name, value in notes_of(store).items()}
    for sheet in sheets(store, collections):
        # Only these notes, none for one library: a reader in any language sees plain columns.
        table = sheet.table.to_arrow().replace_schema_metadata(notes | _keys(sheet))
        parquet.write_table(table, target / f"{sheet.name}.parquet")


def _keys(sheet: Sheet) -> dict[str, str]:
    """Return what the format itself cannot say: which columns are keys, and where they lead."""
    foreign = [f"{each.name} -> {each.refers_to}.id" for each in sheet.columns if each.refers_to]
    return {"natodata.key": ", ".join(sheet.key), "natodata.references": ", ".join(foreign)}
