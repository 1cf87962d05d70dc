"""The pieces that many records share: dated steps, numbers, values held for a time, names."""

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from attrs import frozen

from natodata.dates import LATER, NEVER, Bounds, Limit, PartialDate, Period, When
from natodata.errors import NotKnown
from natodata.records.evidence import Citation, Claim, Portable, Record, deferring
from natodata.records.vocabulary import Bound, Measure, MilestoneKind, Rank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from natodata.records.texts import Meeting

__all__ = [
    "CitedRecord",
    "Figure",
    "Held",
    "Label",
    "Lasting",
    "Milestone",
    "NamedRecord",
    "Topic",
    "current",
    "last_held",
    "precedence",
    "says_as_much",
    "taken",
    "within",
]

T = TypeVar("T", covariant=True)


@frozen(kw_only=True, eq=False, repr=False)
class Label(Portable):
    """A name in a given language."""

    language: str
    """ISO 639-1 code of the language."""
    text: str
    """The name in it."""


@deferring("at", "citations")
@frozen(kw_only=True, eq=False, repr=False)
class Milestone(Portable):
    """A dated step in the life of a record, saying what the date dates."""

    kind: MilestoneKind
    """What happened on that date."""
    date: When
    """When: a partial date, or a period within which it happened."""
    rank: Rank = Rank.NORMAL
    """Its standing among milestones of the same meaning."""
    at: "Meeting | None" = None
    """The meeting at which it happened."""
    note: str | None = None
    """What the source leaves open, or why it is ranked so."""
    citations: tuple[Citation, ...] = ()
    """Who says so."""


@deferring("citations")
@frozen(kw_only=True, eq=False, repr=False)
class Figure(Portable):
    """A published number, with what it bounds and when it held."""

    measure: Measure
    """What is counted."""
    value: int
    """The number; its unit is that of the measure."""
    upper: int | None = None
    """The upper end, where `bound` is ``between``."""
    bound: Bound = Bound.EXACT
    """What the number bounds."""
    as_of: When
    """When it held; for a running total, the day to which it counts."""
    since: PartialDate | None = None
    """Where counting began, for a running total."""
    rank: Rank = Rank.NORMAL
    """Its standing among figures for the same thing and time."""
    note: str | None = None
    """What the number includes or leaves out."""
    citations: tuple[Citation, ...] = ()
    """Who says so."""


@deferring("value", "citations")
@frozen(kw_only=True, eq=False, repr=False)
class Held(Portable, Generic[T]):
    """A value that was held for a time."""

    value: T
    """The value."""
    period: Period | None = None
    """For how long; absent means that no source dates it."""
    rank: Rank = Rank.NORMAL
    """Its standing where sources differ."""
    note: str | None = None
    """What the source leaves open."""
    citations: tuple[Citation, ...] = ()
    """Who says so."""


@frozen(kw_only=True, eq=False, repr=False)
class Topic(Record):
    """A subject that records are about; topics form a tree."""

    name: str
    """Label in English."""
    labels: tuple[Label, ...] = ()
    """Labels in other languages."""
    broader: "Topic | None" = None
    """The wider topic of which it is a part."""
    definition: str | None = None
    """What belongs to it."""

    editorial: ClassVar[frozenset[str]] = frozenset({"*"})


@deferring("citations", "claims", "topics")
@frozen(kw_only=True, eq=False, repr=False)
class CitedRecord(Record):
    """A record that states facts, each of which some citation backs."""

    citations: tuple[Citation, ...] = ()
    """The evidence for its fields; `backs` in each says for which."""
    claims: tuple[Claim, ...] = ()
    """Rival values for its fields."""
    topics: tuple[Topic, ...] = ()
    """What it is about; given by the editors."""
    note: str | None = None
    """What a user should know about it; given by the editors."""

    editorial: ClassVar[frozenset[str]] = frozenset(
        {"id", "citations", "claims", "topics", "note"},
    )


@frozen(kw_only=True, eq=False, repr=False)
class NamedRecord(CitedRecord):
    """A cited record with names."""

    name: str
    """The name by which it is best known; on a given day, the one valid then."""
    names: tuple[Held[str], ...] = ()
    """Official names over time, where it was renamed.

    Where `name` is among them, ``on(day)`` puts the one valid then in its place.
    """
    aliases: tuple[str, ...] = ()
    """Acronyms and other names in use."""
    labels: tuple[Label, ...] = ()
    """Names in other languages."""


