"""Who acts: organisations, persons, and the posts that they hold."""

from typing import ClassVar

from attrs import frozen

from natodata.records.base import (
    Figure,
    Held,
    Lasting,
    Milestone,
    NamedRecord,
    current,
    followed,
)
from natodata.records.places import Country, Place
from natodata.records.vocabulary import MilestoneKind, OrganisationKind

__all__ = ["Organisation", "Person", "Post"]

_M = MilestoneKind


@frozen(kw_only=True, eq=False, repr=False)
class Organisation(NamedRecord, Lasting):
    """A body: an alliance, council, command, agency, centre, ministry, coalition, institute."""

    kind: OrganisationKind
    """What sort of body."""
    parent: "Organisation | None" = None
    """The body of which it is a part or to which it answers."""
    country: Country | None = None
    """The country whose body it is, for ministries and other national bodies."""
    seats: tuple[Held[Place], ...] = ()
    """Where it sat, over time."""
    framework_nations: tuple[Country, ...] = ()
    """Countries that offered and lead it, for centres of excellence and commands."""
    sponsoring_nations: tuple[Country, ...] = ()
    """Other countries that fund and staff it."""
    aims: tuple[str, ...] = ()
    """What it is for, in the editors' words."""
    advises: tuple["Organisation", ...] = ()
    """Bodies that it advises."""
    cooperates_with: tuple["Organisation", ...] = ()
    """Bodies with which it is said to work."""
    predecessors: tuple["Organisation", ...] = ()
    """Bodies whose place it took."""
    milestones: tuple[Milestone, ...] = ()
    """Dated steps: established, accredited, capable, renamed, closed …"""
    figures: tuple[Figure, ...] = ()
    """Published numbers."""

    starts: ClassVar[tuple[MilestoneKind, ...]] = (
        _M.ESTABLISHED,
        _M.ACTIVATED,
        _M.LAUNCHED,
        _M.INAUGURATED,
        _M.INITIAL_CAPABILITY,
        _M.ACCREDITED,
        _M.FULL_CAPABILITY,
    )
    ends: ClassVar[tuple[MilestoneKind, ...]] = (_M.CLOSED, _M.ENDED, _M.SUPERSEDED)

    @property
    def seat(self) -> Place:
        """Where it sits: the latest of `seats`.

        Raises:
            NotKnown: no seat is in the data.
        """
        return followed(current(self.seats), self, "seat", "seats")


@frozen(kw_only=True, eq=False, repr=False)
class Person(NamedRecord):
    """A person who holds a post, takes part, or writes."""

    nationalities: tuple[Country, ...] = ()
    """Countries of which a source says the person is a national."""


@frozen(kw_only=True, eq=False, repr=False)
class Post(NamedRecord, Lasting):
    """A post that persons hold one after the other (in Popolo's sense)."""

    organisation: Organisation | None = None
    """The body whose post it is."""
    milestones: tuple[Milestone, ...] = ()
    """Dated steps: established, renamed, ended."""
    single: bool = True
    """Whether one person holds it at a time, so that overlaps are faults."""

    editorial: ClassVar[frozenset[str]] = NamedRecord.editorial | {"single"}
    starts: ClassVar[tuple[MilestoneKind, ...]] = (_M.ESTABLISHED,)
    ends: ClassVar[tuple[MilestoneKind, ...]] = (_M.ENDED, _M.CLOSED)
