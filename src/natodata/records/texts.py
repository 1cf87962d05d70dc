"""Meetings, and what is written down: documents and programmes."""

from typing import ClassVar

from attrs import frozen

from natodata.dates import When
from natodata.records.actors import Organisation, Person
from natodata.records.base import (
    Figure,
    Held,
    Lasting,
    Milestone,
    NamedRecord,
    current,
    followed,
)
from natodata.records.evidence import Citation, Portable
from natodata.records.places import Country, Place
from natodata.records.vocabulary import (
    DocumentKind,
    MeetingKind,
    MilestoneKind,
    ProgrammeKind,
    ProvisionKind,
)

__all__ = ["Document", "Meeting", "Programme", "Provision"]

_M = MilestoneKind


@frozen(kw_only=True, eq=False, repr=False)
class Meeting(NamedRecord):
    """A summit, ministerial, council, consultation or visit."""

    kind: MeetingKind
    """What sort of meeting."""
    date: When
    """The day, or the days from first to last."""
    place: Place | None = None
    """Where it was held."""
    body: Organisation | None = None
    """The body that met."""
    ordinal: int | None = None
    """Its place in a count, as a source counts; other counts are in `claims`."""
    attendees: tuple[Person | Organisation | Country, ...] = ()
    """Who took part, where a source names them; never the whole list of members."""


@frozen(kw_only=True, eq=False, repr=False)
class Provision(Portable):
    """What one part of a text says, in the editors' words."""

    kind: ProvisionKind
    """What it does."""
    text: str
    """What it says, in the editors' words."""
    clause: str | None = None
    """The paragraph or article in the text itself."""
    citations: tuple[Citation, ...] = ()
    """Where that was read."""


@frozen(kw_only=True, eq=False, repr=False)
class Document(NamedRecord, Lasting):
    """A text: treaty, strategic concept, policy, plan, declaration, resolution, publication."""

    kind: DocumentKind
    """What sort of text."""
    symbol: str | None = None
    """Its official symbol, such as ``S/RES/1244(1999)``."""
    issuer: Organisation | Country | None = None
    """Who issued it."""
    authors: tuple[Person, ...] = ()
    """Who wrote it, for publications."""
    adopted_at: Meeting | None = None
    """The meeting at which it was adopted or issued."""
    part_of: "Document | None" = None
    """The larger text or series of which it is a part."""
    supersedes: tuple["Document", ...] = ()
    """Texts whose place it took."""
    provisions: tuple[Provision, ...] = ()
    """What it says, as far as the data need it."""
    address: str | None = None
    """Where the text itself stands on the web."""
    milestones: tuple[Milestone, ...] = ()
    """Dated steps: adopted, signed, published, in force, superseded."""

    starts: ClassVar[tuple[MilestoneKind, ...]] = (
        _M.ADOPTED,
        _M.SIGNED,
        _M.AGREED,
        _M.PUBLISHED,
        _M.ENTERED_INTO_FORCE,
    )
    ends: ClassVar[tuple[MilestoneKind, ...]] = (_M.SUPERSEDED, _M.ENDED)


@frozen(kw_only=True, eq=False, repr=False)
class Programme(NamedRecord, Lasting):
    """Lasting work that is not an operation: plan of action, programme of work, package."""

    kind: ProgrammeKind
    """What sort of work."""
    owners: tuple[Held[Organisation], ...] = ()
    """Whose it is, over time."""
    part_of: "Programme | None" = None
    """The larger programme or package of which it is a part."""
    documents: tuple[Document, ...] = ()
    """Texts that found or describe it."""
    beneficiaries: tuple[Country, ...] = ()
    """Countries for which it is meant."""
    places: tuple[Place, ...] = ()
    """Where it is carried out."""
    aims: tuple[str, ...] = ()
    """What it is for, in the editors' words."""
    predecessors: tuple["Programme", ...] = ()
    """Programmes that it continues."""
    milestones: tuple[Milestone, ...] = ()
    """Dated steps: agreed, adopted, signed, launched, updated, ended …"""
    figures: tuple[Figure, ...] = ()
    """Published numbers."""

    starts: ClassVar[tuple[MilestoneKind, ...]] = (
        _M.LAUNCHED,
        _M.ADOPTED,
        _M.AGREED,
        _M.SIGNED,
        _M.ESTABLISHED,
        _M.FIRST_DEPLOYMENT,
    )
    ends: ClassVar[tuple[MilestoneKind, ...]] = (_M.ENDED, _M.SUPERSEDED, _M.TRANSFERRED)

    @property
    def owner(self) -> Organisation:
        """Whose it is: the latest of `owners`.

        Raises:
            NotKnown: no owner is in the data.
        """
        return followed(current(self.owners), self, "owner", "owners")
