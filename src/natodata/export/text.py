"""Tables and records as text: CSV, JSON, Markdown, and plain lines to read."""

import json
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any

from attrs import fields, has

from natodata.dates import PartialDate, Period
from natodata.errors import BadArgument
from natodata.queries.timeline import label_of
from natodata.records import (
    Citation,
    Claim,
    Figure,
    Held,
    Lasting,
    Milestone,
    Record,
)
from natodata.tabular import Cell, Table

__all__ = ["FORMATS", "FORMULA", "plain", "record_lines", "table_text"]

FORMATS = ("table", "csv", "json", "md")
"""Forms in which a table can be written."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Beginnings that make a text a formula to some spreadsheet."""


def table_text(table: Table, form: str) -> str:
    """Return a table as text in one of `FORMATS`, without a line end at the end.

    In CSV, a text that a spreadsheet would take for a formula gets an apostrophe before it.

    Raises:
        BadArgument: There is no such form.
    """
    if form == "table":
        return str(table)
    if form == "csv":
        return _csv(table)
    if form == "json":
        return json.dumps(table.dicts(), ensure_ascii=False, indent=2)
    if form == "md":
        return _markdown(table)
    raise BadArgument(f"expected a form of {', '.join(FORMATS)}, got {form!r}")


def _csv(table: Table) -> str:
    import csv

    lines = _Lines()
    # The writer puts quotes around what holds a character of its line end, so it must know both.
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([_harmless(name) for name in table.columns])
    writer.writerows([[_harmless(cell) for cell in row] for row in table.rows])
    return "\n".join(lines)


class _Lines(list[str]):
    """Lines that were written, without their ends."""

    def write(self, line: str) -> None:
        self.append(line.removesuffix("\r\n"))


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell


def _markdown(table: Table) -> str:
    lines = [[_one_line(name) for name in table.columns], ["---"] * len(table.columns)]
    lines += [["" if cell is None else _one_line(str(cell)) for cell in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def plain(value: object) -> object:
    """Return a record, piece or value as what JSON can hold; records inside it as their ids."""
    if isinstance(value, Record):
        return {
            field.name: _inside(getattr(value, field.name))
            for field in fields(type(value))
            if getattr(value, field.name) not in (None, ())
        }
    return _inside(value)


def _inside(value: object) -> object:
    if isinstance(value, Record):
        return value.id
    if isinstance(value, PartialDate | Period):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_inside(item) for item in value]
    if has(kind := type(value)):
        pieces = {field.name: getattr(value, field.name) for field in fields(kind)}
        return {name: _inside(item) for name, item in pieces.items() if item not in (None, ())}
    return value


def record_lines(record: Record) -> Iterator[str]:
    """Yield a record as lines to read: every field that holds something, with its sources."""
    yield f"{label_of(record)} ({type(record).__name__} {record.id})"
    if isinstance(record, Lasting) and record.period is not None:
        yield f"  period: {record.period}"
    for field in fields(type(record)):
        value = getattr(record, field.name)
        if field.name in {"id", "name", "citations"} or value in (None, ()):
            continue
        if isinstance(value, tuple):
            yield from _several(field.name, value)
        else:
            yield f"  {field.name}: {_short(value)}"
    yield from _cited(record)


def _several(name: str, values: Iterable[object]) -> Iterator[str]:
    items = list(values)
    if all(isinstance(item, Record) for item in items):
        yield f"  {name}: {', '.join(map(_short, items))}"
        return
    yield f"  {name}:"
    for item in items:
        yield f"    {_short(item)}"


def _short(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_short, value))
    for kind, words in _WORDS:
        if isinstance(value, kind):
            return words(value)
    if isinstance(value, PartialDate | Period) or not has(type(value)):
        return str(value)
    return _piece(value)


def _piece(piece: object) -> str:
    names = [field.name for field in fields(type(piece)) if field.name != "citations"]  # type: ignore[arg-type]
    words = [_short(part) for name in names if (part := getattr(piece, name)) not in (None, ())]
    return f"{'; '.join(words)}{_sources(getattr(piece, 'citations', ()))}"


def _milestone(step: Milestone) -> str:
    at = f" at {step.at.name}" if step.at else ""
    return f"{step.date}  {step.kind}{at}{_tail(step)}"


def _figure(figure: Figure) -> str:
    number = f"{figure.value}" if figure.upper is None else f"{figure.value} to {figure.upper}"
    bound = "" if figure.bound == "exact" else f"{figure.bound} "
    return f"{figure.as_of}  {figure.measure}: {bound}{number}{_tail(figure)}"


def _held(held: Held[object]) -> str:
    when = f"{held.period}  " if held.period else ""
    return f"{when}{_short(held.value)}{_tail(held)}"


_WORDS: tuple[tuple[type[Any], Callable[[Any], str]], ...] = (
    (Record, lambda record: f"{label_of(record)} ({record.id})"),
    (Milestone, _milestone),
    (Figure, _figure),
    (Held, _held),
    (Claim, lambda claim: f"{claim.field}: {claim.value}{_tail(claim)}"),
)


def _tail(piece: Milestone | Figure | Held[object] | Claim) -> str:
    rank = "" if piece.rank == "normal" else f" [{piece.rank}]"
    note = f" ({piece.note})" if piece.note else ""
    return f"{rank}{_sources(piece.citations)}{note}"


def _sources(citations: Iterable[Citation]) -> str:
    places = [f"{c.source.id}, {c.at}" if c.at else c.source.id for c in citations]
    return f"  [{'; '.join(places)}]" if places else ""


def _cited(record: Record) -> Iterator[str]:
    citations: tuple[Citation, ...] = getattr(record, "citations", ())
    if citations:
        yield "  sources:"
    for citation in citations:
        place = f", {citation.at}" if citation.at else ""
        backs = f" for {', '.join(citation.backs)}" if citation.backs else ""
        yield f"    {citation.source.title} ({citation.source.id}{place}){backs}"
