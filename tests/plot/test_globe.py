"""The outline of the land and the projections."""

import gzip
import math
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natodata.plot.globe import Frame, albers, equal_earth, frame_of, land, projection

EUROPE = Frame(-12, 45, 30, 65)


def inside(point, ring):
    """Return whether a point lies within a ring, by counting crossings."""
    x, y = point
    crossings = 0
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            crossings += 1
    return crossings % 2 == 1


def on_land(point):
    """Return whether a point lies on land."""
    return any(sum(inside(point, ring) for ring in area) % 2 for area in land())


class TestLand:
    """``land()``."""

    @pytest.mark.parametrize(
        ("place", "longitude", "latitude", "expected"),
        [
            ("Madrid", -3.7, 40.4, True),
            ("Kabul", 69.2, 34.5, True),
            ("Nicosia", 33.4, 35.2, True),
            ("Reykjavik's hinterland", -19, 65, True),
            ("Kansas", -98, 38, True),
            ("Tyrrhenian Sea", 12, 40, False),
            ("Black Sea", 34, 43, False),
            ("Caspian Sea", 51, 42, False),
            ("Mid-Atlantic", -35, 40, False),
        ],
    )
    def test_places(self, place, longitude, latitude, expected):
        """Places known to everyone lie on land or at sea."""
        assert expected == on_land((longitude, latitude))

    def test_rings(self):
        """Rings close, lie on the earth, and no step is so long that it would bend on paper."""
        for ring in (ring for area in land() for ring in area):
            assert ring[0] == ring[-1]
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)

        longest = max(
            max(abs(a[0] - b[0]), abs(a[1] - b[1]))
            for area in land()
            for ring in area
            for a, b in pairwise(ring[:-1])
        )
        assert longest <= 5

    def test_size(self):
        """The file is at most 40 kB when compressed, and its source and licence lie beside it."""
        folder = files("natodata.plot")

        assert len(gzip.compress(folder.joinpath("land.json").read_bytes())) <= 40_000
        note = folder.joinpath("LAND.md").read_text(encoding="utf-8")
        assert "Natural Earth" in note
        assert "public domain" in note


class TestFrame:
    """``Frame`` and ``frame_of``."""

    def test_frame_of(self):
        """It holds all points and no more."""
        assert Frame(-1, 3, 2, 9) == frame_of([(3, 2), (-1, 9), (0, 5)])

    def test_widened(self):
        """It grows on every side, a point too, but not beyond the earth."""
        assert Frame(8, 32, 29, 51) == Frame(10, 30, 30, 50).widened(0.1)._replace(
            south=29, north=51
        )
        assert Frame(4, 12, 2, 8) == Frame(8, 8, 5, 5).widened(0.5)
        assert Frame(-180, 180, -89, 89) == Frame(-170, 170, -80, 80).widened(1)


class TestProjection:
    """``projection(frame)``, ``albers`` and ``equal_earth``."""

    def test_choice(self):
        """What is wide, or at the equator, is drawn as the whole earth is."""
        assert equal_earth is projection(Frame(-80, 70, 0, 60))
        assert equal_earth is projection(Frame(0, 30, -10, 12))
        assert equal_earth is not projection(EUROPE)

    @given(st.floats(-20, 60), st.floats(20, 70))
    def test_area(self, longitude, latitude):
        """Both keep areas in proportion: small squares of one area on earth have one on paper."""
        step = 0.01
        true = math.radians(step) ** 2 * math.cos(math.radians(latitude))
        for project in (equal_earth, albers(EUROPE)):
            here = project(longitude, latitude)
            east, north = project(longitude + step, latitude), project(longitude, latitude + step)
            ax, ay = east[0] - here[0], east[1] - here[1]
            bx, by = north[0] - here[0], north[1] - here[1]
            assert true == pytest.approx(ax * by - ay * bx, rel=2e-3)

    def test_known(self):
        """Equal Earth is 2.7064 radii wide to either side, as its authors give it."""
        assert equal_earth(180, 0)[0] == pytest.approx(2.7064, abs=1e-3)
        assert equal_earth(0, 90)[1] == pytest.approx(1.3173, abs=1e-3)

    def test_snyder(self):
        """Albers's on the sphere gives Snyder's worked example of 1987, page 291."""
        # Parallels of 29.5 and 45.5 degrees come from a frame that is 24 degrees high.
        project = albers(Frame(-106, -86, 25.5, 49.5))
        x, y = project(-75, 35)
        _, origin = project(-96, 23)

        assert x == pytest.approx(0.2952720, abs=1e-6)
        assert y - origin == pytest.approx(0.2416774, abs=1e-6)

    @pytest.mark.parametrize("south", [30, -65])
    def test_up(self, south):
        """North is up and east is right in either half of the earth."""
        project = albers(Frame(0, 40, south, south + 30))
        west, east = project(10, south + 15), project(30, south + 15)
        low, high = project(20, south + 5), project(20, south + 25)

        assert west[0] < east[0]
        assert low[1] < high[1]
