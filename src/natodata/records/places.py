"""Where things are: countries and places."""

from typing import ClassVar

from attrs import frozen

from natodata.records.base import Held, Lasting, Milestone, NamedRecord, current
from natodata.records.vocabulary import MilestoneKind, PlaceKind, PlacePrecision

__all__ = ["Country", "Place"]


@frozen(kw_only=True, eq=False, repr=False)
class Country(NamedRecord, Lasting):
    """A state or territory, with the codes by which data sets know it.

    Holding a record says nothing about recognition. Where codes are disputed or not assigned,
    the field is absent and `claims` lists who uses which.
    """

    iso_alpha2: str | None = None
    """ISO 3166-1 alpha-2 code."""
    iso_alpha3: str | None = None
    """ISO 3166-1 alpha-3 code."""
    iso_numeric: str | None = None
    """ISO 3166-1 numeric code: three digits, leading zeros kept."""
    cow_codes: tuple[Held[int], ...] = ()
    """Correlates of War country numbers, with the time for which each holds."""
    gw_codes: tuple[Held[int], ...] = ()
    """Gleditsch and Ward country numbers, with the time for which each holds."""
    milestones: tuple[Milestone, ...] = ()
    """Dated steps, for states that began or ended within the time of the data."""

    starts: ClassVar[tuple[MilestoneKind, ...]] = (MilestoneKind.ESTABLISHED,)
    ends: ClassVar[tuple[MilestoneKind, ...]] = (MilestoneKind.ENDED,)

    @property
    def cow(self) -> int | None:
        """The latest Correlates of War number, or `None`."""
        return current(self.cow_codes)

    @property
    def gw(self) -> int | None:
        """The latest Gleditsch and Ward number, or `None`."""
        return current(self.gw_codes)


@frozen(kw_only=True, eq=False, repr=False)
class Place(NamedRecord):
    """A place on the map: city, base, region, sea."""

    kind: PlaceKind
    """What sort of place."""
    country: Country | None = None
    """The country in which it lies; absent for seas and regions over several."""
    within: "Place | None" = None
    """The larger place of which it is a part."""
    latitude: float | None = None
    """Degrees north of the equator (WGS 84), negative to the south."""
    longitude: float | None = None
    """Degrees east of Greenwich (WGS 84), negative to the west."""
    precision: PlacePrecision | None = None
    """How exactly the coordinates fix the place."""
