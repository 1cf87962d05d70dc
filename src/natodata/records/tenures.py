"""Who held what, and who belonged where: persons in posts, countries in frameworks."""

from typing import ClassVar

from attrs import frozen

from natodata.dates import Bounds, Certainty, WhenLike, meets, when_of
from natodata.records.actors import Organisation, Person, Post
from natodata.records.base import CitedRecord, Lasting, Milestone, within
from natodata.records.places import Country
from natodata.records.vocabulary import MilestoneKind, Rank

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

    @property
    def suspensions(self) -> tuple[Bounds, ...]:
        """Day ordinals of each time in which it was suspended, as in `spells`.

        A suspended membership is a membership still. It is suspended until it is resumed, or else
        as long as the membership lasts: for sure up to the last day on which that is known.
        """
        found: list[Bounds] = []
        for stretch, (_, _, last_earliest, last) in zip(self.stretches, self.spells, strict=True):
            since: Bounds | None = None
            for milestone in stretch:
                day = milestone.date.bounds
                if milestone.rank is Rank.DEPRECATED:
                    continue
                if milestone.kind is _M.SUSPENDED and since is None:
                    since = day
                elif milestone.kind is _M.RESUMED and since is not None:
                    found.append((since[0], since[3], day[0], day[3]))
                    since = None
            if since is not None:
                found.append((since[0], since[3], max(last_earliest, since[0]), last))
        return tuple(found)

    def suspended_on(self, on: WhenLike) -> Certainty:
        """Return whether it was suspended at some time in *on*.

        Args:
            on: A day, month, year or period.

        Returns:
            Yes, no, or maybe where the dates leave it open.

        Raises:
            BadDate: *on* is no date.

        Examples:
            >>> import natodata
            >>> russia = natodata.load().membership("RUS", "partnership-for-peace")
            >>> russia.suspended_on("2013"), russia.suspended_on("2020")
            (<Certainty.NO: 'no'>, <Certainty.YES: 'yes'>)
        """
        query = when_of(on).query_bounds
        answer = Certainty.NO
        for span in self.suspensions:
            answer |= meets(span, query)
        return answer
