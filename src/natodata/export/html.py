"""Records and answers as HTML, for notebooks.

Every text is escaped, and only addresses of the web become links. Nothing sets a colour, a font or
a background, so it looks as the page around it does, by day and by night.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from typing import Any

from attrs import fields, has

from natodata.dates import Certainty, PartialDate, Period
from natodata.loading.catalogue import collection_of
from natodata.loading.gathering import field_order
from natodata.queries.causes import Step, Trace, date_of
from natodata.queries.evidence import citations_of
from natodata.queries.timeline import Timeline, label_of
from natodata.queries.versions import Difference
from natodata.records import Citation, Claim, Figure, Lasting, Milestone, Record
from natodata.records.vocabulary import Bound, Rank
from natodata.tabular import Table

__all__ = ["MOST", "as_html", "counts_html", "records_html"]

MOST = 20
"""How many rows of a long answer are shown."""
_LEFT = ' style="text-align:left;vertical-align:top"'
_RIGHT = ' style="text-align:right;vertical-align:top"'
# The colour of the text around it, which can be read wherever that can.
_LINK = ' style="color:inherit" target="_blank" rel="noopener noreferrer"'


def as_html(thing: object) -> str:
    """Return a record, table, timeline, trace or difference as HTML.

    Raises:
        TypeError: It is none of these.
    """
    for kind, write in _WRITERS:
        if isinstance(thing, kind):
            return f'<div class="natodata">{write(thing)}</div>'
    raise TypeError(f"expected a record or an answer, got {thing!r}")


def records_html(
    name: str, records: Iterable[Record], size: int, doubtful: Container[str] = ()
) -> str:
    """Return the first records of a collection as HTML.

    Args:
        name: Name of the collection.
        records: Its records.
        size: How many there are.
        doubtful: Ids of those of which dates leave open whether they belong there.
    """
    rows = []
    for record in islice(records, MOST):
        maybe = " (maybe)" if record.id in doubtful else ""
        dates = date_of(record), getattr(record, "end", None)
        label = _text(f"{label_of(record)}{maybe}")
        rows.append([_code(record.id), label, *map(_text, dates)])
    table = _table(("id", "label", "date", "end"), rows, f"{size} of {name}{_first(size)}")
    return f'<div class="natodata">{table}</div>'


def counts_html(title: str, counts: Iterable[tuple[str, int]]) -> str:
    """Return the names of collections, each with its size, under a title as HTML."""
    rows = [[_code(name), _text(count)] for name, count in counts]
    return f'<div class="natodata">{_table(("collection", "records"), rows, title)}</div>'


# --- pieces of a page ------------------------------------------------------------------------


def _text(value: object) -> str:
    return "" if value is None else escape(str(value), quote=True)


def _code(value: object) -> str:
    return f"<code>{_text(value)}</code>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """Return a table of cells that are HTML already; heads and caption are text."""
    said = f"<caption{_LEFT}>{_text(caption)}</caption>" if caption else ""
    head = "".join(f'<th scope="col"{_LEFT}>{_text(each)}</th>' for each in heads)
    body = "".join(
        f"<tr>{''.join(f'<td{_LEFT}>{cell}</td>' for cell in row)}</tr>" for row in rows
    )
    return f"<table>{said}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _first(size: int) -> str:
    return f", the first {MOST}" if size > MOST else ""


def _evidence(citations: Sequence[Citation]) -> str:
    """Return citations that unfold, or nothing where there are none."""
    if not citations:
        return ""
    sources = len({each.source for each in citations})
    many = "1 source" if sources == 1 else f"{sources} sources"
    items = "".join(f"<li>{_citation(each)}</li>" for each in citations)
    return f"<details><summary>{many}</summary><ul>{items}</ul></details>"


def _citation(citation: Citation) -> str:
    source = citation.source
    title = _text(source.title)
    address = source.address or ""
    # Anything else, such as "javascript:", would run in the reader's page.
    if address.lower().startswith(("https://", "http://")):
        title = f'<a href="{_text(address)}"{_LINK}>{title}</a>'
    place = f", {_text(citation.at)}" if citation.at else ""
    return f"{title}{place} {_code(source.id)}"


# --- records ---------------------------------------------------------------------------------


def _record(record: Record) -> str:
    kind = _text(type(record).__name__)
    parts = [f"<p><strong>{_text(label_of(record))}</strong> {kind} {_code(record.id)}</p>"]
    if isinstance(record, Lasting) and record.period is not None:
        parts.append(f"<p>{_text(record.period)}</p>")
    for name, heads, cells in _LISTED:
        pieces: Sequence[Any] = getattr(record, name, ())
        if pieces:
            table = [[*map(_text, cells(each)), _evidence(each.citations)] for each in pieces]
            parts.append(_table((*heads, "rank", "note", "evidence"), table, name))
    parts.append(_table(("field", "value", "evidence"), _fields(record), "fields"))
    return "".join(parts)


def _fields(record: Record) -> Iterator[list[str]]:
    """Yield name, value and evidence of each field that stands in no table of its own."""
    apart = {"id", "citations", *(name for name, _, _ in _LISTED)}
    for name in field_order()[collection_of(type(record))]:
        value = getattr(record, name)
        if name in apart or value in (None, ()):
            continue
        own = isinstance(value, tuple) and any(hasattr(each, "citations") for each in value)
        pieces = own and not isinstance(value[0], Record)
        evidence = "" if pieces else _evidence(citations_of(record, name))
        yield [_text(name), _value(value), evidence]


def _value(value: object) -> str:
    if isinstance(value, Record):
        return f"{_text(label_of(value))} {_code(value.id)}"
    if isinstance(value, tuple):
        return "".join(f"<div>{_value(each)}</div>" for each in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, PartialDate | Period) or not has(type(value)):
        return _text(value)
    return _piece(value)


def _piece(piece: object) -> str:
    """Return what a piece says, in one line, with the evidence of its own."""
    kind: Any = type(piece)
    parts = [getattr(piece, each.name) for each in fields(kind) if each.name != "citations"]
    said = "; ".join(
        ", ".join(map(_value, part)) if isinstance(part, tuple) else _value(part)
        for part in parts
        if part not in (None, (), Rank.NORMAL, Bound.EXACT)
    )
    return f"{said}{_evidence(getattr(piece, 'citations', ()))}"


def _milestone(step: Milestone) -> tuple[object, ...]:
    return step.date, step.kind, label_of(step.at) if step.at else None, *_standing(step)


def _figure(figure: Figure) -> tuple[object, ...]:
    bound = "" if figure.bound in (Bound.EXACT, Bound.BETWEEN) else f"{figure.bound} "
    upper = "" if figure.upper is None else f" to {figure.upper}"
    number = f"{bound}{figure.value}{upper}"
    return figure.as_of, figure.measure, number, *_standing(figure)


def _claim(claim: Claim) -> tuple[object, ...]:
    return claim.field, claim.value, *_standing(claim)


def _standing(piece: Milestone | Figure | Claim) -> tuple[object, ...]:
    return None if piece.rank is Rank.NORMAL else piece.rank, piece.note


_LISTED: tuple[tuple[str, tuple[str, ...], Callable[[Any], tuple[object, ...]]], ...] = (
    ("milestones", ("date", "kind", "at"), _milestone),
    ("figures", ("as of", "measure", "number"), _figure),
    ("claims", ("field", "rival value"), _claim),
)
"""Fields with a table of their own: heads, and what gives the cells of a piece."""


# --- answers ---------------------------------------------------------------------------------


def _rows(table: Table) -> str:
    numbers = {name for name, kind in table.types().items() if kind in {"integer", "number"}}
    sides = [_RIGHT if name in numbers else _LEFT for name in table.columns]
    head = "".join(
        f'<th scope="col"{side}>{_text(name)}</th>'
        for name, side in zip(table.columns, sides, strict=True)
    )
    body = "".join(
        f"<tr>{''.join(_cell(c, side) for c, side in zip(row, sides, strict=True))}</tr>"
        for row in table.rows[:MOST]
    )
    said = f"<caption{_LEFT}>{len(table)} rows{_first(len(table))}</caption>"
    return f"<table>{said}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object, side: str) -> str:
    return f"<td{side}>{_text(value)}</td>"


def _timeline(timeline: Timeline) -> str:
    rows = [
        [
            _text(each.date),
            _text(f"{each.text}{' (maybe)' if each.certainty is Certainty.MAYBE else ''}"),
            _text(each.kind),
            _code(each.record.id),
            _evidence(each.citations),
        ]
        for each in timeline[:MOST]
    ]
    many = f"{len(timeline)} entries{_first(len(timeline))}"
    return _table(("date", "what", "kind", "record", "evidence"), rows, many)


def _trace(trace: Trace) -> str:
    name = label_of(trace.record)
    return "".join(
        _steps(f"What {verb} {name}", steps)
        for verb, steps in (("led to", trace.before), ("followed from", trace.after))
    )


def _steps(caption: str, steps: Sequence[Step]) -> str:
    rows = [
        [
            "undated" if step.date is None else _text(step.date),
            _value(step.record),
            f"{_text(step.relation)} {_code(step.via.id)}"
            if step.before
            else f"{_code(step.via.id)} {_text(step.relation)}",
            _evidence(step.citations),
        ]
        for step in steps
    ]
    if not rows:
        return f"<p>{_text(caption)}: nothing in the data</p>"
    return _table(("date", "what", "tie", "evidence"), rows, caption)


def _difference(difference: Difference) -> str:
    rows = [
        [
            _text(each.kind),
            _code(each.record),
            _text(f"{each.field}{each.path}"),
            _text(each.old),
            _text(each.new),
        ]
        for each in difference[:MOST]
    ]
    many = f"{len(difference)} changes{_first(len(difference))}"
    return _table(("change", "record", "field", "before", "now"), rows, many)


_WRITERS: tuple[tuple[type[Any], Callable[[Any], str]], ...] = (
    (Record, _record),
    (Table, _rows),
    (Timeline, _timeline),
    (Trace, _trace),
    (Difference, _difference),
)
