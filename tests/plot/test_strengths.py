"""Strength over time: what is a point, what is left out, scales."""

from datetime import date
from itertools import pairwise

import pytest
from matplotlib.colors import to_rgba
from plot_data import dataset

from natodata.errors import BadArgument, NotFound
from natodata.plot import strength
from natodata.plot.strengths import _levels

NATO = dataset()


def panel(figure, name):
    """Return the axes of a panel."""
    (axes,) = [a for a in figure.axes if any(t.get_text() == name for t in a.texts)]
    return axes


def points(axes):
    """Return the marks of a panel as year, number and shape, in order of time."""
    found = [
        (date.fromordinal(int(line.get_xdata()[0])).year, line.get_ydata()[0], line.get_marker())
        for line in axes.lines
        if line.get_marker() != "None"
    ]
    return sorted(found)


def titles(figure):
    """Return the names over the panels, in their order."""
    return [t.get_text() for a in figure.axes for t in a.texts if t.get_weight() == "bold"]


def joined(axes):
    """Return how many lines of several days lie over the points of a panel."""
    return sum(len(set(line.get_ydata())) > 1 and line.get_zorder() == 1 for line in axes.lines)


class TestStrength:
    """``strength(nato, operation, …)``."""

    def test_points(self):
        """Numbers stand where they hold, in the shape of what they bound.

        Left out are running totals, deprecated numbers, other measures and half-open times.
        """
        expected = [
            (1999, 5000, "o"),
            (2002, 4000, "_"),
            (2002, 4600, "_"),
            (2003, 3900, "o"),
            (2005, 3000, "v"),
            (2008, 2500, "^"),
        ]

        assert expected == points(panel(strength(NATO, "steady"), "All nations"))

    def test_fill(self):
        """Only a number as counted is full."""
        figure = strength(NATO, "steady")
        axes, paper = panel(figure, "Norway"), figure.get_facecolor()
        filled = {
            line.get_ydata()[0]: to_rgba(line.get_markerfacecolor()) != paper
            for line in axes.lines
            if line.get_marker() != "None"
        }

        assert {200: True, 150: False} == filled

    def test_nations(self):
        """By default those with the highest numbers come first."""
        assert ["All nations", "Italy", "Norway", "Germany"] == titles(strength(NATO, "steady"))

    def test_running(self):
        """All who ever served are no strength."""
        assert [700, 650, 300, 90] == [
            number for _, number, _ in points(panel(strength(NATO, "steady"), "Italy"))
        ]

    def test_without_number(self):
        """A nation listed without a number has a stroke under the axis, not a zero."""
        axes = panel(strength(NATO, NATO.operations["steady"]), "Germany")
        strokes = [line for line in axes.lines if min(line.get_ydata()) < 0]

        assert [] == points(axes)
        assert 1 == len(strokes)

    def test_chosen(self):
        """Nations asked for stand in that order; one without a number says so."""
        figure = strength(NATO, "steady", ["USA", NATO.countries["ITA"]])

        assert ["All nations", "United States", "Italy"] == titles(figure)
        texts = {t.get_text() for t in panel(figure, "United States").texts}
        assert "no number in the data" in texts

    def test_no_nations(self):
        """With none of them, only the whole is drawn."""
        assert ["All nations"] == titles(strength(NATO, "steady", []))

    def test_join(self):
        """Points are joined only where that is asked for, and measures apart."""
        apart, together = strength(NATO, "steady"), strength(NATO, "steady", join=True)

        assert 0 == joined(panel(apart, "All nations"))
        assert 2 == joined(panel(together, "All nations"))

    def test_scales(self):
        """Each nation has its own scale, or all have one."""
        own, one = strength(NATO, "steady"), strength(NATO, "steady", shared=True)

        assert panel(own, "Italy").get_ylim() != panel(own, "Norway").get_ylim()
        assert panel(one, "Italy").get_ylim() == panel(one, "Norway").get_ylim()
        assert 0 == panel(own, "Italy").get_ylim()[0]

    def test_whole(self):
        """The operation may have no number for the whole, or the nations no number at all."""
        figure = strength(NATO.on("2006-05-01"), "steady", ["NOR"])

        assert [(2006, 150, "o")] == points(panel(figure, "Norway"))

    def test_bad(self):
        """Unknown records, and an operation without numbers, are refused."""
        with pytest.raises(NotFound, match="steadi"):
            strength(NATO, "steadi")
        with pytest.raises(NotFound, match="ITX"):
            strength(NATO, "steady", ["ITX"])
        with pytest.raises(BadArgument, match="published numbers, got 'open'"):
            strength(NATO, "open")
        with pytest.raises(BadArgument, match="style"):
            strength(NATO, "steady", style="sepia")

    def test_title(self):
        """The title is that asked for."""
        texts = [t.get_text() for t in strength(NATO, "steady", title="Mine").texts]

        assert "Mine" in texts


class TestLevels:
    """The numbers at the left of a panel."""

    @pytest.mark.parametrize("highest", [1, 2, 3, 7, 19, 40, 99, 640, 1200, 19000, 50000, 99999])
    def test_round(self, highest):
        """Two to five of them, evenly apart from zero to below the highest, and round."""
        levels = _levels(highest)

        assert 2 <= len(levels) <= 5
        assert 0 == levels[0]
        assert highest / 2 <= levels[-1] <= highest
        assert 1 == len({b - a for a, b in pairwise(levels)})
        assert str(levels[1]).rstrip("0") in {"1", "2", "25", "5"}
