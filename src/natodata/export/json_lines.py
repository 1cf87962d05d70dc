"""JSON Lines: one record a line, as the YAML says it.

Each line is an object: ``collection`` first, then every field that holds something. References are
ids, dates are EDTF texts. The objects of a collection (less that key), put in a list under its
name, are data that `natodata.Dataset.from_yaml` reads again.
"""

import json
from collections.abc import Collection
from pathlib import Path
from typing import cast

from natodata.export.content import records
from natodata.export.text import plain
from natodata.loading.catalogue import collection_of
from natodata.records import Record
from natodata.store import Store

__all__ = ["line", "write"]


def write(store: Store, target: Path, collections: Collection[str] | None) -> None:
    """Write the records of a dataset, or of some of its collections, each as a line of JSON."""
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for record in records(store, collections):
            file.write(f"{line(record)}\n")


def line(record: Record) -> str:
    """Return a record as a line of JSON, without a line end.

    No text of the data holds a mark, other than the ones JSON escapes, at which a reader could
    split the line: the loader refuses them.

    Examples:
        >>> import natodata
        >>> line(natodata.countries["IRQ"])[:39]
        '{"collection": "countries", "id": "IRQ"'
    """
    tagged = {
        "collection": collection_of(type(record)),
        **cast("dict[str, object]", plain(record)),
    }
    return json.dumps(tagged, ensure_ascii=False)
