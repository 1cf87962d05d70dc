"""Whole pictures against those that were looked at, with a tolerance for other font renderers."""

import pytest
from matplotlib.image import imread
from plot_data import BASELINE, difference, pictures, pixels

TOLERANCE = 4.0
"""Of 255, over all pixels: text drawn by another release of FreeType differs by less."""
NAMES = list(pictures("light"))


class TestPictures:
    """Every function, in light and in dark."""

    @pytest.mark.parametrize("style", ["light", "dark"])
    @pytest.mark.parametrize("name", NAMES)
    def test_same(self, name, style):
        """The picture is the one that was looked at."""
        expected = imread(BASELINE / f"{name}-{style}.png")[..., :3]
        actual = pixels(pictures(style)[name]())

        assert expected.shape == actual.shape
        assert difference(expected, actual) < TOLERANCE

    def test_all(self):
        """There is a picture to compare with for each, and none too many."""
        expected = {f"{name}-{style}.png" for name in NAMES for style in ("light", "dark")}

        assert expected == {path.name for path in BASELINE.iterdir()}

    @pytest.mark.parametrize("name", NAMES)
    def test_would_differ(self, name):
        """The comparison notices where the marks of a picture are gone."""
        expected = imread(BASELINE / f"{name}-light.png")[..., :3]
        figure = pictures("light")[name]()
        for axes in figure.axes:
            for drawn in (*axes.lines, *axes.collections, *axes.patches[1:]):
                drawn.remove()

        assert difference(expected, pixels(figure)) > TOLERANCE
