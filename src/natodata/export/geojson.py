"""GeoJSON (RFC 7946): records at their places, to put on a map.

A feature is one record at one place: an operation at each of its areas and places, a body at each
of its seats, a meeting or event where it was, a place itself. Its properties say what it is
(``record``, ``collection``, ``name``, ``kind``), where (``place``, ``place_name``, ``role``,
``precision``) and when (``period`` as EDTF, ``earliest`` and ``latest`` as days). A place without
coordinates gives a feature without a geometry; a record without a place gives none.
"""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple, cast

from natodata.dates import When
from natodata.errors import BadArgument
from natodata.export.content import notes_of, records
from natodata.loading.catalogue import collection_of
from natodata.records import Event, Meeting, Operation, Organisation, Place, Record
from natodata.store import Store

__all__ = ["DEFAULT", "MAPPED", "write"]

DEFAULT = ("organisations", "operations")
"""Collections that are put on the map by default."""
MAPPED = ("places", "organisations", "meetings", "operations", "events")
"""Collections whose records have places."""


class _Spot(NamedTuple):
    """A place of a record."""

    role: str
    position: int
    place: Place
    when: When | None


def write(store: Store, target: Path, collections: Collection[str] | None) -> None:
    """Write the operations and bodies of a dataset, or the collections named, at their places.

    Raises:
        BadArgument: A collection named has no places.
    """
    for name in collections or ():
        if name not in MAPPED:
            wanted = ", ".join(MAPPED)
            raise BadArgument(f"expected collections with places ({wanted}), got {name!r}")
    features = [
        _feature(record, spot)
        for record in records(store, collections or DEFAULT)
        for spot in _spots(record)
    ]
    # RFC 7946 lets a collection have members of its own; readers of maps pass over them.
    content = {"type": "FeatureCollection", "natodata": notes_of(store), "features": features}
    with target.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.write("\n")


def _spots(record: Record) -> Iterator[_Spot]:
    if isinstance(record, Operation):
        for role, places in (("area", record.areas), ("place", record.places)):
            for position, place in enumerate(places):
                yield _Spot(role, position, place, record.period)
    elif isinstance(record, Organisation):
        for position, seat in enumerate(record.seats):
            yield _Spot("seat", position, seat.value, seat.period or record.period)
    elif isinstance(record, Meeting | Event):
        if record.place is not None:
            yield _Spot("place", 0, record.place, record.date)
    else:
        yield _Spot("itself", 0, cast("Place", record), None)


def _feature(record: Record, spot: _Spot) -> dict[str, object]:
    place, when = spot.place, spot.when
    properties = {
        "record": record.id,
        "collection": collection_of(type(record)),
        "name": getattr(record, "name", None),
        "kind": str(getattr(record, "kind", "")),
        "role": spot.role,
        "place": place.id,
        "place_name": place.name,
        "precision": None if place.precision is None else place.precision.value,
        "period": None if when is None else str(when),
        "earliest": _day(when, first=True),
        "latest": _day(when, first=False),
    }
    return {
        "type": "Feature",
        "id": f"{record.id}/{spot.role}/{spot.position}",
        "geometry": _point(place),
        "properties": properties,
    }


def _day(when: When | None, *, first: bool) -> str | None:
    day = None if when is None else when.earliest if first else when.latest
    return None if day is None else day.isoformat()


def _point(place: Place) -> dict[str, object] | None:
    if place.latitude is None or place.longitude is None:
        return None
    # Longitude first, as the format asks.
    return {"type": "Point", "coordinates": [place.longitude, place.latitude]}