class Lasting:
    """Mixed into records with milestones: when it began, when it ended, in between.

    The rule that computes a beginning (an end likewise) from the milestones: of the kinds that
    can begin such a record, those not deprecated are looked at; preferred ones go before normal
    ones, then the order of kinds in `starts` decides, then the class of the best source, then the
    earlier date. A more exact date of the same kind and rank that lies within the one so found
    goes before it.
    """

    __slots__ = ()

    milestones: tuple[Milestone, ...]
    starts: ClassVar[tuple[MilestoneKind, ...]] = ()
    """Milestone kinds that begin it, the first one first."""
    ends: ClassVar[tuple[MilestoneKind, ...]] = ()
    """Milestone kinds that end it, the first one first."""
    restarts: ClassVar[frozenset[MilestoneKind]] = frozenset()
    """Milestone kinds that begin it anew after an end."""

    @property
    def start_milestone(self) -> Milestone | None:
        """The milestone that `start` is taken from."""
        return taken(self.stretches[0], self.starts)

    @property
    def end_milestone(self) -> Milestone | None:
        """The milestone that `end` is taken from."""
        return taken(self.stretches[-1], self.ends)

    @property
    def stretches(self) -> tuple[tuple[Milestone, ...], ...]:
        """The milestones of each stretch: several where it began again after an end.

        A milestone of a kind in `restarts` opens a new stretch if one that ends came before it.
        """
        if not any(m.kind in self.restarts for m in self.milestones):
            return (self.milestones,)
        found: list[list[Milestone]] = [[]]
        ended = False
        for milestone in sorted(self.milestones, key=_time_key):
            if ended and milestone.kind in self.restarts:
                found.append([])
                ended = False
            found[-1].append(milestone)
            ended = ended or milestone.kind in self.ends
        return tuple(map(tuple, found))

    @property
    def start(self) -> When | None:
        """When it began, by the published rule; `None` where no milestone says so."""
        milestone = self.start_milestone
        return milestone.date if milestone else None

    @property
    def end(self) -> When | None:
        """When it ended, by the published rule; `None` where no milestone says so."""
        milestone = self.end_milestone
        return milestone.date if milestone else None

    @property
    def last_attested(self) -> When | None:
        """The latest date at which a source shows it still going on."""
        dates = [m.date for m in self.milestones if m.kind is MilestoneKind.ATTESTED]
        return max(dates, key=_latest_key) if dates else None

    @property
    def spells(self) -> tuple[Bounds, ...]:
        """Day ordinals of each stretch: first day at the earliest and latest, then the last day.

        A beginning that no milestone gives lies anywhere before the first day on which the record
        is attested; an end that none gives, anywhere after the last such day. This is what
        `natodata.dates.meets` takes.
        """
        return tuple(_bounds(each, self.starts, self.ends) for each in self.stretches)

    @property
    def bounds(self) -> Bounds:
        """Day ordinals from the first stretch to the last; see `spells`."""
        spells = self.spells
        return (*spells[0][:2], *spells[-1][2:])

    @property
    def period(self) -> Period | None:
        """From `start` to `end`, or `None` where neither is known.

        It is open (``..``) where the record is attested after it began and no end is known, and
        its end is unknown where it is not even attested. A beginning or end that is itself a span
        of days gives its outer day.
        """
        start, end = self.start, self.end
        if start is None and end is None:
            return None
        no_end = Limit.OPEN if self.last_attested is not None else Limit.UNKNOWN
        return Period(
            Limit.UNKNOWN if start is None else _outer(start, first=True),
            no_end if end is None else _outer(end, first=False),
        )


def within(spells: Sequence[Bounds], life: Bounds) -> tuple[Bounds, ...]:
    """Return stretches of what cannot be without something else, within the life of that.

    A beginning or end that no milestone gives is bounded by that life; one that a milestone gives
    stays as its source has it, even where it lies outside.
    """
    first, _, _, last = life
    return tuple(
        (
            max(begin, min(first, begin_latest)),
            begin_latest,
            end_earliest,
            min(end, max(last, end_earliest)),
        )
        for begin, begin_latest, end_earliest, end in spells
    )


