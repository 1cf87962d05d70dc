"""The chain of a trace as a drawing."""

import pytest
from plot_data import dataset

from natodata.errors import BadArgument
from natodata.plot import trace
from natodata.plot.traces import _described

NATO = dataset()


def texts(figure):
    """Return the texts of a chain, from top to bottom."""
    (axes,) = figure.axes
    return [t.get_text() for t in sorted(axes.texts, key=lambda t: t.get_position()[1])]


class TestTrace:
    """``trace(chain, …)``."""

    def test_order(self):
        """Dates stand in order of time, the record traced among them."""
        (axes,) = trace(NATO.trace("steady")).axes
        dates = [t for t in axes.texts if t.get_position()[0] == 0]
        ordered = sorted(dates, key=lambda t: t.get_position()[1])

        assert [
            "1998",
            "Feb 1999",
            "1–2 Mar 1999",
            "2 Mar 1999",
            "10 Apr 1999",
            "12 Jun 1999",
            "1 Jan–Feb 2005",
        ] == [t.get_text() for t in ordered]

    def test_ties(self):
        """Words and an arc for each step say what it is tied to."""
        figure = trace(NATO.trace("steady"))
        (axes,) = figure.axes
        shown = texts(figure)

        assert "programme · succeeded by → Operation Steady" in shown
        assert "event · answered by → the decision of 2 Mar 1999" in shown
        assert "event · Operation Steady followed by this" in shown
        assert "operation" in shown
        arcs = [patch for patch in axes.patches if type(patch).__name__ == "PathPatch"]
        assert len(NATO.trace("steady")) == len(arcs)

    def test_plain(self):
        """Text is shown as it is, whatever signs it has."""
        assert r"A Mandate of $\frac{1}{2}$ <b>weight</b> -- & more" in texts(
            trace(NATO.trace("steady"))
        )

    def test_lines(self):
        """A long text goes over so many lines as are asked for, and at least one."""
        heights = {
            lines: trace(NATO.trace("steady"), lines=lines).get_figheight()
            for lines in (0, 1, 2, 9)
        }

        assert heights[0] == heights[1] < heights[2] < heights[9]
        assert not any(t.endswith("…") for t in texts(trace(NATO.trace("steady"), lines=9)))

    def test_apart(self):
        """No text lies over another."""
        figure = trace(NATO.trace("steady"))
        renderer = figure.canvas.get_renderer()
        boxes = [t.get_window_extent(renderer) for t in figure.axes[0].texts]
        pairs = [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :]]

        assert not any(a.overlaps(b) for a, b in pairs)

    def test_alone(self):
        """A record that nothing led to is drawn alone, also without a date."""
        for identifier, date in (("open", "May 2003"), ("seatless", "undated")):
            figure = trace(NATO.trace(identifier), title="Alone")

            assert date in texts(figure)
            assert "0 steps before, 0 after, in order of time" in [
                t.get_text() for t in figure.texts
            ]

    def test_one(self):
        """One step is said in the singular."""
        said = [t.get_text() for t in trace(NATO.trace("school")).texts]

        assert "0 steps before, 2 after, in order of time" in said
        said = [t.get_text() for t in trace(NATO.trace("begun")).texts]
        assert "2 steps before, 2 after, in order of time" in said
        said = [t.get_text() for t in trace(NATO.trace("visit")).texts]
        assert any(text.startswith("0 steps before") for text in said)

    def test_undated_decision(self):
        """A step tied to what has neither name nor date names its type."""
        assert "the body" == _described(NATO.organisations["seatless"])

    def test_bad(self):
        """An unknown style is refused."""
        with pytest.raises(BadArgument, match="style"):
            trace(NATO.trace("steady"), style="sepia")
