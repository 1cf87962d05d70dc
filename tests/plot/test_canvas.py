"""What all pictures share: styles, measured text, saving."""

import hashlib
import re
import stat
import subprocess
import sys
from datetime import date
from xml.etree import ElementTree as ET

import matplotlib as mpl
import matplotlib.style
import pytest
from plot_data import dataset, pictures, pixels, settings

from natodata import plot
from natodata.errors import BadArgument, MissingExtra
from natodata.plot.canvas import (
    STYLES,
    Ruler,
    clipped,
    new_figure,
    plain,
    style_of,
    time_marks,
    wrapped,
)

LIGHT = style_of("light")


@pytest.fixture(scope="module")
def ruler():
    """Return a ruler of any figure."""
    return Ruler(new_figure(1, 1, LIGHT))


def luminance(colour):
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


class TestStyleOf:
    """``style_of(name)``."""

    def test_unknown(self):
        """Another name is refused with those that there are."""
        with pytest.raises(BadArgument, match="light, dark, got 'sepia'"):
            style_of("sepia")

    @pytest.mark.parametrize("name", STYLES)
    def test_text_can_be_read(self, name):
        """Text has the contrast to its ground that WCAG 2 asks for, also on maps."""
        style = style_of(name)
        for ground in (style.paper, style.land, style.sea):
            assert contrast(style.ink, ground) > 7
            assert contrast(style.soft, ground) > 4.5

    @pytest.mark.parametrize("name", STYLES)
    def test_colours(self, name):
        """The six colours are those of Okabe and Ito, all different, and stand off the paper."""
        okabe_ito = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"]
        style = style_of(name)
        colours = [style.red, style.orange, style.green, style.blue, style.sky, style.purple]

        assert 6 == len(set(colours))
        assert set(colours) <= set(okabe_ito)
        assert all(contrast(colour, style.paper) > 2 for colour in colours)


class TestNewFigure:
    """``new_figure(width, height, style)``."""

    def test_missing(self, monkeypatch):
        """Without matplotlib the message says what to install."""
        for name in [n for n in sys.modules if n.startswith("matplotlib.")]:
            monkeypatch.setitem(sys.modules, name, None)

        with pytest.raises(MissingExtra, match=re.escape('pip install "natodata[plot]"')):
            plot.trace(dataset().trace("steady"))

    def test_apart(self):
        """No picture touches pyplot or a setting, and all come out alike in another process."""
        code = (
            "import hashlib, sys, tempfile, pathlib\n"
            "import plot_data\n"
            "from natodata import plot\n"
            "before = plot_data.settings()\n"
            "folder = pathlib.Path(tempfile.mkdtemp())\n"
            "draw = plot_data.pictures('light')['trace']\n"
            "path = plot.save(draw(), folder / 'a.svg')\n"
            "assert before == plot_data.settings()\n"
            "assert 'matplotlib.pyplot' not in sys.modules\n"
            "print(hashlib.sha256(path.read_bytes()).hexdigest())\n"
        )
        digests = {
            subprocess.run(
                [sys.executable, "-c", code],
                check=True,
                capture_output=True,
                text=True,
                env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
            ).stdout
            for seed in ("1", "2")
        }

        assert 1 == len(digests)

    @pytest.mark.parametrize("name", ["timeline", "strength", "trace"])
    def test_settings(self, name):
        """What a user set for other pictures changes none of these."""
        draw = pictures("light")[name]
        expected = pixels(draw())
        with mpl.style.context("dark_background"):
            actual = pixels(draw())

        assert (expected == actual).all()


class TestPlain:
    """``plain(text)``."""

    def test_line(self):
        """Line ends, controls and runs of spaces become one space."""
        assert "a b c d" == plain("a\n\tb\x00c\u2028  d ")


