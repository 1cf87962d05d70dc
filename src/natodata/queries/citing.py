"""References to the data and its sources, for papers and reference managers."""

import json
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import TypeAlias

from natodata.dates import PartialDate, Period, When
from natodata.errors import BadArgument
from natodata.loading.wording import nearest
from natodata.queries.evidence import evidence
from natodata.records import Record, Source
from natodata.store import Store

__all__ = ["STYLES", "bibliography", "cite", "cite_dataset"]

_TEX = str.maketrans(
    {
        **{mark: f"\\{mark}" for mark in "&%$#_{}"},
        "\\": r"{\textbackslash}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
    }
)
_SPELT_OUT = _TEX | {ord("{"): r"{\textbraceleft}", ord("}"): r"{\textbraceright}"}
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


def bibliography(sources: Sequence[Source], style: str) -> str:
    """Return references to sources, in their order, in a style.

    Raises:
        BadArgument: There is no such style.
    """
    return _writer(style)(sources)


def cite_dataset(store: Store, style: str) -> str:
    """Return a reference to the dataset itself, in a style."""
    write = _writer(style)
    notes = store.notes
    title = notes.title or "natodata"
    return write([_DatasetReference(title, notes.version, notes.current_to)])


class _DatasetReference:
    """A dataset, seen as something to refer to."""

    id = "natodata"
    authors = (_PUBLISHER,)
    publisher = _PUBLISHER
    address = None
    retrieved = None
    updated = None
    language = None

    def __init__(self, title: str, version: str | None, date: When | None) -> None:
        self.title = f"{title}, data version {version}" if version else title
        self.version = version
        self.date = date


_Cited: TypeAlias = Source | _DatasetReference


def _writer(style: str) -> Callable[[Sequence[_Cited]], str]:
    if style not in _WRITERS:
        near = nearest(str(style), STYLES)
        hint = f"; did you mean {near!r}?" if near else ""
        raise BadArgument(f"expected a style of {', '.join(STYLES)}, got {style!r}{hint}")
    return _WRITERS[style]


def _dates(source: _Cited) -> tuple[PartialDate, ...]:
    """Return when a source was published: a date, or the first and last of a span, or none."""
    when = source.date or source.updated
    edges = (when.start, when.end) if isinstance(when, Period) else (when,)
    return tuple(edge for edge in edges if isinstance(edge, PartialDate))


def _issued(source: _Cited) -> PartialDate | None:
    return next(iter(_dates(source)), None)


# --- BibTeX ----------------------------------------------------------------------------------


def _bibtex(sources: Sequence[_Cited]) -> str:
    return "\n\n".join(_entry(source) for source in sources)


def _entry(source: _Cited) -> str:
    date, seen = _issued(source), source.retrieved
    fields = {
        "author": " and ".join("{" + _tex(name) + "}" for name in source.authors),
        "title": "{" + _tex(source.title) + "}",
        "publisher": _tex(source.publisher or ""),
        "year": f"{date.year}" if date else "",
        "month": f"{date.month}" if date and date.month else "",
        "url": _address(source.address),
        "urldate": str(seen) if seen else "",
        "version": _tex(source.version or "") if isinstance(source, _DatasetReference) else "",
        "language": source.language or "",
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    return "\n".join([f"@misc{{{source.id},", *lines, "}"])


def _tex(text: str) -> str:
    """Return text as TeX; BibTeX counts braces even where a backslash stands before them."""
    depths = list(accumulate(((c == "{") - (c == "}") for c in text), initial=0))
    balanced = min(depths) == 0 == depths[-1]
    return text.translate(_TEX if balanced else _SPELT_OUT)


def _address(text: str | None) -> str:
    return (text or "").replace("{", "%7B").replace("}", "%7D")


# --- CSL-JSON --------------------------------------------------------------------------------


def _csl(sources: Sequence[_Cited]) -> str:
    return json.dumps([_item(source) for source in sources], ensure_ascii=False, indent=2)


def _item(source: _Cited) -> dict[str, object]:
    kind = "webpage" if source.address else "document"
    kind = "dataset" if isinstance(source, _DatasetReference) else kind
    item: dict[str, object] = {"id": source.id, "type": kind, "title": source.title}
    if source.authors:
        item["author"] = [{"literal": name} for name in source.authors]
    if source.publisher:
        item["publisher"] = source.publisher
    if source.address:
        item["URL"] = source.address
    if source.language:
        item["language"] = source.language
    if isinstance(source, _DatasetReference) and source.version:
        item["version"] = source.version
    seen = source.retrieved
    for key, dates in (("issued", _dates(source)), ("accessed", (seen,) if seen else ())):
        if dates:
            item[key] = _date_variable(dates)
    return item


def _date_variable(dates: Sequence[PartialDate]) -> dict[str, object]:
    """Return a date, or the first and last of a span, as CSL writes them."""
    parts = [[part for part in (d.year, d.month, d.day) if part is not None] for d in dates]
    found: dict[str, object] = {"date-parts": parts}
    if any(date.qualified for date in dates):
        found["circa"] = True
    return found


# --- plain text ------------------------------------------------------------------------------


def _text(sources: Sequence[_Cited]) -> str:
    return "\n".join(_line(source) for source in sources)


def _line(source: _Cited) -> str:
    who = ", ".join(source.authors) or source.publisher or "anonymous"
    date = "/".join(map(str, _dates(source)))
    parts = [f"{who} ({date or 'no date'}). {source.title}."]
    if source.publisher and source.publisher != who:
        parts.append(f"{source.publisher}.")
    if source.address:
        parts.append(source.address)
    if source.retrieved:
        parts.append(f"(read {source.retrieved})")
    return " ".join(parts)


_WRITERS: dict[str, Callable[[Sequence[_Cited]], str]] = {
    "bibtex": _bibtex,
    "csl-json": _csl,
    "text": _text,
}
STYLES = tuple(_WRITERS)
"""Styles of reference."""
