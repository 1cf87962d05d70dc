"""Where operations and bodies are, on a light outline of the land."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from natodata.dates import WhenLike
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
    write,
)
from natodata.plot.families import FAMILIES, family_of, short_name, worded
from natodata.plot.globe import Frame, Point, Project, frame_of, land, projection
from natodata.records import Operation, Organisation, Place
from natodata.records.base import current
from natodata.records.vocabulary import PlaceKind, PlacePrecision

TYPE_CHECKING = False
if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from natodata.dataset import Dataset

__all__ = ["map"]

_WIDTH = 11.0
_HEAD, _FOOT = 1.12, 0.4
_TALLEST = 8.0
_SIZE = 7.0  # points of the labels
_SHOWN = 2  # names in one label
_LONG, _LONGEST = 18, 34  # characters of a name: beyond which an acronym will do, and at most


class _Site(NamedTuple):
    """A place with all that is there."""

    place: Place
    at: Point
    """Degrees east and north."""
    operations: tuple[Operation, ...]
    bodies: tuple[Organisation, ...]
    named: tuple[Operation, ...]
    """Operations that are named here; an operation at many places is named at one."""

    @property
    def wide(self) -> bool:
        """Whether it is a sea or region, which a point only stands for."""
        area = self.place.kind in {PlaceKind.SEA, PlaceKind.REGION}
        return area or self.place.precision is PlacePrecision.REGION

    @property
    def reach(self) -> float:
        """Inches from the middle of its marks to their edge."""
        families = {family_of(each.kind) for each in self.operations}
        return max(0.045, (0.1 if self.wide else 0.02) + 0.022 * len(families))


class _Box(NamedTuple):
    """A rectangle on paper, in inches."""

    left: float
    foot: float
    right: float
    top: float

    def meets(self, other: "_Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.foot < other.top and other.foot < self.top


def map(  # noqa: A001 (the natural name, and used as plot.map)
    nato: "Dataset",
    on: WhenLike | None = None,
    *,
    operations: bool = True,
    bodies: bool = True,
    around: tuple[float, float, float, float] | None = None,
    title: str | None = None,
    style: StyleName = "light",
) -> "Figure":
    """Draw where operations and bodies are, by the coordinates of their places.

    A circle is a base or town of an operation, in the colour of its kind; a ring stands for a
    whole sea or region. A square is the seat of a body. What has no coordinates in the data is
    not shown. Labels give way to each other; the note at the foot says how many found no room.
    The outline shows land only: it draws no borders.

    Args:
        nato: The dataset.
        on: Only what was there at some time then; all that ever was by default.
        operations: Whether to show operations.
        bodies: Whether to show bodies.
        around: Degrees west, east, south and north to show (east and north positive); by default
            so much that all points are seen, and one ring of each operation.
        title: The title; a plain one by default.
        style: ``"light"`` or ``"dark"``.

    Raises:
        BadArgument: Nothing to show has coordinates, the degrees are none, or there is no such
            style.
        MissingExtra: matplotlib is not installed; the message says how to.

    Examples:
        >>> import natodata
        >>> from natodata import plot
        >>> picture = plot.map(natodata.load(), on="2013", bodies=False)
        >>> len(picture.axes)
        2
    """
    look = style_of(style)
    then = nato if on is None else nato.on(on)
    sites = _sites(then, operations=operations, bodies=bodies)
    frame = _frame(sites) if around is None else _checked(around)
    sites = [site for site in sites if _inside(site.at, frame)]
    if not sites:
        raise BadArgument("expected something with coordinates to show, got nothing")
    project = projection(frame)
    edge = _edge(frame, project)
    width = _WIDTH - 2 * MARGIN
    scale = min(width / (edge.east - edge.west), _TALLEST / (edge.north - edge.south))
    height = scale * (edge.north - edge.south)
    figure = new_figure(_WIDTH, _HEAD + height + _FOOT, look)
    axes = axes_at(figure, MARGIN, _FOOT, width, height)
    across = width / scale
    middle = (edge.west + edge.east) / 2
    axes.set_xlim(middle - across / 2, middle + across / 2)
    axes.set_ylim(edge.south, edge.north)
    _ground(axes, project, look)
    _draw(axes, sites, project, look)
    left_out = _label(axes, sites, project, Ruler(figure), look)
    header(figure, look, title or _title(on), _subtitle(sites))
    _legend(figure, sites, look)
    footer(figure, look, _notes(left_out))
    return figure


def _title(on: WhenLike | None) -> str:
    if on is None:
        return "Where operations and bodies are, or were"
    from natodata.dates import when_of

    return f"Operations and bodies in {worded(when_of(on))}"


def _subtitle(sites: Sequence[_Site]) -> str:
    operations = {each.id for site in sites for each in site.operations}
    bodies = {each.id for site in sites for each in site.bodies}
    parts = []
    if operations:
        parts.append(f"{len(operations)} operation{'' if len(operations) == 1 else 's'}")
    if bodies:
        parts.append(f"{len(bodies)} {'body' if len(bodies) == 1 else 'bodies'}")
    return f"{' and '.join(parts)} at {len(sites)} place{'' if len(sites) == 1 else 's'}"


def _notes(left_out: int) -> Iterator[str]:
    yield "Ring: a whole sea or region"
    if left_out:
        yield f"{left_out} place{'' if left_out == 1 else 's'} without room for a label"
    yield "Land: Natural Earth (public domain)"
    yield "Data: natodata, not affiliated with NATO"


# --- what is where ---------------------------------------------------------------------------


def _sites(nato: "Dataset", *, operations: bool, bodies: bool) -> list[_Site]:
    """Return the places where anything is, those with the most first."""
    here: dict[str, list[Operation]] = {}
    named: dict[str, list[Operation]] = {}
    seated: dict[str, list[Organisation]] = {}
    places: dict[str, Place] = {}
    for operation in nato.operations if operations else ():
        spots = [p for p in (*operation.places, *operation.areas) if _at(p) is not None]
        for number, place in enumerate(spots):
            places[place.id] = place
            here.setdefault(place.id, []).append(operation)
            if number == 0:
                named.setdefault(place.id, []).append(operation)
    for body in nato.organisations if bodies else ():
        seat = current(body.seats)
        if seat is not None and _at(seat) is not None:
            places[seat.id] = seat
            seated.setdefault(seat.id, []).append(body)
    found = [
        _Site(
            place,
            at,
            tuple(here.get(key, ())),
            tuple(seated.get(key, ())),
            tuple(named.get(key, ())),
        )
        for key, place in places.items()
        if (at := _at(place)) is not None
    ]
    return sorted(found, key=lambda s: (-len(s.named), -len(s.operations), s.place.id))


def _at(place: Place) -> Point | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.longitude, place.latitude


def _frame(sites: Sequence[_Site]) -> Frame:
    """Return the degrees to show: all points, and seas and regions with a label or near by.

    A point far out in an ocean stands for all of it, and would stretch the map to no one's use.
    """
    points = [site.at for site in sites if site.named or not site.wide] or [(0.0, 0.0)]
    near = frame_of(points).widened(0.3)
    points += [site.at for site in sites if _inside(site.at, near)]
    return frame_of(points).widened(0.06)


def _checked(around: tuple[float, float, float, float]) -> Frame:
    frame = Frame(*around)
    across = -180 <= frame.west < frame.east <= 180  # noqa: PLR2004 (degrees)
    if not across or not -90 <= frame.south < frame.north <= 90:  # noqa: PLR2004 (degrees)
        raise BadArgument(f"expected degrees west, east, south and north, got {around}")
    return frame


def _inside(at: Point, frame: Frame) -> bool:
    return frame.west <= at[0] <= frame.east and frame.south <= at[1] <= frame.north


def _edge(frame: Frame, project: Project) -> Frame:
    """Return the frame on paper: that of points all along the edge."""
    steps = [at / 24 for at in range(25)]
    across = [frame.west + (frame.east - frame.west) * at for at in steps]
    up = [frame.south + (frame.north - frame.south) * at for at in steps]
    rim = [project(x, y) for x in across for y in (frame.south, frame.north)]
    rim += [project(x, y) for x in (frame.west, frame.east) for y in up]
    return frame_of(rim)


# --- drawing ---------------------------------------------------------------------------------


def _ground(axes: "Axes", project: Project, style: Style) -> None:
    from matplotlib.patches import PathPatch, Rectangle
    from matplotlib.path import Path

    sea = Rectangle((0, 0), 1, 1, transform=axes.transAxes, facecolor=style.sea, lw=0, zorder=0)
    axes.add_patch(sea)
    fine = (axes.get_xlim()[1] - axes.get_xlim()[0]) / size_of(axes)[0] * _FINE
    for area in land():
        rings = [_coarse([project(*point) for point in ring], fine) for ring in area]
        outline = [point for ring in rings for point in ring]
        codes = [
            code
            for ring in rings
            for code in (Path.MOVETO, *[Path.LINETO] * (len(ring) - 2), Path.CLOSEPOLY)
        ]
        west, east = axes.get_xlim()
        south, north = axes.get_ylim()
        box = frame_of(outline)
        if box.west > east or box.east < west or box.south > north or box.north < south:
            continue
        patch = PathPatch(
            Path(outline, codes), facecolor=style.land, edgecolor=style.paper, lw=0.4, zorder=1
        )
        axes.add_patch(patch)


_FINE = 0.006
"""Inches: of the points of an outline, none is drawn nearer to the last."""


def _coarse(ring: Sequence[Point], fine: float) -> list[Point]:
    kept = [ring[0]]
    for x, y in ring[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= fine:
            kept.append((x, y))
    return [*kept, ring[-1]]


def _draw(axes: "Axes", sites: Sequence[_Site], project: Project, style: Style) -> None:
    for site in sites:
        x, y = project(*site.at)
        if site.bodies:
            _mark(axes, (x, y), "s", 4.2, style.soft, style.paper)
        families = dict.fromkeys(family_of(each.kind) for each in site.operations)
        for ring, family in enumerate(families):
            colour = getattr(style, family.colour)
            if site.wide:
                size = 15.0 + 5 * ring
                axes.plot([x], [y], "o", ms=size, mfc="none", mec=colour, mew=1.6, zorder=3)
            else:
                # Several kinds at one place: the first on top, the others as rims around it.
                size = 5.4 + 3.4 * ring
                _mark(axes, (x, y), "o", size, colour, style.paper, over=6 - ring * 0.1)


def _mark(
    axes: "Axes",
    at: Point,
    marker: str,
    size: float,
    fill: str,
    rim: str,
    *,
    over: float = 4,
) -> None:
    axes.plot(
        [at[0]],
        [at[1]],
        marker=marker,
        markersize=size,
        markerfacecolor=fill,
        markeredgecolor=rim,
        markeredgewidth=0.6,
        zorder=over,
    )


def _words(site: _Site) -> str:
    """Return what a place is labelled with: the operations named there, else the bodies."""
    names = [_short(each) for each in site.named] or [_short(each) for each in site.bodies]
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" +{more}" if more > 0 else "")


def _short(record: Operation | Organisation) -> str:
    name = short_name(record, _LONG)
    if isinstance(record, Operation):
        name = name.removeprefix("Operation ")
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST].rstrip()}…"


_AROUND = [(1, 0), (-1, 0), (0.7, 0.9), (-0.7, 0.9), (0.7, -0.9), (-0.7, -0.9), (0, 1), (0, -1)]
_FAR = (0.22, 0.34, 0.48)  # inches from a place to its label, where it needs a line


def _label(
    axes: "Axes", sites: Sequence[_Site], project: Project, ruler: Ruler, style: Style
) -> int:
    """Write the labels where there is room; return how many found none."""
    from matplotlib.patheffects import withStroke

    paper = _Box(0, 0, *size_of(axes))
    (west, east), (south, _) = axes.get_xlim(), axes.get_ylim()
    inches = paper.right / (east - west)
    spots = []
    for site in sites:
        x, y = project(*site.at)
        spots.append(((x - west) * inches, (y - south) * inches))
    taken = [_around(spot, site.reach) for spot, site in zip(spots, sites, strict=True)]
    overlay = axes.inset_axes((0, 0, 1, 1))
    overlay.set_axis_off()
    overlay.set_xlim(0, paper.right)
    overlay.set_ylim(0, paper.top)
    written: list[_Box] = []
    left_out = 0
    for spot, site in zip(spots, sites, strict=True):
        text = _words(site)
        if not text:
            continue
        size = ruler.inches(text, _SIZE), _SIZE / 72 * 1.15
        found = _room(spot, site, size, [*taken, *written], paper)
        if found is None:
            left_out += 1
            continue
        box, distant = found
        written.append(box)
        middle = ((box.left + box.right) / 2, (box.foot + box.top) / 2)
        if distant:
            end = (min(max(spot[0], box.left), box.right), min(max(spot[1], box.foot), box.top))
            overlay.plot(*zip(spot, end, strict=True), color=style.soft, lw=0.5)
        colour = style.ink if site.named else style.soft
        name = write(overlay, middle, text, colour, size=_SIZE, ha="center", va="center_baseline")
        name.set_path_effects([withStroke(linewidth=1.6, foreground=style.land)])
    return left_out


def _around(spot: Point, reach: float) -> _Box:
    return _Box(spot[0] - reach, spot[1] - reach, spot[0] + reach, spot[1] + reach)


def _room(
    spot: Point, site: _Site, size: Point, taken: Sequence[_Box], paper: _Box
) -> tuple[_Box, bool] | None:
    """Return the nearest free place for a label beside a spot, and whether it needs a line."""
    near = site.reach + 0.03
    for distance in (near, *_FAR) if site.named else (near,):
        for across, up in _AROUND:
            x = spot[0] + across * distance - (across < 0) * size[0]
            x -= (across == 0) * size[0] / 2
            y = spot[1] + up * distance - size[1] / 2 + (up > 0) * size[1] / 2
            y -= (up < 0) * size[1] / 2
            box = _Box(x, y, x + size[0], y + size[1])
            on_paper = box.left > 0 and box.foot > 0
            on_paper = on_paper and box.right < paper.right and box.top < paper.top
            if on_paper and not any(box.meets(other) for other in taken):
                return box, distance > near
    return None


def _legend(figure: "Figure", sites: Sequence[_Site], style: Style) -> None:
    across, up = figure.get_size_inches()
    axes = axes_at(figure, MARGIN, up - 1.0, across - 2 * MARGIN, 0.2)
    axes.set_xlim(0, across - 2 * MARGIN)
    axes.set_ylim(0, 1)
    ruler, x = Ruler(figure), 0.0
    found = {family_of(each.kind) for site in sites for each in site.operations}
    marks = [("o", getattr(style, each.colour), each.name) for each in FAMILIES if each in found]
    if any(site.bodies for site in sites):
        marks.append(("s", style.soft, "Seat of a body"))
    for marker, colour, text in marks:
        _mark(axes, (x + 0.06, 0.5), marker, 6, colour, style.paper)
        write(axes, (x + 0.18, 0.5), text, style.ink, va="center_baseline")
        x += 0.18 + ruler.inches(text, 8) + 0.24