def _time_key(milestone: Milestone) -> int:
    first, last = milestone.date.span
    return first if first > NEVER else last


def _bounds(
    milestones: Sequence[Milestone],
    starts: Sequence[MilestoneKind],
    ends: Sequence[MilestoneKind],
) -> Bounds:
    attested = [m.date.bounds for m in milestones if m.kind is MilestoneKind.ATTESTED]
    known = [bounds for bounds in attested if bounds[0] > NEVER]
    start, end = taken(milestones, starts), taken(milestones, ends)
    first, last = NEVER, LATER
    first_latest = min((bounds[3] for bounds in known), default=LATER)
    last_earliest = max((bounds[0] for bounds in known), default=NEVER)
    if start is not None:
        first, first_latest = start.date.bounds[0], start.date.bounds[3]
    if end is not None:
        last_earliest, last = end.date.bounds[0], end.date.bounds[3]
    return first, min(first_latest, last), max(last_earliest, first), last


def _latest_key(when: When) -> tuple[int, int]:
    # A stretch shows no more than its first day: the source may speak of that one.
    return when.span


def _outer(when: When, *, first: bool) -> PartialDate | Limit:
    if isinstance(when, PartialDate):
        return when
    return when.start if first else when.end


def taken(
    milestones: Sequence[Milestone],
    kinds: Sequence[MilestoneKind],
) -> Milestone | None:
    """Return the milestone that the published rule takes, or `None` where there is none.

    See `Lasting` for the rule.
    """
    candidates = [m for m in milestones if m.kind in kinds and m.rank is not Rank.DEPRECATED]
    if not candidates:
        return None
    foremost = min(_standing(m, kinds) for m in candidates)
    level = [m for m in candidates if _standing(m, kinds) == foremost]
    if len(level) == 1:
        return level[0]  # and nobody need look into its sources
    first = min(level, key=lambda m: precedence(m, kinds))
    return min(
        (m for m in level if says_as_much(m, first)),
        key=lambda m: (m.date.span[1] - m.date.span[0], precedence(m, kinds)),
    )


def says_as_much(milestone: Milestone, first: Milestone) -> bool:
    """Return whether a milestone agrees with the first of the rule, and is as exact or more."""
    same = milestone.kind is first.kind and milestone.rank is first.rank
    (begins, ends), (begin, end) = milestone.date.span, first.date.span
    return same and begin <= begins and ends <= end


def precedence(
    milestone: Milestone,
    kinds: Sequence[MilestoneKind],
) -> tuple[bool, int, int, int]:
    """Return the key of the published rule, the least first: rank, kind, class of source, date."""
    return (
        *_standing(milestone, kinds),
        min((c.source.source_class.preference for c in milestone.citations), default=99),
        milestone.date.span[0],
    )


def _standing(milestone: Milestone, kinds: Sequence[MilestoneKind]) -> tuple[bool, int]:
    return milestone.rank is not Rank.PREFERRED, kinds.index(milestone.kind)


def current(held: Sequence[Held[T]]) -> T | None:
    """Return the value held last, or `None` where there is none.

    "Last" is the one whose period ends latest, then the one that starts latest, then a preferred
    one, then the one written last; values ranked deprecated are passed over.
    """
    best = last_held(held)
    return None if best is None else best.value


def last_held(held: Sequence[Held[T]]) -> Held[T] | None:
    """Return what `current` takes the value of, with its period and citations."""
    best: Held[T] | None = None
    for candidate in held:
        if candidate.rank is Rank.DEPRECATED:
            continue
        if best is None or _recency(candidate) >= _recency(best):
            best = candidate
    return best


def _recency(held: Held[object]) -> tuple[int, int, bool]:
    preferred = held.rank is Rank.PREFERRED
    if held.period is None:
        return NEVER, NEVER, preferred
    return held.period.span[1], held.period.span[0], preferred


def followed(value: T | None, record: Record, field: str, plural: str) -> T:
    """Return *value*, or raise `NotKnown` where a link of a record leads nowhere."""
    if value is None:
        msg = (
            f"{record.id!r} has no {field} in the data; {plural!r} is empty, "
            f"and getattr(record, {field!r}, None) gives None"
        )
        raise NotKnown(msg)
    return value