class TestWrapped:
    """``wrapped(…)`` and ``clipped(…)``."""

    def test_whole(self, ruler):
        """All words come back in order, in lines that are not too wide."""
        text = "one two three four five six seven"
        lines = wrapped(ruler, text, 0.8, 8, lines=99)

        assert text == " ".join(lines)
        assert len(lines) > 1
        assert all(ruler.inches(line, 8) <= 0.8 for line in lines)

    def test_cut(self, ruler):
        """What does not go into the lines is cut, and a mark says so."""
        lines = wrapped(ruler, "one two three four five six seven", 0.8, 8, lines=2)

        assert 2 == len(lines)
        assert lines[-1].endswith("…")
        assert all(ruler.inches(line, 8) <= 0.8 for line in lines)

    def test_long_word(self, ruler):
        """A word wider than the line is cut within."""
        (line,) = wrapped(ruler, "x" * 99, 0.8, 8, lines=1)

        assert re.fullmatch("x+…", line)
        assert ruler.inches(line, 8) <= 0.8

    def test_nothing(self, ruler):
        """An empty text is one empty line."""
        assert [""] == wrapped(ruler, " ", 1, 8, lines=3)

    def test_no_room(self, ruler):
        """Where not even a letter goes in, the mark stands alone."""
        assert "…" == clipped(ruler, "word", 0, 8)

    def test_weight(self, ruler):
        """Bold text is measured as bold."""
        assert ruler.inches("weight", 8, "bold") > ruler.inches("weight", 8)


class TestTimeMarks:
    """``time_marks(first, last, most)``."""

    @staticmethod
    def texts(first, last, most):
        """Return the texts of the marks between two years' first days."""
        days = (date(first, 1, 1).toordinal(), date(last, 1, 1).toordinal())
        return [text for text, _ in time_marks(*days, most)]

    def test_years(self):
        """Steps are round: here of one, five and fifty years."""
        assert ["2000", "2001", "2002"] == self.texts(2000, 2002, 3)
        assert ["1990", "1995", "2000"] == self.texts(1989, 2003, 4)
        assert ["50", "100", "150", "200"] == self.texts(1, 200, 5)

    def test_months(self):
        """A short time has months."""
        assert ["2000-01", "2000-04", "2000-07", "2000-10", "2001-01"] == self.texts(2000, 2001, 6)

    def test_ends(self):
        """The first and the last day of the calendar do no harm."""
        marks = time_marks(-5, date.max.toordinal() + 5, 4)

        assert ["5000"] == [text for text, _ in marks]
        assert date(5000, 1, 1).toordinal() == marks[0][1]


class TestSave:
    """``save(figure, path)``."""

    @pytest.mark.parametrize("form", ["svg", "png", "pdf"])
    def test_same(self, form, tmp_path):
        """The same picture gives the same bytes, and nothing tells when."""
        draw = pictures("light")["trace"]
        one = plot.save(draw(), tmp_path / f"one.{form}").read_bytes()
        other = plot.save(draw(), str(tmp_path / f"other.{form}")).read_bytes()

        assert hashlib.sha256(one).digest() == hashlib.sha256(other).digest()
        assert not re.search(rb"CreationDate|dc:date|20[2-9]\d-\d\d-\d\dT", one)

    @pytest.mark.parametrize("name", list(pictures("light")))
    def test_safe(self, name, tmp_path):
        """Every SVG is well-formed and holds no script, link or markup from the data."""
        path = plot.save(pictures("dark")[name](), tmp_path / "a.svg")
        tags = {element.tag.rpartition("}")[2] for element in ET.parse(path).iter()}  # noqa: S314

        assert {"svg", "path", "use"} <= tags
        assert not tags & {"script", "a", "b", "image", "foreignObject", "Sky"}

    def test_settings(self, tmp_path):
        """The settings of matplotlib are afterwards what they were."""
        before = settings()
        plot.save(new_figure(1, 1, LIGHT), tmp_path / "a.svg")

        assert before == settings()

    def test_bad_name(self, tmp_path):
        """Another ending is refused, and nothing is written."""
        with pytest.raises(BadArgument, match=r"\.svg, \.png, \.pdf, got '.*a\.exe'"):
            plot.save(new_figure(1, 1, LIGHT), tmp_path / "a.exe")

        assert [] == list(tmp_path.iterdir())

    def test_failure(self, tmp_path, monkeypatch):
        """A failure leaves the old file, and nothing beside it."""
        figure = new_figure(1, 1, LIGHT)
        path = tmp_path / "a.png"
        path.write_text("old")

        def fail(*args, **more):
            raise OSError("disk full")

        monkeypatch.setattr(figure, "savefig", fail)
        with pytest.raises(OSError, match="disk full"):
            plot.save(figure, path)

        assert ["old"] == [each.read_text() for each in tmp_path.iterdir()]

    def test_mode(self, tmp_path):
        """The file can be read by others, as files usually can."""
        path = plot.save(new_figure(1, 1, LIGHT), tmp_path / "a.png")

        assert stat.S_IMODE(path.stat().st_mode) == 0o644
