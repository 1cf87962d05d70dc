"""GeoJSON, read back with GeoPandas."""

import json

import geopandas as gpd
import pytest
from small import SMALL, store

from natodata.dates import when_of
from natodata.errors import BadArgument
from natodata.export.geojson import MAPPED, write

TEXT = (
    SMALL.replace("id: oslo\n", "id: oslo\n    latitude: 59.91\n    longitude: 10.75\n")
    .replace("    areas: [north-sea]\n", "    areas: [north-sea]\n    places: [oslo, camp]\n")
    .replace(
        "organisations:\n",
        "  - {id: camp, name: Camp, kind: base, precision: locality, latitude: 1}\n"
        "organisations:\n",
        1,
    )
)
WHOLE = store(TEXT)


def features(path, collections=None, given=WHOLE):
    """Return the features of a file by their ids."""
    write(given, path / "x.geojson", collections)
    found = json.loads((path / "x.geojson").read_text(encoding="utf-8"))
    return {each["id"]: each for each in found["features"]}


class TestWrite:
    """`write`."""

    def test_features(self, tmp_path):
        """A body is at each of its seats, an operation at its areas and places."""
        assert ["hq/seat/0", "calm/area/0", "calm/place/0", "calm/place/1"] == list(
            features(tmp_path)
        )

    def test_feature(self, tmp_path):
        """A feature says what it is, where and when; longitude goes first."""
        assert {
            "type": "Feature",
            "id": "calm/place/0",
            "geometry": {"type": "Point", "coordinates": [10.75, 59.91]},
            "properties": {
                "record": "calm",
                "collection": "operations",
                "name": "Operation Calm",
                "kind": "maritime-security",
                "role": "place",
                "place": "oslo",
                "place_name": "Oslo",
                "precision": None,
                "period": "2001-10-26/2004~",
                "earliest": "2001-10-26",
                "latest": "2004-12-31",
            },
        } == features(tmp_path)["calm/place/0"]

    def test_open(self, tmp_path):
        """A time that goes on has no last day."""
        seat = features(tmp_path)["hq/seat/0"]["properties"]

        assert ("1990/..", "1990-01-01", None) == (
            seat["period"],
            seat["earliest"],
            seat["latest"],
        )

    def test_undated_seat(self, tmp_path):
        """A seat that nobody dates has the time of the body."""
        given = store(TEXT.replace("value: oslo, period: 1990/..,", "value: oslo,"))
        seat = features(tmp_path, None, given)["hq/seat/0"]["properties"]

        assert "1990/" == seat["period"]

    def test_no_coordinates(self, tmp_path):
        """A place of which they are not both known has no geometry, but its feature is there."""
        camp = features(tmp_path)["calm/place/1"]

        assert camp["geometry"] is None
        assert "locality" == camp["properties"]["precision"]

    @pytest.mark.parametrize(
        ("collection", "expected"),
        [
            ("places", ["camp/itself/0", "north-sea/itself/0", "oslo/itself/0"]),
            ("meetings", ["summit/place/0"]),
            ("events", ["storm/place/0"]),
            ("organisations", ["hq/seat/0"]),
        ],
    )
    def test_collections(self, tmp_path, collection, expected):
        """Each collection with places can be asked for."""
        assert expected == list(features(tmp_path, (collection,)))
        assert collection in MAPPED

    def test_nowhere(self, tmp_path):
        """A meeting of which no place is known has no feature."""
        given = store(
            TEXT.replace("    place: oslo\n", "").replace("date, place, ord", "date, ord")
        )

        assert {} == features(tmp_path, ("meetings",), given)

    def test_unknown(self, tmp_path):
        """A collection without places is refused; the message says which have them."""
        with pytest.raises(BadArgument, match=r"\(places, .*events\), got 'people'"):
            write(WHOLE, tmp_path / "x", ("events", "people"))

    def test_geopandas(self, tmp_path):
        """GeoPandas reads it as points on the globe, with days as dates."""
        write(WHOLE, tmp_path / "x.geojson", None)
        frame = gpd.read_file(tmp_path / "x.geojson").set_index("id")

        assert "EPSG:4326" == str(frame.crs)
        assert (-3.0, 56.5) == frame.geometry["calm/area/0"].coords[0]
        assert frame.geometry.isna()["calm/place/1"]
        assert "Operation Calm" == frame["name"]["calm/area/0"]
        assert "2001-10-26" == str(frame["earliest"]["calm/area/0"])[:10]

    def test_notes(self, tmp_path):
        """The file says which data it is of, and at which time they are looked at."""
        write(WHOLE.at(when_of("2002"), certain=False), tmp_path / "x.geojson", None)
        found = json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))

        assert ("FeatureCollection", "2002") == (found["type"], found["natodata"]["as_of"])
