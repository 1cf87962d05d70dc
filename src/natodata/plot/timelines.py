"""Operations as bars on an axis of time, with milestones, and with what dates leave open."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from natodata.dates import LATER, NEVER, Bounds, When, WhenLike, when_of
from natodata.errors import BadArgument
from natodata.plot.canvas import (
    MARGIN,
    Ruler,
    Style,
    StyleName,
    axes_at,
    clipped,
    footer,
    header,
    new_figure,
    style_of,
    time_marks,
    write,
)
from natodata.plot.families import FAMILIES, MARKS, Mark, family_of, mark_of, short_name
from natodata.records import Operation
from natodata.records.vocabulary import Rank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["timeline"]

_WIDTH = 11.0
_ROW = 0.235
_HEAD = 1.42
_FOOT = 0.62
_NAMES = 2.75
_BAR = 0.62
_TAIL = 0.03  # of the axis: how far a bar fades out where nothing bounds it
_SLICE = 0.003  # of the axis: the least stretch of one shade in a fade
_SLICES = 40
_FULL, _PALE = 0.92, 0.2


class _Window(NamedTuple):
    """The stretch of time drawn, in ordinals of days."""

    first: float
    last: float

    @property
    def tail(self) -> float:
        return (self.last - self.first) * _TAIL

    @property
    def least(self) -> float:
        """The narrowest bar that is seen."""
        return (self.last - self.first) * 0.0035


class _Row(NamedTuple):
    """A line of the picture: an operation, or the heading of a group."""

    text: str
    operation: Operation | None


class _Piece(NamedTuple):
    """A part of a bar, of one shade."""

    left: float
    right: float
    shade: float


def timeline(
    operations: Iterable[Operation],
    *,
    since: WhenLike | None = None,
    until: WhenLike | None = None,
    group: str | None = None,
    title: str | None = None,
    style: StyleName = "light",
) -> "Figure":
    """Draw operations as bars in order of their beginnings, with milestones as marks.

    A bar is full from the latest day on which the operation can have begun to the earliest on
    which it can have ended. It fades where the dates do not decide: over the days or months in
    which it began or ended, or over a short stretch where no source gives a limit at all. Where
    no end is known although a source shows that it went on, the bar is pale after that and
    ends in an arrow. A mark for a month, year or period stands in its middle, on a line
    as long as it. Milestones ranked deprecated are left out.

    Args:
        operations: The operations, such as ``nato.operations.on("2011")``.
        since: Nothing is drawn before its first day.
        until: Nothing is drawn after its last day; by default the last day that any date names.
        group: ``"kind"`` for a heading over the operations of each kind.
        title: The title; a plain one by default.
        style: ``"light"`` or ``"dark"``.

    Raises:
        BadArgument: There is no operation to draw, or no such group or style.
        MissingExtra: matplotlib is not installed; the message says how to.

    Examples:
        >>> import natodata
        >>> from natodata import plot
        >>> nato = natodata.load()
        >>> picture = plot.timeline(nato.operations.where(kind="maritime-security"))
        >>> len(picture.axes)
        2
    """
    look = style_of(style)
    if group not in {None, "kind"}:
        raise BadArgument(f"expected 'kind' or None to group by, got {group!r}")
    every = list(operations)
    window = _window(every, since, until)
    kept = [each for each in every if _is_in(each, window)]
    if not kept:
        raise BadArgument("expected at least one operation in the time asked for, got none")
    rows = _rows(sorted(kept, key=_order), grouped=group is not None)
    height = _HEAD + len(rows) * _ROW + _FOOT
    figure = new_figure(_WIDTH, height, look)
    header(
        figure,
        look,
        title or "Operations and missions",
        _subtitle(kept, grouped=group is not None),
    )
    left = MARGIN + _NAMES
    axes = axes_at(figure, left, _FOOT, _WIDTH - left - MARGIN - 0.1, len(rows) * _ROW)
    axes.set_xlim(window.first, window.last)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    _grid(axes, window, look, len(rows))
    _names(figure, axes, rows, look)
    _bars(axes, rows, window, look)
    _marks(axes, rows, window, look)
    _legend(figure, look, kept)
    footer(figure, look, _NOTES)
    return figure


_NOTES = (
    "Faded: the dates leave it open",
    "pale with arrow: no end known",
    "line under a mark: some time within it",
    "Data: natodata, not affiliated with NATO",
)


def _subtitle(operations: Sequence[Operation], *, grouped: bool) -> str:
    count = len(operations)
    by_kind = " by kind," if grouped else ""
    return (
        f"{count} operation{'' if count == 1 else 's'},{by_kind} in the order in which they began"
    )


# --- what goes where -------------------------------------------------------------------------


def _order(operation: Operation) -> tuple[int, int, str]:
    first, first_latest, last_earliest, _ = operation.bounds
    begun = first if first > NEVER else min(first_latest, last_earliest or LATER)
    if begun >= LATER:
        begun = int(min(map(_middle, _dates(operation)), default=LATER))
    return begun, first_latest, operation.id


def _dates(operation: Operation) -> list[When]:
    return [m.date for m in operation.milestones if m.rank is not Rank.DEPRECATED]


def _rows(operations: Sequence[Operation], *, grouped: bool) -> list[_Row]:
    if not grouped:
        return [_Row(short_name(each, 44), each) for each in operations]
    rows: list[_Row] = []
    for kind in dict.fromkeys(each.kind for each in operations):
        rows.append(_Row(kind.value.replace("-", " ").capitalize(), None))
        rows += [_Row(short_name(each, 44), each) for each in operations if each.kind is kind]
    return rows


def _window(
    operations: Sequence[Operation], since: WhenLike | None, until: WhenLike | None
) -> _Window:
    days = [
        day
        for operation in operations
        for bounds in (operation.bounds, *(m.date.bounds for m in operation.milestones))
        for day in bounds
        if NEVER < day < LATER
    ]
    first = NEVER if since is None else when_of(since).span[0]
    last = LATER if until is None else when_of(until).span[1]
    room = max(30, (max(days, default=1) - min(days, default=1)) * 0.015)
    if first <= NEVER:
        first = min(days, default=1) - int(room)
    if last >= LATER:
        last = max(days, default=first) + int(room)
    if last <= first:
        raise BadArgument(f"expected a time that ends after it begins, got {since} to {until}")
    return _Window(first, last + 1)


def _is_in(operation: Operation, window: _Window) -> bool:
    first, _, _, last = operation.bounds
    return first <= window.last and last >= window.first


def _parts(operation: Operation, window: _Window) -> Iterator[_Piece]:
    """Yield the parts of an operation's bar, from left to right."""
    if operation.bounds == (NEVER, LATER, NEVER, LATER):
        # Neither beginning nor end: pale around the steps that are dated, or all along.
        days = [_middle(date) for date in _dates(operation)] or [*window]
        yield _Piece(min(days) - window.tail, max(days) + window.tail, _PALE)
        return
    for spell in operation.spells:
        yield from _pieces(spell, goes_on=_goes_on(operation), window=window)


