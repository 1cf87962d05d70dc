"""Operations and missions, with their mandates."""

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
from natodata.records.evidence import Citation, Portable, deferring
from natodata.records.vocabulary import (
    AreaOfTask,
    InclusionClause,
    LegalBasisKind,
    MilestoneKind,
    Modality,
    OperationKind,
    Posture,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from natodata.records.actors import Organisation, Post
    from natodata.records.places import Country, Place
    from natodata.records.texts import Document, Programme

__all__ = ["LegalBasis", "Operation", "Task"]

_M = MilestoneKind


@deferring("document", "countries", "asserted_by", "citations")
@frozen(kw_only=True, eq=False, repr=False)
class LegalBasis(Portable):
    """One ground on which an operation stands."""

    kind: LegalBasisKind
    """What sort of ground."""
    document: "Document | None" = None
    """The text, where it is in the data."""
    countries: tuple["Country", ...] = ()
    """Who asked, where the ground is a request."""
    asserted_by: "Country | Organisation | None" = None
    """Who says that the operation stands on it, where that is not the body that decided it."""
    note: str | None = None
    """What the source leaves open."""
    citations: tuple[Citation, ...] = ()
    """Who says so."""


@deferring("citations")
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


@deferring("hosts", "areas", "places", "posts", "adversaries", "predecessors", "phase_of")
@deferring("coordinates_with", "legal_bases", "tasks", "figures")
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
    leads: tuple[Held["Organisation"], ...] = ()
    """Who led it, over time."""
    hosts: tuple["Country", ...] = ()
    """Countries in which it works."""
    areas: tuple["Place", ...] = ()
    """Regions and seas in which it works."""
    places: tuple["Place", ...] = ()
    """Bases and towns where it works."""
    commands: tuple[Held["Organisation"], ...] = ()
    """The command that runs it, over time."""
    posts: tuple["Post", ...] = ()
    """The posts at its head; their holders are tenures."""
    postures: tuple[Held[Posture], ...] = ()
    """In what state it was, over time."""
    legal_bases: tuple[LegalBasis, ...] = ()
    """The grounds on which it stands."""
    aims: tuple[str, ...] = ()
    """What it is for, in the editors' words."""
    tasks: tuple[Task, ...] = ()
    """Its mandate, coded."""
    adversaries: tuple["Organisation", ...] = ()
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
    def lead(self) -> "Organisation":
        """Who leads it: the latest of `leads`.

        Raises:
            NotKnown: no lead is in the data.
        """
        return followed(current(self.leads), self, "lead", "leads")

    @property
    def command(self) -> "Organisation":
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
