"""How strong an operation was: every published number as a point, nation by nation."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from natodata.dates import LATER, NEVER, When, when_of
from natodata.errors import BadArgument
from natodata.plot.canvas import (
    MARGIN,
    Ruler,
    Style,
    StyleName,
    axes_at,
    footer,
    header,
    new_figure,
    size_of,
    style_of,
    time_marks,
    write,
)
from natodata.records import Country, Operation
from natodata.records.vocabulary import Bound, Measure, Rank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from natodata.dataset import Dataset

__all__ = ["strength"]

_WIDTH = 11.0
_HEAD, _FOOT = 1.05, 0.5
_SCALE = 0.55  # inches for the numbers at the left of a panel
_TOTAL, _NATION = 2.1, 1.05  # inches
_TITLE, _YEARS = 0.34, 0.3  # inches above and below the points of a panel
_COLUMNS = 3
_GAP = 0.25
_MOST = 9


class _Point(NamedTuple):
    """A published number on its way to the picture."""

    date: When
    personnel: int | None
    upper: int | None
    bound: Bound
    measure: Measure

    @property
    def top(self) -> int:
        return self.upper or self.personnel or 0

    @property
    def day(self) -> float:
        first, last = self.date.span
        return (first + last + 1) / 2


class _Panel(NamedTuple):
    """One nation, or the whole."""

    name: str
    points: tuple[_Point, ...]


def strength(
    nato: "Dataset",
    operation: Operation | str,
    nations: Sequence[Country | str] | None = None,
    *,
    join: bool = False,
    shared: bool = False,
    title: str | None = None,
    style: StyleName = "light",
) -> "Figure":
    """Draw the published strength of an operation over time: the whole, then nation by nation.

    Each point is a number that a source gives for that time, as `Dataset.strength` lists them;
    where sources differ, several stand over one time. A full circle is a number as counted, an
    open one rounded; a triangle points up from a lower limit and down from an upper one; a bar
    spans "from … to …". A line through a point is as long as the month, year or period for which
    the number was given; a stroke under the axis is a nation listed without a number. Left out are
    numbers ranked deprecated, those without a time, and running totals of all who ever served.

    Args:
        nato: The dataset.
        operation: The operation or its id.
        nations: The nations to show, in this order; by default the nine with the highest numbers.
            None of them where empty.
        join: Whether to join the points of a panel by lines. Nothing is known in between.
        shared: Whether all nations have one scale; by default each has its own.
        title: The title; a plain one by default.
        style: ``"light"`` or ``"dark"``.

    Raises:
        NotFound: The operation or a nation is not in the data.
        BadArgument: No number for the operation is in the data, or there is no such style.
        MissingExtra: matplotlib is not installed; the message says how to.

    Examples:
        >>> import natodata
        >>> from natodata import plot
        >>> picture = plot.strength(natodata.load(), "kfor", nations=["DEU", "ITA"])
        >>> len(picture.axes)
        4
    """
    look = style_of(style)
    subject = nato.operations[operation]
    points = _points(nato, subject)
    whole = _Panel("All nations", tuple(points.pop(None, ())))
    panels = _panels(nato, points, nations)
    every = [point for panel in (whole, *panels) for point in panel.points]
    if not every:
        raise BadArgument(f"expected an operation with published numbers, got {subject.id!r}")
    span = _span(every)
    lines = -(-len(panels) // _COLUMNS)
    tall = _TITLE + _YEARS
    height = _HEAD + tall + _TOTAL + lines * (tall + _NATION) + _FOOT
    figure = new_figure(_WIDTH, height, look)
    header(figure, look, title or f"Strength of {subject.name}", _SUBTITLE)
    _legend(figure, look, every)
    left, width = MARGIN + _SCALE, _WIDTH - 2 * MARGIN - _SCALE
    top = height - _HEAD - _TITLE - _TOTAL
    axes = axes_at(figure, left, top, width, _TOTAL)
    _draw(axes, whole, span, _highest(whole.points), look, join=join)
    highest = _highest(point for panel in panels for point in panel.points)
    width = (_WIDTH - 2 * MARGIN - (_COLUMNS - 1) * _GAP) / _COLUMNS - _SCALE
    for at, panel in enumerate(panels):
        line, column = divmod(at, _COLUMNS)
        x = MARGIN + _SCALE + column * (width + _SCALE + _GAP)
        y = top - (line + 1) * (tall + _NATION)
        axes = axes_at(figure, x, y, width, _NATION)
        top_of = highest if shared else _highest(panel.points)
        _draw(axes, panel, span, top_of, look, join=join)
    scales = "nations share one scale" if shared else "each nation has its own scale"
    footer(figure, look, (_NOTES[0], scales, _NOTES[1]))
    return figure


_SUBTITLE = (
    "Each mark is a number that a source gives for that time; between marks nothing is known"
)
_NOTES = (
    "Line through a mark: some time within it",
    "Data: natodata, not affiliated with NATO",
)


def _highest(points: Iterable[_Point]) -> int:
    return max((point.top for point in points), default=0) or 1


def _points(nato: "Dataset", operation: Operation) -> dict[str | None, list[_Point]]:
    """Return the numbers to draw by the id of the nation; those of the whole under `None`."""
    found: dict[str | None, list[_Point]] = {None: []}
    for row in nato.strength(operation).dicts():
        date = when_of(str(row["date"]))
        if row["rank"] == Rank.DEPRECATED or date.span[0] <= NEVER or date.span[1] >= LATER:
            continue
        number, upper, country = row["personnel"], row["upper"], row["country"]
        point = _Point(
            date,
            number if isinstance(number, int) else None,
            upper if isinstance(upper, int) else None,
            Bound(str(row["bound"])),
            Measure(str(row["measure"])),
        )
        found.setdefault(None if country is None else str(country), []).append(point)
    return found


def _panels(
    nato: "Dataset",
    points: dict[str | None, list[_Point]],
    nations: Sequence[Country | str] | None,
) -> list[_Panel]:
    if nations is None:
        by_height = sorted(
            (-max(point.top for point in found), str(country)) for country, found in points.items()
        )
        nations = [country for _, country in by_height[:_MOST]]
    chosen = [nato.countries[each] for each in nations]
    return [_Panel(each.name, tuple(points.get(each.id, ()))) for each in chosen]


def _span(points: Iterable[_Point]) -> tuple[float, float]:
    spans = [point.date.span for point in points]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    room = max(30.0, (last - first) * 0.02)
    return first - room, last + room


def _levels(highest: int) -> list[int]:
    """Return two to four round numbers from zero to at most the highest."""
    size = 10 ** (len(str(highest)) - 1)
    steps = (size * part // 20 for part in (1, 2, 5, 10, 20, 40, 50, 100))
    step = next(max(1, each) for each in steps if highest <= 4 * max(1, each))
    return list(range(0, highest + 1, step))


def _draw(
    axes: "Axes",
    panel: _Panel,
    span: tuple[float, float],
    highest: int,
    style: Style,
    *,
    join: bool,
) -> None:
    _, inches = size_of(axes)
    axes.set_xlim(*span)
    axes.set_ylim(0, highest * 1.08)
    up = highest * 1.08 / inches
    _scales(axes, span, highest, up, style)
    place = (span[0], highest * 1.08 + 0.08 * up)
    write(axes, place, panel.name, style.ink, size=9, weight="bold", va="baseline")
    if not panel.points:
        middle = ((span[0] + span[1]) / 2, highest / 2)
        write(axes, middle, "no number in the data", style.soft, ha="center", slant="italic")
    for point in panel.points:
        _point(axes, point, up, style)
    for measure in Measure if join else ():
        counted = [p for p in panel.points if p.measure is measure and p.personnel is not None]
        line = sorted((p.day, p.personnel or 0) for p in counted)
        colour = _colour(measure, style)
        axes.plot(*zip(*line, strict=True), color=colour, lw=0.8, zorder=1) if line else None


def _scales(
    axes: "Axes", span: tuple[float, float], highest: int, up: float, style: Style
) -> None:
    inches, _ = size_of(axes)
    for level in _levels(highest):
        colour = style.soft if level == 0 else style.faint
        axes.plot(span, [level, level], color=colour, lw=0.7, zorder=0, clip_on=False)
        place = (span[0] - 0.07 * (span[1] - span[0]) / inches, level)
        text = f"{level:,}"
        write(axes, place, text, style.soft, size=7.5, ha="right", va="center_baseline")
    for text, day in time_marks(*span, max(3, int(inches / 0.75))):
        axes.plot([day, day], [0, highest * 1.08], color=style.faint, lw=0.6, zorder=0)
        write(axes, (day, -0.14 * up), text, style.soft, size=7.5, ha="center", va="top")


_MARKERS = {
    Bound.EXACT: ("o", 4.6),
    Bound.ABOUT: ("o", 4.6),
    Bound.AT_LEAST: ("^", 5.4),
    Bound.AT_MOST: ("v", 5.4),
    Bound.BETWEEN: ("_", 6.0),
}
_WORDS = {
    Bound.EXACT: "as counted",
    Bound.ABOUT: "about",
    Bound.AT_LEAST: "at least",
    Bound.AT_MOST: "at most",
    Bound.BETWEEN: "from … to …",
}


def _colour(measure: Measure, style: Style) -> str:
    return style.red if measure is Measure.TROOPS else style.sky


def _mark(axes: "Axes", day: float, number: float, bound: Bound, colour: str, paper: str) -> None:
    marker, size = _MARKERS[bound]
    axes.plot(
        [day],
        [number],
        marker=marker,
        markersize=size,
        markerfacecolor=colour if bound is Bound.EXACT else paper,
        markeredgecolor=paper if bound is Bound.EXACT else colour,
        markeredgewidth=0.5 if bound is Bound.EXACT else 1.2,
        zorder=4,
        clip_on=False,
    )


def _point(axes: "Axes", point: _Point, up: float, style: Style) -> None:
    colour, first, last = _colour(point.measure, style), *point.date.span
    if point.personnel is None:
        axes.plot(
            [point.day] * 2, [-0.1 * up, 0], color=style.ink, lw=1.2, clip_on=False, zorder=3
        )
        return
    if last > first:
        ends = [first, last + 1]
        axes.plot(ends, [point.personnel] * 2, color=colour, lw=0.8, zorder=2, clip_on=False)
    _mark(axes, point.day, point.personnel, point.bound, colour, style.paper)
    if point.upper is not None:
        both = [point.personnel, point.upper]
        axes.plot([point.day] * 2, both, color=colour, lw=1.2, zorder=3)
        _mark(axes, point.day, point.upper, point.bound, colour, style.paper)


def _legend(figure: "Figure", style: Style, points: Sequence[_Point]) -> None:
    """Put a line under the title: colours for what is counted, shapes for what is bound."""
    across, up = figure.get_size_inches()
    axes = axes_at(figure, MARGIN, up - 0.98, across - 2 * MARGIN, 0.2)
    axes.set_xlim(0, across - 2 * MARGIN)
    axes.set_ylim(0, 1)
    ruler, x = Ruler(figure), 0.0
    words = {Measure.PERSONNEL: "all personnel", Measure.TROOPS: "troops alone"}
    for measure in (m for m in words if m in {p.measure for p in points}):
        axes.plot([x, x + 0.22], [0.5, 0.5], color=_colour(measure, style), lw=6)
        write(axes, (x + 0.3, 0.5), words[measure], style.ink, va="center_baseline")
        x += 0.3 + ruler.inches(words[measure], 8) + 0.24
    known = {point.bound for point in points if point.personnel is not None}
    for bound in (each for each in Bound if each in known):
        _mark(axes, x + 0.06, 0.5, bound, style.ink, style.paper)
        write(axes, (x + 0.2, 0.5), _WORDS[bound], style.ink, va="center_baseline")
        x += 0.2 + ruler.inches(_WORDS[bound], 8) + 0.24
    if any(point.personnel is None for point in points):
        axes.plot([x + 0.06] * 2, [0.25, 0.75], color=style.ink, lw=1.2)
        write(axes, (x + 0.2, 0.5), "listed without a number", style.ink, va="center_baseline")
