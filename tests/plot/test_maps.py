"""Maps: what is where, labels that give way to each other, rings for seas."""

import pytest
from plot_data import dataset

from natodata.errors import BadArgument
from natodata.plot import map as map_of

NATO = dataset()
EUROPE = (-12, 40, 30, 65)


def texts(figure):
    """Return the labels on a map."""
    (labels,) = figure.axes[0].child_axes
    return [t.get_text() for t in labels.texts]


def said(figure):
    """Return the texts around a map."""
    return " ".join(t.get_text() for where in (figure, figure.axes[-1]) for t in where.texts)


def crowd(count):
    """Return a dataset with so many bodies and operations close to each other."""
    spots = [(48 + n % 7 * 0.05, 9 + n // 7 * 0.05) for n in range(count)]
    places = [
        f"{{id: p{n}, name: P{n}, kind: base, latitude: {y:.2f}, longitude: {x:.2f}}}"
        for n, (y, x) in enumerate(spots)
    ]
    bodies = [
        f"{{id: b{n}, name: Body Number {n}, kind: command, seats: [{{value: p{n}}}]}}"
        for n in range(0, count, 2)
    ]
    operations = [
        f"{{id: o{n}, name: Some Operation of Length {n}, kind: support, admitted_by: support,"
        f" places: [p{n}]}}"
        for n in range(1, count, 2)
    ]
    text = "".join(
        f"{name}: [{', '.join(rows)}]\n"
        for name, rows in (
            ("places", [*places, "{id: far, name: Far, kind: base, latitude: 60, longitude: 40}"]),
            ("organisations", bodies),
            ("operations", operations),
        )
    )
    return dataset(text)


class TestMap:
    """``map(nato, on, …)``."""

    def test_labels(self):
        """An operation is named at its first place; bodies where no operation is named."""
        assert {
            "Steady",
            "OWVLNI",
            "Air & <Sky>",
            "Open",
            "Headquarters, SSH +1",
            "Far Command",
        } == set(texts(map_of(NATO)))

    def test_counts(self):
        """The subtitle counts what is shown; what has no coordinates is not."""
        assert "4 operations and 4 bodies at 7 places" in said(map_of(NATO))
        assert "4 operations at 5 places" in said(map_of(NATO, bodies=False))
        assert "4 bodies at 2 places" in said(map_of(NATO, operations=False))

    def test_one(self):
        """One of each is said in the singular."""
        assert "1 operation at 1 place" in said(map_of(NATO, bodies=False, around=(5, 20, 55, 65)))
        assert "1 body at 1 place" in said(map_of(NATO, around=(-80, -70, 30, 40)))

    def test_on(self):
        """Only what was there then is shown."""
        figure = map_of(NATO, on="2020", around=EUROPE)

        assert "Steady" not in texts(figure)
        assert "Open" in texts(figure)
        assert "Operations and bodies in 2020" in said(figure)

    def test_around(self):
        """Only what lies within the degrees asked for is shown."""
        assert "Far Command" not in texts(map_of(NATO, around=EUROPE))

    def test_far_seas(self):
        """A second sea of an operation does not stretch the map; its only one is on it."""
        text = (
            "places: [{id: a, name: A, kind: base, latitude: 50, longitude: 5},"
            " {id: b, name: B, kind: base, latitude: 40, longitude: 15},"
            " {id: c, name: C, kind: sea, latitude: -33, longitude: 80}]\n"
            "operations: [{id: o, name: One, kind: support, admitted_by: support,"
            " places: [a, b], areas: [c]}%s]\n"
        )
        other = ", {id: p, name: Two, kind: support, admitted_by: support, areas: [c]}"

        assert "1 operation at 2 places" in said(map_of(dataset(text % "")))
        assert ["One", "Two"] == sorted(texts(map_of(dataset(text % other))))

    def test_nothing(self):
        """Nothing with coordinates is an error, and not an empty map."""
        with pytest.raises(BadArgument, match="with coordinates to show"):
            map_of(dataset("places: [{id: c, name: C, kind: city}]"))

    def test_rings(self):
        """Seas, regions and points that stand for areas are rings."""
        rings = [
            line for line in map_of(NATO).axes[0].lines if line.get_markerfacecolor() == "none"
        ]

        assert 2 == len(rings)

    def test_legend(self):
        """The legend has what is there."""
        everything, bodies = said(map_of(NATO)), said(map_of(NATO, operations=False))

        assert "At sea" in everything
        assert "Seat of a body" in everything
        assert "At sea" not in bodies
        assert "Seat of a body" not in said(map_of(NATO, bodies=False))

    @pytest.mark.parametrize("count", [8, 70])
    def test_apart(self, count):
        """Labels lie on the map and none lies over another, however many places there are."""
        figure = map_of(crowd(count))
        renderer = figure.canvas.get_renderer()
        (labels,) = figure.axes[0].child_axes
        boxes = [t.get_window_extent(renderer) for t in labels.texts]
        paper = figure.axes[0].get_window_extent(renderer)
        pairs = [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :]]

        assert len(boxes) > 3
        # Text that hangs below its line may come near, but lines of text keep apart.
        assert not any(a.shrunk(0.98, 0.7).overlaps(b.shrunk(0.98, 0.7)) for a, b in pairs)
        assert all(paper.x0 <= b.x0 and b.x1 <= paper.x1 for b in boxes)

    def test_left_out(self):
        """How many labels found no room is said."""
        assert "places without room for a label" in said(map_of(crowd(70)))
        assert "without room" not in said(map_of(NATO))

    def test_lines(self):
        """A label that found room only farther off has a line to its place."""
        (labels,) = map_of(crowd(70)).axes[0].child_axes

        assert len(labels.lines) > 0

    @pytest.mark.parametrize(
        ("around", "message"),
        [
            ((40, -12, 30, 65), "west, east, south and north"),
            ((-12, 40, 65, 30), "west, east, south and north"),
            ((-200, 40, 30, 65), "west, east, south and north"),
            ((-12, 40, 30, 95), "west, east, south and north"),
            ((100, 110, -10, 10), "with coordinates to show"),
        ],
    )
    def test_bad(self, around, message):
        """Degrees that are none, or hold nothing, are refused."""
        with pytest.raises(BadArgument, match=message):
            map_of(NATO, around=around)

    def test_bad_style(self):
        """An unknown style is refused."""
        with pytest.raises(BadArgument, match="style"):
            map_of(NATO, style="sepia")

    def test_title(self):
        """The title is that asked for."""
        assert "Mine" in said(map_of(NATO, title="Mine"))

    def test_borders(self):
        """The picture says whose outline it is."""
        assert "Land: Natural Earth (public domain)" in said(map_of(NATO))
