"""References to the data and its sources, for papers and reference managers."""

import json
import re
from collections.abc import Callable, Sequence

from natodata.dates import Limit, PartialDate, Period, When
from natodata.errors import BadArgument
from natodata.queries.evidence import evidence
from natodata.records import Record, Source
from natodata.store import Store

__all__ = ["STYLES", "cite", "cite_dataset"]

_SPECIAL = re.compile(r"([&%$#_{}])")
_PUBLISHER = "the natodata maintainers"


def cite(record: Record, style: str) -> str:
    """Return references to the sources of a record, or to a source itself, in a style.

    Raises:
        BadArgument: There is no such style.
    """
    write = _writer(style)
    if isinstance(record, Source):
        return write([record])
    return write(list(dict.fromkeys(citation.source for citation in evidence(record))))


def cite_dataset(store: Store, style: str) -> str:
    """Return a reference to the dataset itself, in a style."""
    write = _writer(style)
    notes = store.notes
    version = notes.version or "unversioned"
    title = notes.title or "natodata"
    source = _DatasetReference(title, version, notes.current_to)
    return write([source])


class _DatasetReference:
    """A dataset, seen as something to refer to."""

    id = "natodata"
    authors = (_PUBLISHER,)
    publisher = _PUBLISHER
    address = None
    retrieved = None
    updated = None

    def __init__(self, title: str, version: str, date: When | None) -> None:
        self.title = f"{title}, data version {version}"
        self.date = date


def _writer(style: str) -> Callable[[Sequence[Source | _DatasetReference]], str]:
    if style not in _WRITERS:
        raise BadArgument(f"expected a style of {', '.join(STYLES)}, got {style!r}")
    return _WRITERS[style]


def _day(when: When | None) -> PartialDate | None:
    if isinstance(when, Period):
        edge = when.end if isinstance(when.start, Limit) else when.start
        return None if isinstance(edge, Limit) else edge
    return when


def _dated(source: Source | _DatasetReference) -> PartialDate | None:
    return _day(source.date) or source.updated


# --- BibTeX ----------------------------------------------------------------------------------


def _bibtex(sources: Sequence[Source | _DatasetReference]) -> str:
    return "\n\n".join(_entry(source) for source in sources)


def _entry(source: Source | _DatasetReference) -> str:
    date, seen = _dated(source), source.retrieved
    fields = {
        "author": " and ".join("{" + _tex(name) + "}" for name in source.authors),
        "title": "{" + _tex(source.title) + "}",
        "publisher": _tex(source.publisher or ""),
        "year": f"{date.year}" if date else "",
        "month": f"{date.month}" if date and date.month else "",
        "url": source.address or "",
        "urldate": str(seen) if seen else "",
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    return "\n".join([f"@misc{{{source.id},", *lines, "}"])


def _tex(text: str) -> str:
    plain = text.replace("\\", r"\textbackslash ")
    return _SPECIAL.sub(r"\\\1", plain)


# --- CSL-JSON --------------------------------------------------------------------------------


def _csl(sources: Sequence[Source | _DatasetReference]) -> str:
    return json.dumps([_item(source) for source in sources], ensure_ascii=False, indent=2)


def _item(source: Source | _DatasetReference) -> dict[str, object]:
    kind = "dataset" if isinstance(source, _DatasetReference) else "webpage"
    item: dict[str, object] = {"id": source.id, "type": kind, "title": source.title}
    if source.authors:
        item["author"] = [{"literal": name} for name in source.authors]
    if source.publisher:
        item["publisher"] = source.publisher
    if source.address:
        item["URL"] = source.address
    for key, date in (("issued", _dated(source)), ("accessed", source.retrieved)):
        if date is not None:
            parts = [part for part in (date.year, date.month, date.day) if part is not None]
            item[key] = {"date-parts": [parts]}
    return item


# --- plain text ------------------------------------------------------------------------------


def _text(sources: Sequence[Source | _DatasetReference]) -> str:
    return "\n".join(_line(source) for source in sources)


def _line(source: Source | _DatasetReference) -> str:
    who = ", ".join(source.authors) or source.publisher or "anonymous"
    date = _dated(source)
    parts = [f"{who} ({date or 'no date'}). {source.title}."]
    if source.publisher and source.publisher != who:
        parts.append(f"{source.publisher}.")
    if source.address:
        parts.append(source.address)
    if source.retrieved:
        parts.append(f"(read {source.retrieved})")
    return " ".join(parts)


_WRITERS: dict[str, Callable[[Sequence[Source | _DatasetReference]], str]] = {
    "bibtex": _bibtex,
    "csl-json": _csl,
    "text": _text,
}
STYLES = tuple(_WRITERS)
"""Styles of reference."""
