"""Timelines: bars, fades, arrows, marks, order, groups."""

from itertools import pairwise

import pytest
from plot_data import dataset

from natodata.dates import LATER, NEVER, PartialDate
from natodata.errors import BadArgument
from natodata.plot import timeline
from natodata.plot.timelines import _middle, _order, _parts, _Window

OPERATIONS = dataset().operations
WINDOW = _Window(PartialDate("1998").span[0], PartialDate("2014").span[1])


def day(text):
    """Return the ordinal of a day."""
    return PartialDate(text).span[0]


def texts(figure):
    """Return the texts of a picture, those of its axes too."""
    return [t.get_text() for where in (figure, *figure.axes) for t in where.texts]


def names(figure):
    """Return the names at the left, from top to bottom."""
    found = [t for t in figure.texts if t.get_va() == "center_baseline"]
    return [t.get_text() for t in sorted(found, key=lambda t: -t.get_position()[1])]


def parts(identifier):
    """Return the parts of an operation's bar as first day, last day and shade."""
    return [tuple(part) for part in _parts(OPERATIONS[identifier], WINDOW)]


class TestParts:
    """The bar says what the dates say, and no more."""

    def test_days(self):
        """Between two days it is full, and nothing else."""
        assert [(day("1999-06-12"), day("2012-03-31") + 1, 0.92)] == parts("steady")

    def test_partial(self):
        """Over a year in which it began it rises, over one in which it ended it falls."""
        bar = parts("faded")
        full = [part for part in bar if part[2] == 0.92]
        rising = [part for part in bar if part[1] <= full[0][0]]
        falling = [part for part in bar if part[0] >= full[0][1]]

        assert [(day("2001-12-31"), day("2005-01-01") + 1, 0.92)] == full
        assert day("2001-01-01") == rising[0][0]
        # "2006~" may be off by a year.
        assert day("2007-12-31") + 1 == pytest.approx(falling[-1][1])
        shades = [part[2] for part in rising]
        assert shades == sorted(shades)
        shades = [part[2] for part in falling]
        assert shades == sorted(shades, reverse=True)

    def test_goes_on(self):
        """After the last day on which it was seen it is pale, to the edge."""
        assert (day("2010-10-01") + 1, WINDOW.last, 0.2) == parts("open")[-1]

    def test_unending(self):
        """Where nothing bounds the end it fades out over a short stretch."""
        last = parts("unending")[-1]

        assert last[1] == pytest.approx(day("2010-01-15") + 1, abs=1.5 * WINDOW.tail)
        assert last[2] < 0.05

    def test_unbegun(self):
        """Where nothing bounds the beginning it fades in over a short stretch."""
        first = parts("unbegun")[0]

        assert first[0] == pytest.approx(day("2004-02-29") - WINDOW.tail, abs=60)
        assert first[2] < 0.05

    def test_blurred(self):
        """What began and ended in one year, nobody knows when, rises and falls in it."""
        bar = parts("blurred")

        assert day("2007-01-01") == bar[0][0]
        assert day("2007-12-31") + 1 == pytest.approx(bar[-1][1])
        assert bar[0][2] < 0.2 > bar[-1][2]

    def test_least(self):
        """However short, a bar is wide enough to be seen."""
        (full,) = [part for part in parts("unending") if part[2] == 0.92]

        assert full[1] - full[0] == pytest.approx(WINDOW.least)

    def test_marks_only(self):
        """Without beginning and end it is pale around its steps."""
        ((first, last, shade),) = parts("marked")

        assert first < day("2005-06-01") < day("2006-01-09") < last
        assert 0.2 == shade

    def test_bare(self):
        """Without any date it is pale all along."""
        ((first, last, _),) = parts("bare")

        assert first < WINDOW.first < WINDOW.last < last


