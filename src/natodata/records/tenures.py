"""Who held what, and who belonged where: persons in posts, countries in frameworks."""

from typing import ClassVar

from attrs import frozen

from natodata.dates import Bounds
from natodata.records.actors import Organisation, Person, Post
from natodata.records.base import CitedRecord, Lasting, Milestone, within
from natodata.records.places import Country
from natodata.records.vocabulary import MilestoneKind

__all__ = ["Membership", "Tenure"]

_M = MilestoneKind


@frozen(kw_only=True, eq=False, repr=False)
class Tenure(CitedRecord, Lasting):
    """A person's time in a post (Popolo calls it a membership)."""

    post: Post
    """The post."""
    person: Person
    """Who held it."""
    nationality: Country | None = None
    """The country that the person served for, as the source says."""
    title: str | None = None
    """Military rank or title at the time, as the source says."""
    acting: bool | None = None
    """Whether the person held it in another's place."""
    ordinal: int | None = None
    """The place in the count of holders, as a source counts."""
    milestones: tuple[Milestone, ...] = ()
    """Dated steps: appointed, assumed, left, attested."""

    starts: ClassVar[tuple[MilestoneKind, ...]] = (_M.ASSUMED, _M.COMMAND_ASSUMED)
    ends: ClassVar[tuple[MilestoneKind, ...]] = (_M.LEFT, _M.ENDED)

    @property
    def spells(self) -> tuple[Bounds, ...]:
        """Day ordinals of each stretch, within the life of the post; see `Lasting.spells`."""
        return within(super().spells, self.post.bounds)


@frozen(kw_only=True, eq=False, repr=False)
class Membership(CitedRecord, Lasting):
    """A country's time in a framework: NATO, a partnership, a coalition."""

    country: Country
    """The country."""
    framework: Organisation
    """What it belongs to."""
    milestones: tuple[Milestone, ...] = ()
    """Dated steps: invited, protocol signed, acceded, suspended, ended …"""

    starts: ClassVar[tuple[MilestoneKind, ...]] = (
        _M.ACCEDED,
        _M.JOINED,
        _M.SIGNED,
        _M.REJOINED,
    )
    ends: ClassVar[tuple[MilestoneKind, ...]] = (_M.ENDED, _M.WITHDREW, _M.SUPERSEDED)
    restarts: ClassVar[frozenset[MilestoneKind]] = frozenset({_M.REJOINED})

    @property
    def spells(self) -> tuple[Bounds, ...]:
        """Day ordinals of each stretch, within the life of the framework; see `Lasting.spells`."""
        return within(super().spells, self.framework.bounds)
