"""The sources as BibTeX and as CSL-JSON, for reference managers.

Of some collections it is the sources that their records cite; of all, every source, also one that
is only named by another.
"""

from collections.abc import Collection, Sequence
from pathlib import Path

from natodata.export.content import records
from natodata.queries.citing import bibliography
from natodata.queries.evidence import evidence
from natodata.records import Source
from natodata.store import Store

__all__ = ["write_bibtex", "write_csl_json"]


def write_bibtex(store: Store, target: Path, collections: Collection[str] | None) -> None:
    """Write the sources as BibTeX; an entry's key is the id of the source."""
    _write(target, bibliography(_sources(store, collections), "bibtex"))


def write_csl_json(store: Store, target: Path, collections: Collection[str] | None) -> None:
    """Write the sources as CSL-JSON; an item's id is that of the source."""
    _write(target, bibliography(_sources(store, collections), "csl-json"))


def _write(target: Path, text: str) -> None:
    target.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _sources(store: Store, collections: Collection[str] | None) -> Sequence[Source]:
    """Return the sources, in the order of their ids."""
    if collections is None:
        collections = {"sources"}
    found: dict[str, Source] = {}
    for record in records(store, collections):
        if isinstance(record, Source):
            found[record.id] = record
        else:
            found.update({each.source.id: each.source for each in evidence(record)})
    return [found[identifier] for identifier in sorted(found)]