class TestMiddle:
    """Where a date is marked."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (PartialDate("2001-01-01"), day("2001-01-01") + 0.5),
            (PartialDate("2001"), day("2001-07-02") + 0.5),
        ],
    )
    def test_middle(self, text, expected):
        """In the middle of it."""
        assert expected == _middle(text)

    def test_limits(self):
        """At the one limit that a half-open period has."""
        steps = {m.kind: m.date for o in OPERATIONS for m in o.milestones if "/" in str(m.date)}

        assert day("2003-01-31") == _middle(steps["decided"])
        assert day("2006-01-09") == _middle(steps["authorised"])


class TestTimeline:
    """``timeline(operations, …)``."""

    def test_order(self):
        """Rows go by beginning; what has none, by what is known; what has nothing, last."""
        expected = ["steady", "faded", "open", "unbegun", "marked", "blurred", "unending", "bare"]

        assert expected == [each.id for each in sorted(OPERATIONS, key=_order)]

    def test_names(self):
        """Names stand in that order; a long one is short or cut."""
        shown = names(timeline(OPERATIONS))

        assert "Operation Steady" == shown[0]
        assert "Air & <Sky>" in shown
        assert shown[-1].endswith("…")

    def test_groups(self):
        """A heading stands over the operations of each kind."""
        shown = names(timeline(OPERATIONS, group="kind"))

        assert ["Crisis management force", "Operation Steady", "Training advisory"] == shown[:3]
        assert len(OPERATIONS) + 7 == len(shown)

    def test_window(self):
        """What lies outside of the time asked for is left out."""
        shown = names(timeline(OPERATIONS, since="2009", until="2010-12"))

        assert {"Operation Steady", "Operation Open", "Relief"} <= set(shown)
        assert not {"Blurred", "Air & <Sky>"} & set(shown)

    def test_inside(self):
        """Nothing but the tips of arrows is drawn outside of the time asked for."""
        figure = timeline(OPERATIONS, since="2002", until="2009")
        axes = figure.axes[0]
        window = axes.get_xlim()
        days = [x for line in axes.lines for x in line.get_xdata()]
        corners = [x for path in axes.collections[0].get_paths() for x, _ in path.vertices]
        tip = window[1] + (window[1] - window[0]) * 0.01

        assert window[0] <= min(days) <= max(days) <= window[1]
        assert window[0] <= min(corners) <= max(corners) <= tip

    def test_arrows(self):
        """What goes on ends in an arrow, and nothing else does."""
        figure = timeline(OPERATIONS)
        triangles = [p for p in figure.axes[0].collections[0].get_paths() if len(p.vertices) == 4]

        assert 1 == len(triangles)

    def test_marks(self):
        """There is a mark for each milestone that is not deprecated."""
        figure = timeline([OPERATIONS["steady"]])
        marks = [line.get_marker() for line in figure.axes[0].lines if line.get_marker() != "None"]

        assert ["v", ">", "D", "D", "s"] == marks

    def test_legend(self):
        """The legend has what is there, and nothing else."""
        shown = texts(timeline([OPERATIONS["steady"]]))

        assert {"Force or combat", "began", "ended", "changed"} <= set(shown)
        assert not {"At sea", "seen to go on"} & set(shown)
        assert "1 operation, in the order in which they began" in shown

    def test_many(self):
        """Sixty operations have a row each, of a height at which names can be read."""
        figure = timeline([OPERATIONS["steady"], OPERATIONS["open"]] * 30)
        rows = [t.get_position()[1] for t in figure.texts if t.get_va() == "center_baseline"]
        inches = sorted(y * figure.get_figheight() for y in rows)

        assert 60 == len(inches)
        assert all(b - a > 8 / 72 for a, b in pairwise(inches))

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"group": "lead"}, "expected 'kind' or None to group by, got 'lead'"),
            ({"style": "sepia"}, "expected a style of light, dark"),
            ({"since": "2010", "until": "2001"}, "expected a time that ends after it begins"),
        ],
    )
    def test_bad(self, arguments, message):
        """What cannot be meant is refused."""
        with pytest.raises(BadArgument, match=message):
            timeline(OPERATIONS, **arguments)

    def test_none(self):
        """Nothing to draw is an error, and not an empty picture."""
        with pytest.raises(BadArgument, match="at least one operation"):
            timeline([])
        with pytest.raises(BadArgument, match="at least one operation"):
            timeline([OPERATIONS["steady"]], since="2020", until="2021")

    def test_undated(self):
        """An operation without any date is drawn all the same."""
        assert NEVER < timeline([OPERATIONS["bare"]]).axes[0].get_xlim()[1] < LATER
