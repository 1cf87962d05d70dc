"""What led to a record and what followed, drawn from top to bottom in order of time."""

from typing import NamedTuple

from natodata.plot.canvas import (
    MARGIN,
    Ruler,
    Style,
    StyleName,
    axes_at,
    footer,
    header,
    new_figure,
    style_of,
    wrapped,
    write,
)
from natodata.plot.families import worded
from natodata.queries.causes import Step, Trace, date_of
from natodata.queries.timeline import label_of
from natodata.records import (
    Decision,
    Document,
    Event,
    Meeting,
    Operation,
    Programme,
    Record,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["trace"]

_WIDTH = 9.0
_HEAD, _FOOT = 0.95, 0.45
_DATES = 1.25  # inches for dates
_LANES = 1.15  # inches for the arcs
_LINE = 0.165
_GAP = 0.2
_TYPES: tuple[tuple[type[Record], str, str, str], ...] = (
    (Event, "event", "o", "orange"),
    (Meeting, "meeting", "s", "sky"),
    (Decision, "decision", "D", "blue"),
    (Document, "text", "p", "purple"),
    (Operation, "operation", ">", "red"),
    (Programme, "programme", "h", "green"),
    (Record, "body", "P", "soft"),
)
"""Types of record: what they are called, their marker, their colour."""


class _Card(NamedTuple):
    """A step on its way to the picture."""

    record: Record
    date: str
    lines: tuple[str, ...]
    relation: str
    top: float
    """Inches from the top of the drawing to the first line."""

    @property
    def height(self) -> float:
        return (len(self.lines) + 1) * _LINE


def trace(
    chain: Trace, *, lines: int = 3, title: str | None = None, style: StyleName = "light"
) -> "Figure":
    """Draw what `Dataset.trace` returns: each step a mark with its date and text, in their order.

    The record traced stands on a band, what led to it above and what followed below. An arc ties
    each step to the one that it led to or came from, and the words over the text say how.

    Args:
        chain: What led to a record and what followed.
        lines: At most so many lines of text for a step; the rest is cut with a mark.
        title: The title; a plain one by default.
        style: ``"light"`` or ``"dark"``.

    Raises:
        BadArgument: There is no such style.
        MissingExtra: matplotlib is not installed; the message says how to.

    Examples:
        >>> import natodata
        >>> from natodata import plot
        >>> picture = plot.trace(natodata.load().trace("sea-guardian"))
        >>> len(picture.axes)
        1
    """
    look = style_of(style)
    scratch = new_figure(_WIDTH, 1, look)
    cards = _cards(chain, Ruler(scratch), max(1, lines))
    tall = cards[-1].top + cards[-1].height + _GAP
    figure = new_figure(_WIDTH, _HEAD + tall + _FOOT, look)
    name = label_of(chain.record)
    before, after = len(chain.before), len(chain.after)
    header(
        figure,
        look,
        title or f"What led to {name}",
        f"{before} step{'' if before == 1 else 's'} before, {after} after, in order of time",
    )
    axes = axes_at(figure, MARGIN, _FOOT, _WIDTH - 2 * MARGIN, tall)
    axes.set_xlim(0, _WIDTH - 2 * MARGIN)
    axes.set_ylim(tall, 0)
    _band(axes, next(card for card in cards if card.record is chain.record), look)
    places = {card.record.id: card.top + _LINE / 2 for card in cards}
    for card in cards:
        _draw(axes, card, look)
    for step in chain:
        _arc(axes, places[step.record.id], places[step.via.id], look)
    footer(figure, look, ("Data: natodata, not affiliated with NATO",))
    return figure


def _text_left() -> float:
    return _DATES + _LANES + 0.22


def _cards(chain: Trace, ruler: Ruler, lines: int) -> list[_Card]:
    width = _WIDTH - 2 * MARGIN - _text_left()
    cards: list[_Card] = []
    top = 0.1
    steps: list[Step | None] = [*chain.before, None, *chain.after]
    for step in steps:
        record = chain.record if step is None else step.record
        date = date_of(record) if step is None else step.date
        weight = "bold" if step is None else "normal"
        text = wrapped(ruler, label_of(record), width, 8.5, lines=lines, weight=weight)
        relation = "" if step is None else _relation(step)
        tie = f" · {relation}" if relation else ""
        over = wrapped(ruler, f"{_type(record)[1]}{tie}", width, 7, lines=1)[0]
        shown = "undated" if date is None else worded(date)
        cards.append(_Card(record, shown, tuple(text), over, top))
        top += cards[-1].height + _GAP
    return cards


def _relation(step: Step) -> str:
    via = getattr(step.via, "name", None) or _described(step.via)
    return f"{step.relation} → {via}" if step.before else f"{via} {step.relation} this"


def _described(record: Record) -> str:
    date = date_of(record)
    return f"the {_type(record)[1]}" + (f" of {worded(date)}" if date else "")


def _type(record: Record) -> tuple[type[Record], str, str, str]:
    return next(row for row in _TYPES if isinstance(record, row[0]))


def _band(axes: "Axes", card: _Card, style: Style) -> None:
    top, foot = card.top - _GAP * 0.45, card.top + card.height + _GAP * 0.2
    axes.axhspan(top, foot, color=style.faint, lw=0, zorder=0)


def _draw(axes: "Axes", card: _Card, style: Style) -> None:
    _, _, marker, colour = _type(card.record)
    dot = (_DATES + _LANES, card.top + _LINE / 2)
    axes.plot(
        [dot[0]],
        [dot[1]],
        marker=marker,
        markersize=7,
        markerfacecolor=getattr(style, colour),
        markeredgecolor=style.paper,
        markeredgewidth=0.6,
        zorder=4,
    )
    write(axes, (0, dot[1]), card.date, style.ink, weight="bold", va="center_baseline")
    left = _text_left()
    write(axes, (left, dot[1]), card.relation, style.soft, size=7, va="center_baseline")
    for at, line in enumerate(card.lines, start=1):
        place = (left, card.top + (at + 0.5) * _LINE)
        write(axes, place, line, style.ink, size=8.5, va="center_baseline")


def _arc(axes: "Axes", start: float, stop: float, style: Style) -> None:
    """Tie two places on the line of marks by an arc, the wider the farther they lie apart."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    x = _DATES + _LANES - 0.07
    reach = min(_LANES - 0.15, 0.16 + abs(stop - start) * 0.16)
    bend = x - reach * 4 / 3
    path = Path(
        [(x, start), (bend, start), (bend, stop), (x, stop)],
        [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4],
    )
    axes.add_patch(PathPatch(path, facecolor="none", edgecolor=style.soft, lw=0.8, zorder=2))
