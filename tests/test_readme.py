"""The README is short, and its picture is the one that the code draws."""

import importlib.util
import io
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"


def loaded():
    """Return the script that draws the picture, which is no module of the package."""
    spec = importlib.util.spec_from_file_location("_picture", ROOT / "docs" / "_picture.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


picture = loaded()


def pixels(content):
    """Return a picture as an array of numbers from 0 to 255."""
    from matplotlib.image import imread
    from numpy import rint

    return rint(imread(io.BytesIO(content), format="png")[..., :3] * 255)


def difference(one, other):
    """Return the root mean square of the differences of two pictures."""
    return float(((pixels(one) - pixels(other)) ** 2).mean() ** 0.5)


@pytest.fixture(scope="module")
def now():
    """Return the picture as the code and the data give it now."""
    return picture.drawn()


class TestPicture:
    """The picture, ``docs/_static/timeline.png``."""

    def test_current(self, now):
        """It is what the script draws, but for a date that was set right or a letter's edge."""
        kept = picture.PATH.read_bytes()

        assert pixels(now).shape == pixels(kept).shape
        assert difference(now, kept) < 12

    def test_other(self, now, monkeypatch):
        """An operation less, or other operations, would be seen."""
        every = picture.OPERATIONS
        monkeypatch.setattr(picture, "OPERATIONS", (*every[:-1], "sky-monitor"))

        assert difference(now, picture.drawn()) > 12

    def test_small(self):
        """It is small enough for a page that is read over a slow line."""
        assert len(picture.PATH.read_bytes()) <= 60_000

    def test_written(self, now, tmp_path, monkeypatch):
        """The script writes it."""
        monkeypatch.setattr(picture, "PATH", tmp_path / "new" / "timeline.png")
        picture.main()

        assert now == (tmp_path / "new" / "timeline.png").read_bytes()


class TestReadme:
    """What the README says."""

    text = README.read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        "said",
        [
            "not affiliated with NATO",
            "pip install natodata",
            "[MIT licence](LICENSE)",
            "[CC0 1.0](LICENSE-DATA)",
            "natodata cite",
            "(docs/_static/timeline.png)",
        ],
    )
    def test_said(self, said):
        """It says who does not stand behind it, how to install, use and cite it."""
        assert said in self.text

    def test_short(self):
        """It is read on one screen or a little more."""
        assert len(self.text.splitlines()) <= 70