def _pieces(bounds: Bounds, *, goes_on: bool, window: _Window) -> Iterator[_Piece]:
    """Yield the parts of a bar for one stretch."""
    begin, begun, ends, end = bounds
    if begun > ends:
        # The dates do not even tell that it lasted: it rises and falls around the middle.
        begun = ends = (max(ends, begin) + min(begun, end)) // 2
    if begin > NEVER:
        yield from _fade(begin, begun, (0.1, _FULL), window)
    else:
        yield from _fade(begun - window.tail, begun, (0.0, _FULL), window)
    short = max(0.0, window.least - (ends + 1 - begun)) / 2
    yield _Piece(begun - short, ends + 1 + short, _FULL)
    if end < LATER:
        yield from _fade(ends + 1, end + 1, (_FULL, 0.1), window)
    elif goes_on:
        yield _Piece(ends + 1, window.last, _PALE)
    else:
        yield from _fade(ends + 1, ends + 1 + window.tail, (_FULL, 0.0), window)


def _fade(
    left: float, right: float, shades: tuple[float, float], window: _Window
) -> Iterator[_Piece]:
    """Yield slices from one shade to another, so many that none is seen by itself."""
    part = (right - left) / (window.last - window.first)
    count = min(_SLICES, math.ceil(part / _SLICE))
    start, stop = shades
    for at in range(count):
        shade = start + (stop - start) * (at + 0.5) / count
        step = (right - left) / count
        yield _Piece(left + at * step, left + (at + 1) * step, shade)


def _goes_on(operation: Operation) -> bool:
    return operation.end is None and operation.last_attested is not None


def _middle(when: When) -> float:
    """Return where a date is marked: its middle, or the limit that it has."""
    first, last = when.span
    if first <= NEVER:
        return last
    if last >= LATER:
        return first
    return (first + last + 1) / 2


# --- drawing ---------------------------------------------------------------------------------


def _grid(axes: "Axes", window: _Window, style: Style, rows: int) -> None:
    for text, day in time_marks(window.first, window.last, 12):
        axes.plot([day, day], [-0.5, rows - 0.5], color=style.faint, lw=0.7, zorder=0)
        for at, up in ((-0.5, "bottom"), (rows - 0.45, "top")):
            write(axes, (day, at), text, style.soft, size=7.5, ha="center", va=up)


