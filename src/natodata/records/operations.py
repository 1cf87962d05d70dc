"""Operations and missions, who takes part in them, and how strong they were."""

from typing import ClassVar, NamedTuple

from attrs import frozen

from natodata.dates import Bounds, When
from natodata.records.actors import Organisation, Post
from natodata.records.base import (
    CitedRecord,
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
from natodata.records.texts import Document, Programme
from natodata.records.vocabulary import (
    AreaOfTask,
    Bound,
    Capacity,
    InclusionClause,
    LegalBasisKind,
    MilestoneKind,
    Modality,
    OperationKind,
    Posture,
)

__all__ = [
    "Contribution",
    "LegalBasis",
    "Operation",
    "SheetCheck",
    "StrengthReport",
    "StrengthRow",
    "Task",
]

_M = MilestoneKind


@frozen(kw_only=True, eq=False, repr=False)
class LegalBasis(Portable):
    """One ground on which an operation stands."""

    kind: LegalBasisKind
    """What sort of ground."""
    document: Document | None = None
    """The text, where it is in the data."""
    countries: tuple[Country, ...] = ()
    """Who asked, where the ground is a request."""
    asserted_by: Country | Organisation | None = None
    """Who says that the operation stands on it, where that is not the body that decided it."""
    note: str | None = None
    """What the source leaves open."""
    citations: tuple[Citation, ...] = ()
    """Who says so."""


@frozen(kw_only=True, eq=False, repr=False)
class Task(Portable):
    """One task of a mandate, coded: how, and what about."""

    modality: Modality
    """How the task is to be done."""
    area: AreaOfTask
    """What it is about."""
    text: str | None = None
    """The task in the editors' words."""
    citations: tuple[Citation, ...] = ()
    """Who says so."""


@frozen(kw_only=True, eq=False, repr=False)
class Operation(NamedRecord, Lasting):
    """An operation, mission or standing activity.

    What counts as one is the inclusion rule; `admitted_by` names the clause. Missions of others
    are held with their own lead.
    """

    kind: OperationKind
    """What sort of undertaking."""
    admitted_by: InclusionClause
    """The clause of the inclusion rule that admits it; given by the editors."""
    combat: bool | None = None
    """Whether it is (or was) a combat operation, as a source says; absent where none says."""
    leads: tuple[Held[Organisation], ...] = ()
    """Who led it, over time."""
    hosts: tuple[Country, ...] = ()
    """Countries in which it works."""
    areas: tuple[Place, ...] = ()
    """Regions and seas in which it works."""
    places: tuple[Place, ...] = ()
    """Bases and towns where it works."""
    commands: tuple[Held[Organisation], ...] = ()
    """The command that runs it, over time."""
    posts: tuple[Post, ...] = ()
    """The posts at its head; their holders are tenures."""
    postures: tuple[Held[Posture], ...] = ()
    """In what state it was, over time."""
    legal_bases: tuple[LegalBasis, ...] = ()
    """The grounds on which it stands."""
    aims: tuple[str, ...] = ()
    """What it is for, in the editors' words."""
    tasks: tuple[Task, ...] = ()
    """Its mandate, coded."""
    adversaries: tuple[Organisation, ...] = ()
    """Against whom it is directed, as a source names them."""
    predecessors: tuple["Operation | Programme", ...] = ()
    """What it follows or builds on."""
    phase_of: "Operation | None" = None
    """The operation of which it is a named phase."""
    coordinates_with: tuple["Operation | Organisation", ...] = ()
    """Whose work it is said to be coordinated with."""
    outcome: str | None = None
    """How and why it ended, in the editors' words."""
    milestones: tuple[Milestone, ...] = ()
    """Dated steps, all that any source gives."""
    figures: tuple[Figure, ...] = ()
    """Published numbers."""

    editorial: ClassVar[frozenset[str]] = NamedRecord.editorial | {"admitted_by"}
    starts: ClassVar[tuple[MilestoneKind, ...]] = (
        _M.LAUNCHED,
        _M.ACTIVATED,
        _M.FIRST_DEPLOYMENT,
    )
    ends: ClassVar[tuple[MilestoneKind, ...]] = (
        _M.ENDED,
        _M.LAST_PERSONNEL_LEFT,
        _M.CLOSED,
    )

    @property
    def lead(self) -> Organisation:
        """Who leads it: the latest of `leads`.

        Raises:
            NotKnown: no lead is in the data.
        """
        return followed(current(self.leads), self, "lead", "leads")

    @property
    def command(self) -> Organisation:
        """The command that runs it: the latest of `commands`.

        Raises:
            NotKnown: no command is in the data.
        """
        return followed(current(self.commands), self, "command", "commands")

    @property
    def posture(self) -> Posture | None:
        """Its state: the latest of `postures`; `None` where none is in the data."""
        return current(self.postures)

    @property
    def legal_basis_kind(self) -> tuple[LegalBasisKind, ...]:
        """The kinds of its own legal bases, each once, in the order of the vocabulary.

        Grounds that only others assert are left out.
        """
        kinds = {basis.kind for basis in self.legal_bases if basis.asserted_by is None}
        return tuple(kind for kind in LegalBasisKind if kind in kinds)


@frozen(kw_only=True, eq=False, repr=False)
class Contribution(CitedRecord, Lasting):
    """A country's part in an operation."""

    operation: Operation
    """The operation."""
    country: Country
    """The country."""
    capacity: Capacity
    """In which quality it takes part."""
    milestones: tuple[Milestone, ...] = ()
    """Dated steps: joined, attested, withdrew …"""
    figures: tuple[Figure, ...] = ()
    """Published numbers of its part."""

    starts: ClassVar[tuple[MilestoneKind, ...]] = (
        _M.JOINED,
        _M.LAUNCHED,
        _M.FIRST_DEPLOYMENT,
        _M.REJOINED,
    )
    ends: ClassVar[tuple[MilestoneKind, ...]] = (
        _M.WITHDREW,
        _M.ENDED,
        _M.LAST_PERSONNEL_LEFT,
    )
    restarts: ClassVar[frozenset[MilestoneKind]] = frozenset({_M.REJOINED})

    @property
    def spells(self) -> tuple[Bounds, ...]:
        """Day ordinals of each stretch, within the life of the operation; see `Lasting.spells`."""
        first, _, _, last = self.operation.bounds
        return tuple(
            (
                max(begin, min(first, begin_latest)),
                begin_latest,
                end_earliest,
                min(end, max(last, end_earliest)),
            )
            for begin, begin_latest, end_earliest, end in super().spells
        )


@frozen(kw_only=True, eq=False, repr=False)
class StrengthRow(Portable):
    """One line of a strength sheet."""

    country: Country
    """The country."""
    personnel: int | None = None
    """Its number; absent where the sheet lists the country without one."""
    bound: Bound = Bound.EXACT
    """What the number bounds."""
    named: str | None = None
    """The country's name as the sheet prints it, where that is not its usual name."""
    note: str | None = None
    """What the sheet says of this line."""


class SheetCheck(NamedTuple):
    """What comes out when the lines of a strength sheet are added up."""

    total: int
    """The sum of the lines that have a number."""
    printed_total: int | None
    """The total that the sheet prints."""
    difference: int | None
    """`total` less `printed_total`; `None` where no total is printed."""
    nations: int
    """How many lines there are."""
    printed_nations: int | None
    """How many nations the sheet says there are."""
    without_number: int
    """How many lines have no number."""
    caveat: str | None
    """The warning that the sheet itself gives."""

    @property
    def agrees(self) -> bool | None:
        """Whether sum and printed total agree; `None` where that cannot be told."""
        if self.difference is None or self.without_number:
            return None
        return self.difference == 0


@frozen(kw_only=True, eq=False, repr=False)
class StrengthReport(CitedRecord):
    """One published sheet of an operation's strength, nation by nation."""

    operation: Operation
    """The operation."""
    date: When
    """The day for which the sheet speaks."""
    rows: tuple[StrengthRow, ...]
    """The lines, in the sheet's order."""
    printed_total: int | None = None
    """The total that the sheet prints."""
    printed_nations: int | None = None
    """The number of nations that the sheet prints."""
    caveat: str | None = None
    """The sheet's own warning about its numbers, in the editors' words."""
    selection: bool = False
    """Whether the source lists only some of the nations, so that a sum means nothing."""

    editorial: ClassVar[frozenset[str]] = CitedRecord.editorial | {"selection"}

    def check(self) -> SheetCheck:
        """Add the lines up and set the sum against what the sheet prints.

        Returns:
            The sum, the printed total, their difference, the lines without a number, and the
            sheet's own caveat.
        """
        numbers = [row.personnel for row in self.rows if row.personnel is not None]
        total = sum(numbers)
        printed = self.printed_total
        return SheetCheck(
            total=total,
            printed_total=printed,
            difference=None if printed is None or self.selection else total - printed,
            nations=len(self.rows),
            printed_nations=self.printed_nations,
            without_number=len(self.rows) - len(numbers),
            caveat=self.caveat,
        )
