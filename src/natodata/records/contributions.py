"""Who takes part in operations, and how strong they were."""

from typing import ClassVar, NamedTuple

from attrs import frozen

from natodata.dates import Bounds, When
from natodata.records.base import CitedRecord, Figure, Lasting, Milestone, within
from natodata.records.evidence import Portable
from natodata.records.operations import Operation
from natodata.records.places import Country
from natodata.records.vocabulary import Bound, Capacity, MilestoneKind

__all__ = ["Contribution", "SheetCheck", "StrengthReport", "StrengthRow"]

_M = MilestoneKind


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
        return within(super().spells, self.operation.bounds)


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
