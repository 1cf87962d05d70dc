"""Places on paper: the outline of the land and the projections of maps."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

__all__ = ["Frame", "Point", "Project", "albers", "equal_earth", "frame_of", "land", "projection"]

Point: TypeAlias = tuple[float, float]
"""Across and up: degrees east and north, or a place on paper."""
Project: TypeAlias = Callable[[float, float], Point]
"""From degrees east and north to a place on paper, in radii of the earth."""


class Frame(NamedTuple):
    """A stretch of degrees."""

    west: float
    east: float
    south: float
    north: float

    def widened(self, by: float) -> "Frame":
        """Return the frame with a part of its size more on every side, within the earth."""
        across = max(8.0, (self.east - self.west)) * by
        up = max(6.0, (self.north - self.south)) * by
        return Frame(
            max(-180.0, self.west - across),
            min(180.0, self.east + across),
            max(-89.0, self.south - up),
            min(89.0, self.north + up),
        )


def frame_of(points: Sequence[Point]) -> Frame:
    """Return the smallest frame that holds all points."""
    across, up = [x for x, _ in points], [y for _, y in points]
    return Frame(min(across), max(across), min(up), max(up))


def land() -> list[list[list[Point]]]:
    """Return the areas of land, each as its outline and holes in degrees east and north.

    They are those of Natural Earth, thinned; ``LAND.md`` beside the file says how.
    """
    import json
    from importlib.resources import files

    text = files("natodata.plot").joinpath("land.json").read_text(encoding="utf-8")
    return [[_ring(steps) for steps in area] for area in json.loads(text)]


def _ring(steps: Sequence[int]) -> list[Point]:
    x = y = 0
    ring: list[Point] = []
    for across, up in zip(steps[::2], steps[1::2], strict=True):
        # What is straight in degrees may bend on paper, so long lines go in short steps.
        parts = 1 if not ring else 1 + max(abs(across), abs(up)) // _BEND
        ring += [
            ((x + across * part / parts) / 100, (y + up * part / parts) / 100)
            for part in range(1, parts + 1)
        ]
        x, y = x + across, y + up
    return [*ring, ring[0]]


_BEND = 500
"""Hundredths of a degree."""


_WIDE = 130.0
_FLAT = 12.0


def projection(frame: Frame) -> Project:
    """Return a projection that suits a frame: a cone for a part of the earth, or the whole of it.

    Both keep areas in proportion.
    """
    middle = (frame.south + frame.north) / 2
    if frame.east - frame.west > _WIDE or abs(middle) < _FLAT:
        return equal_earth
    return albers(frame)


def albers(frame: Frame) -> Project:
    """Return Albers's equal-area conic projection (Snyder, Map Projections, 1987, section 14)."""
    height = (frame.north - frame.south) / 6
    one, two = math.radians(frame.south + height), math.radians(frame.north - height)
    middle = math.radians((frame.west + frame.east) / 2)
    cone = (math.sin(one) + math.sin(two)) / 2
    base = math.cos(one) ** 2 + 2 * cone * math.sin(one)

    def project(longitude: float, latitude: float) -> Point:
        up = max(0.0, base - 2 * cone * math.sin(math.radians(latitude)))
        radius = math.sqrt(up) / cone
        angle = cone * (math.radians(longitude) - middle)
        return radius * math.sin(angle), -radius * math.cos(angle)

    return project


_A = (1.340264, -0.081106, 0.000893, 0.003796)


def equal_earth(longitude: float, latitude: float) -> Point:
    """Return a place in the Equal Earth projection (Šavrič, Patterson and Jenny, 2019)."""
    turn = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = turn * turn
    sixth = square**3
    slope = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    across = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(turn) / (3 * slope)
    return across, turn * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))