def _names(figure: "Figure", axes: "Axes", rows: Sequence[_Row], style: Style) -> None:
    ruler = Ruler(figure)
    across, up = figure.get_size_inches()
    window = _Window(*axes.get_xlim())
    for at, row in enumerate(rows):
        y = (_FOOT + (len(rows) - at - 0.5) * _ROW) / up
        if row.operation is None:
            place, weight = {"x": MARGIN / across, "ha": "left"}, "bold"
        else:
            place, weight = {"x": (MARGIN + _NAMES - 0.1) / across, "ha": "right"}, "normal"
            begin = max(window.first, next(_parts(row.operation, window)).left)
            axes.plot([window.first, begin], [at, at], color=style.faint, lw=0.6, zorder=0)
        text = clipped(ruler, row.text, _NAMES - 0.1, 8, weight)
        x = place.pop("x")
        write(figure, (x, y), text, style.ink, weight=weight, va="center_baseline", **place)


def _bars(axes: "Axes", rows: Sequence[_Row], window: _Window, style: Style) -> None:
    from matplotlib.collections import PolyCollection
    from matplotlib.colors import to_rgba

    shapes: list[list[tuple[float, float]]] = []
    colours: list[tuple[float, float, float, float]] = []
    for at, operation in _operations(rows):
        colour = getattr(style, family_of(operation.kind).colour)
        top, foot = at - _BAR / 2, at + _BAR / 2
        for left, right, shade in _parts(operation, window):
            begin, end = max(left, window.first), min(right, window.last)
            if begin < end:
                shapes.append([(begin, top), (end, top), (end, foot), (begin, foot)])
                colours.append(to_rgba(colour, shade))
        if _goes_on(operation):
            tip = window.last + (window.last - window.first) * 0.008
            shapes.append([(window.last, top - 0.1), (tip, at), (window.last, foot + 0.1)])
            colours.append(to_rgba(colour, _FULL))
    # Without smoothing no seams are seen between the slices of a fade.
    bars = PolyCollection(shapes, facecolors=colours, edgecolors="none", antialiaseds=False)
    bars.set_clip_on(False)
    axes.add_collection(bars, autolim=False)


def _operations(rows: Sequence[_Row]) -> Iterator[tuple[int, Operation]]:
    for at, row in enumerate(rows):
        if row.operation is not None:
            yield at, row.operation


def _marks(axes: "Axes", rows: Sequence[_Row], window: _Window, style: Style) -> None:
    for at, operation in _operations(rows):
        for step in operation.milestones:
            middle = _middle(step.date)
            if step.rank is Rank.DEPRECATED or not window.first <= middle <= window.last:
                continue
            first, last = step.date.span
            if first > NEVER and last < LATER and last - first > window.least:
                ends = [max(first, window.first), min(last + 1, window.last)]
                axes.plot(ends, [at, at], color=style.ink, lw=0.7, zorder=3)
            _mark(axes, (middle, at), mark_of(step.kind), style)


def _mark(axes: "Axes", place: tuple[float, float], mark: Mark, style: Style) -> None:
    line = mark.marker == "|"
    if line:  # a rim, so that it shows on any bar
        axes.plot(*place, marker="|", ms=mark.size + 1, mec=style.paper, mew=1.8, zorder=4)
    axes.plot(
        [place[0]],
        [place[1]],
        marker=mark.marker,
        markersize=mark.size,
        markerfacecolor=style.ink if mark.filled else style.paper,
        markeredgecolor=style.ink if line or not mark.filled else style.paper,
        markeredgewidth=0.9 if line or not mark.filled else 0.5,
        zorder=4,
        clip_on=False,
    )


def _legend(figure: "Figure", style: Style, operations: Sequence[Operation]) -> None:
    """Put two lines under the title: what the colours mean, and what the marks mean."""
    across, up = figure.get_size_inches()
    axes = axes_at(figure, MARGIN, up - 1.18, across - 2 * MARGIN, 0.42)
    axes.set_xlim(0, across - 2 * MARGIN)
    axes.set_ylim(0, 2)
    ruler = Ruler(figure)
    found = {family_of(each.kind) for each in operations}
    x = 0.0
    for family in (each for each in FAMILIES if each in found):
        colour = getattr(style, family.colour)
        axes.plot([x, x + 0.22], [1.5, 1.5], color=colour, lw=6, solid_capstyle="butt")
        write(axes, (x + 0.3, 1.5), family.name, style.ink, va="center_baseline")
        x += 0.3 + ruler.inches(family.name, 8) + 0.24
    steps = {mark_of(m.kind) for each in operations for m in each.milestones}
    x = 0.0
    for mark in (each for each in MARKS if each in steps):
        _mark(axes, (x + 0.06, 0.5), mark, style)
        write(axes, (x + 0.2, 0.5), mark.name, style.ink, va="center_baseline")
        x += 0.2 + ruler.inches(mark.name, 8) + 0.24
