"""What all pictures share: colours, text that is measured and never read as markup, saving."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from natodata.errors import BadArgument, MissingExtra

TYPE_CHECKING = False
if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text

__all__ = [
    "DPI",
    "MARGIN",
    "STYLES",
    "Ruler",
    "Style",
    "StyleName",
    "axes_at",
    "clipped",
    "footer",
    "header",
    "new_figure",
    "plain",
    "save",
    "size_of",
    "style_of",
    "time_marks",
    "wrapped",
    "write",
]

DPI = 100
"""Dots per inch at which pictures are laid out."""
MARGIN = 0.3
"""Inches of paper around a picture."""
_FONT = "DejaVu Sans"  # comes with matplotlib, so pictures are the same everywhere
StyleName: TypeAlias = Literal["light", "dark"]
"""Dark marks on white paper, or light marks on dark."""


class Style(NamedTuple):
    """The colours of a picture; the last six are those of Okabe and Ito that show on its paper."""

    paper: str
    """The ground."""
    ink: str
    """Titles, names and marks."""
    soft: str
    """Text of second rank."""
    faint: str
    """Lines of the grid."""
    land: str
    """Land on maps."""
    sea: str
    """Water on maps."""
    red: str
    orange: str
    green: str
    blue: str
    sky: str
    purple: str


# Okabe and Ito, Color Universal Design (2008): told apart with any common kind of colour vision.
_OKABE_ITO = {
    "red": "#d55e00",
    "orange": "#e69f00",
    "green": "#009e73",
    "blue": "#0072b2",
    "sky": "#56b4e9",
    "purple": "#cc79a7",
}
STYLES: dict[str, Style] = {
    "light": Style(
        paper="#ffffff",
        ink="#1a1a1a",
        soft="#5c6066",
        faint="#dcdfe3",
        land="#e6e3dc",
        sea="#f6f9fb",
        **_OKABE_ITO,
    ),
    "dark": Style(
        paper="#16191d",
        ink="#f0f1f2",
        soft="#a4abb3",
        faint="#343a41",
        land="#343a40",
        sea="#1b2026",
        # The blue of the set is too dark on a dark ground; its yellow takes that place.
        **{**_OKABE_ITO, "blue": "#f0e442"},
    ),
}
"""The styles by name."""


def style_of(name: str) -> Style:
    """Return a style by name.

    Raises:
        BadArgument: There is no such style.
    """
    if name not in STYLES:
        raise BadArgument(f"expected a style of {', '.join(STYLES)}, got {name!r}")
    return STYLES[name]


def new_figure(width: float, height: float, style: Style) -> "Figure":
    """Return an empty figure of a size in inches, apart from anything that pyplot knows.

    Raises:
        MissingExtra: matplotlib is not installed.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        message = 'matplotlib is not installed: run pip install "natodata[plot]"'
        raise MissingExtra(message, name="matplotlib") from error
    figure = Figure(figsize=(width, height), dpi=DPI, facecolor=style.paper)
    figure.set_layout_engine("none")
    FigureCanvasAgg(figure)
    return figure


def axes_at(figure: "Figure", left: float, bottom: float, width: float, height: float) -> "Axes":
    """Return bare axes at a place given in inches: no frame, no ticks, no margins."""
    across, up = figure.get_size_inches()
    axes = figure.add_axes((left / across, bottom / up, width / across, height / up))
    axes.set_axis_off()
    axes.set_autoscale_on(False)
    return axes


def size_of(axes: "Axes") -> tuple[float, float]:
    """Return width and height of axes in inches."""
    return axes.bbox.width / DPI, axes.bbox.height / DPI


def _font(size: float, weight: str = "normal", slant: str = "normal") -> "FontProperties":
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=_FONT, size=size, weight=weight, style=slant)  # type: ignore[arg-type]


def write(
    where: "Axes | Figure",
    at: tuple[float, float],
    text: str,
    colour: str,
    *,
    size: float = 8,
    weight: str = "normal",
    slant: str = "normal",
    **more: Any,  # noqa: ANN401 (what matplotlib's Text takes)
) -> "Text":
    """Put a text at a place, as it is: dollar signs and the like are not read as mathematics."""
    return where.text(
        *at,
        plain(text),
        color=colour,
        fontproperties=_font(size, weight, slant),
        parse_math=False,
        usetex=False,
        **more,
    )


def plain(text: str) -> str:
    """Return a text in one line, without characters that cannot be drawn."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


class Ruler:
    """Measures texts in the picture's own font."""

    def __init__(self, figure: "Figure") -> None:
        self._renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]

    def inches(self, text: str, size: float, weight: str = "normal") -> float:
        """Return how wide a text stands."""
        font = _font(size, weight)
        width, _, _ = self._renderer.get_text_width_height_descent(plain(text), font, ismath=False)
        return float(width) / DPI


