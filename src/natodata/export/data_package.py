"""A Frictionless Data Package, version 2: CSV files and ``datapackage.json``.

A CSV file has no types, so three things are settled here, and undone by `unguarded`:

* What is not known is an empty cell.
* A text that a spreadsheet would run as a formula (it begins with one of ``= + - @``, their wide
  forms, a tab or a line end) has an apostrophe before it.
* So that this can be undone, a text that begins with an apostrophe has one more, and an empty text
  is an apostrophe alone.

So: take one apostrophe from the beginning of every text that has one, and you have the data.
"""

import json
from collections.abc import Collection
from pathlib import Path

from natodata.export.content import LICENCE, LICENCE_ADDRESS, Sheet, notes_of, records, sheets
from natodata.export.text import FORMULA
from natodata.queries.tables import ColumnOf, layout
from natodata.records import Source
from natodata.store import Store
from natodata.tabular import Cell

__all__ = ["NAMES", "guarded", "unguarded", "write"]

NAMES = frozenset({"datapackage.json", *(f"{table}.csv" for table in layout())})
"""Names of files that an export may write."""

_PROFILES = "https://datapackage.org/profiles/2.0"
_TYPES = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "day": "date",
}
_GUARD = "'"
_GUARD_EXPLAINED = (
    "A text that a spreadsheet would run as a formula, or that begins with an apostrophe, has an "
    "apostrophe before it: take one apostrophe from the beginning of every text that has one."
)


def guarded(text: str) -> str:
    """Return a text as a CSV cell, which no spreadsheet runs and which is not empty.

    Examples:
        >>> guarded("=1+1"), guarded("plain"), guarded("'s"), guarded("")
        ("'=1+1", 'plain', "''s", "'")
    """
    return f"{_GUARD}{text}" if text == "" or text.startswith((_GUARD, *FORMULA)) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell that `guarded` made.

    Examples:
        >>> unguarded("'=1+1"), unguarded("plain")
        ('=1+1', 'plain')
    """
    return cell.removeprefix(_GUARD)


def write(store: Store, target: Path, collections: Collection[str] | None) -> None:
    """Write each table of a dataset, or of some of its collections, and their description."""
    found = sheets(store, collections)
    for sheet in found:
        _write_csv(target / f"{sheet.name}.csv", sheet)
    described = json.dumps(_package(store, found), ensure_ascii=False, indent=2)
    (target / "datapackage.json").write_text(f"{described}\n", encoding="utf-8", newline="\n")


def _write_csv(path: Path, sheet: Sheet) -> None:
    import csv

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(sheet.table.columns)
        writer.writerows([_cell(cell) for cell in row] for row in sheet.table.rows)


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return guarded(cell) if isinstance(cell, str) else cell


# --- the description ---------------------------------------------------------------------------


def _package(store: Store, found: tuple[Sheet, ...]) -> dict[str, object]:
    notes = notes_of(store)
    as_of = f" As of {notes['as_of']}." if "as_of" in notes else ""
    kept = f" Kept up to {notes['current_to']}." if "current_to" in notes else ""
    package: dict[str, object] = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "natodata",
        "title": notes["title"],
        "description": f"{notes['title']}.{as_of}{kept} {_GUARD_EXPLAINED}",
        "licenses": [{"name": LICENCE, "path": LICENCE_ADDRESS}],
    }
    if "version" in notes:
        package["version"] = notes["version"]
    sources = [_source(each) for each in records(store, {"sources"}) if isinstance(each, Source)]
    if sources:
        package["sources"] = sources
    package["resources"] = [_resource(sheet) for sheet in found]
    return package


def _source(source: Source) -> dict[str, str]:
    found = {"title": source.title}
    if source.address and source.address.startswith(("https://", "http://")):
        found["path"] = source.address
    if source.date or source.updated:
        found["version"] = str(source.date or source.updated)
    return found


def _resource(sheet: Sheet) -> dict[str, object]:
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": sheet.name,
        "path": f"{sheet.name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(sheet),
    }


def _schema(sheet: Sheet) -> dict[str, object]:
    schema: dict[str, object] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(column, sheet) for column in sheet.columns],
        "missingValues": [""],
    }
    if sheet.whole_key:
        schema["primaryKey"] = list(sheet.key)
    foreign = [_foreign(column) for column in sheet.columns if column.refers_to]
    if foreign:
        schema["foreignKeys"] = foreign
    return schema


def _field(column: ColumnOf, sheet: Sheet) -> dict[str, object]:
    field: dict[str, object] = {"name": column.name, "type": _TYPES[column.type]}
    if column.name in sheet.key and column.name != "piece":
        field["constraints"] = {"required": True}
    return field


def _foreign(column: ColumnOf) -> dict[str, object]:
    reference = {"resource": column.refers_to, "fields": ["id"]}
    return {"fields": [column.name], "reference": reference}