def wrapped(
    ruler: Ruler, text: str, inches: float, size: float, *, lines: int, weight: str = "normal"
) -> list[str]:
    """Return a text as lines of a width; what does not go into so many is cut with a mark."""
    found = [""]
    words = plain(text).split(" ")
    for word in words:
        longer = f"{found[-1]} {word}".lstrip()
        if not found[-1] or ruler.inches(longer, size, weight) <= inches:
            found[-1] = longer
        else:
            found.append(word)
    kept = found[:lines]
    if len(found) > lines:
        kept[-1] = f"{kept[-1]} …"
    return [clipped(ruler, line, inches, size, weight) for line in kept]


def clipped(ruler: Ruler, text: str, inches: float, size: float, weight: str = "normal") -> str:
    """Return a text cut to a width, with a mark where it was cut."""
    text = plain(text)
    if ruler.inches(text, size, weight) <= inches:
        return text
    text = text.removesuffix(" …")
    while text and ruler.inches(f"{text}…", size, weight) > inches:
        text = text[:-1].rstrip()
    return f"{text}…"


def header(figure: "Figure", style: Style, title: str, subtitle: str) -> None:
    """Put title and subtitle at the head of a picture; they need 0.75 inches."""
    across, up = figure.get_size_inches()
    ruler = Ruler(figure)
    room = across - 2 * MARGIN
    at = MARGIN / across
    name = clipped(ruler, title, room, 14, "bold")
    write(figure, (at, 1 - 0.42 / up), name, style.ink, size=14, weight="bold", va="baseline")
    about = clipped(ruler, subtitle, room, 9)
    write(figure, (at, 1 - 0.64 / up), about, style.soft, size=9, va="baseline")


def footer(figure: "Figure", style: Style, notes: Iterable[str]) -> None:
    """Put notes at the foot of a picture, in one line."""
    across, up = figure.get_size_inches()
    text = clipped(Ruler(figure), " · ".join(notes), across - 2 * MARGIN, 7)
    write(figure, (MARGIN / across, 0.16 / up), text, style.soft, size=7, va="baseline")


def save(figure: "Figure", path: str | Path) -> Path:
    """Write a picture to a file: ``.svg``, ``.png`` or ``.pdf``; the same bytes each time.

    Nothing in the file tells when or on which machine it was made. The file is there whole or not
    at all: a failure leaves what was there before.

    Args:
        figure: What one of the other functions returned, or any figure of matplotlib.
        path: Where to.

    Returns:
        The path.

    Raises:
        BadArgument: The name ends in none of the three, or its folder is not there.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> import natodata
        >>> from natodata import plot
        >>> picture = plot.trace(natodata.load().trace("nmi"))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = plot.save(picture, Path(folder) / "nmi.svg")
        ...     path.read_text(encoding="utf-8")[:19]
        '<?xml version="1.0"'
    """
    from matplotlib import rc_context

    from natodata.export.writing import new_file

    target = Path(path)
    form = target.suffix.lower().removeprefix(".")
    if form not in _METADATA:
        forms = ", ".join(f".{name}" for name in _METADATA)
        raise BadArgument(f"expected a file name that ends in one of {forms}, got {str(path)!r}")
    with (
        new_file(target) as scratch,
        # The salt makes the ids in an SVG the same each time; it can be given in no other way.
        rc_context({"svg.hashsalt": "natodata", "svg.fonttype": "path"}),
    ):
        figure.savefig(
            scratch, format=form, facecolor=figure.get_facecolor(), metadata=_METADATA[form]
        )
    return target


_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": "natodata"},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": "natodata", "Producer": None},
}
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
_MONTHS = (1, 3, 6)


def time_marks(first: float, last: float, most: int) -> Sequence[tuple[str, int]]:
    """Return what to mark on a time axis: each a text and the ordinal of a first day.

    Args:
        first: Where the axis begins, as an ordinal of days.
        last: Where it ends.
        most: At most about so many.
    """
    from datetime import date

    begin = date.fromordinal(min(max(1, int(first)), date.max.toordinal()))
    end = date.fromordinal(min(max(1, int(last)), date.max.toordinal()))
    months = (end.year - begin.year) * 12 + end.month - begin.month
    by_month = next((step for step in _MONTHS if months / step <= most), None)
    if by_month is None:
        step = next(each for each in _YEARS if (end.year - begin.year) / each <= most)
        years = range(begin.year - begin.year % step, end.year + 1, step)
        found = [(str(year), date(year, 1, 1).toordinal()) for year in years if year > 0]
    else:
        days = [
            date(year, month, 1)
            for year in range(begin.year, end.year + 1)
            for month in range(1, 13, by_month)
        ]
        found = [(f"{day:%Y-%m}", day.toordinal()) for day in days]
    return [each for each in found if first <= each[1] <= last]
