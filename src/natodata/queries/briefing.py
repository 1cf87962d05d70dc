"""Which of all dated things tell a story: the rule by which a timeline is a briefing."""

from collections.abc import Iterable, Iterator, Sequence

from natodata.dates import LATER, NEVER, When
from natodata.records import (
    Assessment,
    Contribution,
    Decision,
    Document,
    Event,
    Figure,
    Held,
    Lasting,
    Meeting,
    Membership,
    Milestone,
    Organisation,
    Post,
    Record,
    StrengthReport,
    Tenure,
)
from natodata.records.base import precedence, taken
from natodata.records.vocabulary import DocumentKind, MilestoneKind, Rank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from natodata.queries.timeline import Entry

__all__ = ["CHANGES", "briefing"]

_M = MilestoneKind
_MONTH = 31
"""Days within which two dates of one step are taken to mean the same."""
CHANGES = {
    "names": "name",
    "leads": "led by",
    "commands": "commanded by",
    "postures": "posture",
    "seats": "seat",
    "owners": "owned by",
}
"""Fields whose values change over time, and what is said of each."""
_STEPS_OF = {
    "names": (_M.RENAMED,),
    "seats": (_M.RELOCATED,),
    "leads": (_M.TRANSFERRED,),
    "commands": (_M.TRANSFERRED, _M.COMMAND_ASSUMED),
    "owners": (_M.TRANSFERRED,),
}
"""Steps that only say that something changed, by the field that says to what."""

_VAGUE = frozenset({_M.EXPANDED, _M.REDUCED, _M.TRANSFERRED, _M.PLANNED, _M.DECIDED})
_VAGUE |= {_M.END_DECIDED, _M.ANNOUNCED}
"""Steps that need their note to be understood."""


def briefing(entries: Iterable["Entry"], subjects: frozenset[str]) -> list["Entry"]:
    """Return the entries that tell the story, in their order.

    Left out are:

    * the parts of single countries (contributions, memberships) and strength sheets, unless the
      country, operation or framework is a subject;
    * numbers, but for the latest of each measure of a subject itself;
    * views and studies, unless they are a subject;
    * dates at which a source only shows that something went on, unless there is no other and it
      is no body or post; and prolongations, unless of a subject;
    * what is ranked deprecated; rivals of the date that the rule takes for a beginning or an end;
      of other steps of one kind less than a month apart, all but the best;
    * the first name, lead, command, seat, posture and owner, with which it began;
    * of a person's time in a post, all but its beginning;
    * what a decision, an event or a change of the same day says better, and the meetings and
      texts of decisions that are told.

    Steps of one record on one day make one entry.

    Args:
        entries: Dated things, in order of time.
        subjects: Ids of the records, topics apart, that were asked about.
    """
    steps: dict[str, Sequence[Milestone]] = {}
    kept = [each for each in entries if _tells(each, subjects, steps)]
    return list(_joined(_latest_numbers(_once(kept))))


# --- each alone ------------------------------------------------------------------------------


def _tells(
    entry: "Entry", subjects: frozenset[str], steps: dict[str, Sequence[Milestone]]
) -> bool:
    """Return whether an entry, looked at alone, is part of the story.

    Args:
        entry: The entry.
        subjects: Ids of what was asked about.
        steps: The milestones of a record that tell its story, by its id; filled as they are found.
    """
    record, piece = entry.record, entry.piece
    if piece is not None and piece.rank is Rank.DEPRECATED:
        return False
    if record.id not in subjects and not _is_of(record, piece, subjects):
        return False
    if isinstance(piece, Milestone):
        assert isinstance(record, Lasting)  # noqa: S101 (who has milestones)
        if entry.record.id not in steps:
            is_subject = entry.record.id in subjects
            steps[entry.record.id] = _steps(record, is_subject=is_subject)
        return piece in steps[entry.record.id]
    return not isinstance(piece, Held) or _is_change(record, piece)


def _is_of(record: Record, piece: object, subjects: frozenset[str]) -> bool:
    """Return whether what is no subject itself belongs to the story of the subjects."""
    if isinstance(piece, Figure):
        return False
    if isinstance(record, Contribution):
        return not subjects.isdisjoint((record.operation.id, record.country.id))
    if isinstance(record, StrengthReport):
        return record.operation.id in subjects
    if isinstance(record, Membership):
        return not subjects.isdisjoint((record.framework.id, record.country.id))
    if isinstance(record, Document) and record.kind is DocumentKind.PUBLICATION:
        return False
    return not isinstance(record, Assessment)


def _is_change(record: Record, held: Held[object]) -> bool:
    """Return whether a value took the place of an earlier one, and is dated as well as any."""
    values: tuple[Held[object], ...] = getattr(record, _field_of(record, held))
    dated = [(each.period.span, at) for at, each in enumerate(values) if each.period is not None]
    if values[min(dated)[1]] is held:
        return False
    first, last = _start(held)
    return not any(
        each.value == held.value
        and each.rank is not Rank.DEPRECATED
        and first <= _start(each)[0]
        and _start(each)[1] < last
        for each in values
    )


def _start(held: Held[object]) -> tuple[int, int]:
    """Return the first and last day on which a value may have begun to be held."""
    if held.period is None:
        return NEVER, LATER
    first, last, _, _ = held.period.bounds
    return first, last


def _field_of(record: Record, held: Held[object]) -> str:
    """Return the field that holds a value."""
    return next(name for name in CHANGES if held in getattr(record, name, ()))


def _steps(record: Lasting, *, is_subject: bool) -> Sequence[Milestone]:
    """Return the milestones of a record that tell its story."""
    live = [each for each in record.milestones if each.rank is not Rank.DEPRECATED]
    steps = [each for each in live if each.kind is not _M.ATTESTED]
    if not steps:
        return live[:1] if is_subject or not isinstance(record, Organisation | Post) else ()
    if isinstance(record, Tenure):
        return [record.start_milestone or record.end_milestone or steps[0]]
    turns = [*record.starts, *record.ends]
    found: list[Milestone] = []
    for each in sorted(steps, key=lambda step: precedence(step, (step.kind,))):
        told = each.kind not in turns and (is_subject or each.kind is not _M.EXTENDED)
        if told and not any(_is_rival(each, other) for other in steps):
            found.append(each)
    for stretch in record.stretches:
        begun = (taken(stretch, (kind,)) for kind in turns)
        found += [each for each in begun if each is not None]
    return found


def _is_rival(milestone: Milestone, other: Milestone) -> bool:
    """Return whether another milestone dates the same step, and better."""
    if milestone is other or milestone.kind is not other.kind:
        return False
    (first, last), (begin, end) = milestone.date.span, other.date.span
    if begin - last > _MONTH or first - end > _MONTH:
        return False
    return _worth(other) < _worth(milestone)


def _worth(milestone: Milestone) -> tuple[object, ...]:
    first, last = milestone.date.span
    exact = last - first < _MONTH
    return (not exact, *precedence(milestone, (milestone.kind,)), last, milestone.at is None)


# --- one beside another ----------------------------------------------------------------------


class _Told:
    """What the entries of a story say, so that it need not be said twice."""

    def __init__(self, entries: Sequence["Entry"]) -> None:
        self.meetings: set[Meeting] = set()
        self.texts: set[Document] = set()
        self.acts: dict[str, list[When]] = {}
        """Dates of the decisions and events that are about a record, by its id."""
        self.steps: set[tuple[str, When]] = set()
        self.changes: set[tuple[str, When, MilestoneKind]] = set()
        for entry in entries:
            self._hear(entry)

    def _hear(self, entry: "Entry") -> None:
        record, piece = entry.record, entry.piece
        if isinstance(piece, Milestone):
            self.steps.add((record.id, entry.date))
        elif isinstance(piece, Held):
            kinds = _STEPS_OF.get(_field_of(record, piece), ())
            self.changes.update((record.id, entry.date, kind) for kind in kinds)
        elif isinstance(record, Event):
            self._act(record.about, entry.date)
        elif isinstance(record, Decision):
            self._act(record.affects, entry.date)
            self.meetings |= {each for each in (record.meeting,) if each is not None}
            self.texts |= {each for each in (record.document,) if each is not None}

    def _act(self, records: Iterable[Record], date: When) -> None:
        for each in records:
            self.acts.setdefault(each.id, []).append(date)

    def says(self, entry: "Entry") -> bool:
        """Return whether other entries say what an entry does."""
        record, piece = entry.record, entry.piece
        if isinstance(piece, Milestone):
            if isinstance(record, Document) and self._records(record):
                return True
            if (record.id, entry.date, piece.kind) in self.changes:
                return True
            return self._acts_then(entry) and not _is_turn(record, piece)
        if isinstance(piece, Held) and _field_of(record, piece) == "postures":
            return (record.id, entry.date) in self.steps or self._acts_then(entry)
        return record in self.meetings

    def _records(self, text: Document) -> bool:
        """Return whether a text only records the decisions that are told."""
        declared = text.kind is DocumentKind.DECLARATION and text.adopted_at in self.meetings
        return declared or text in self.texts

    def _acts_then(self, entry: "Entry") -> bool:
        return any(_holds(entry.date, date) for date in self.acts.get(entry.record.id, ()))


def _once(entries: Sequence["Entry"]) -> Iterator["Entry"]:
    """Yield the entries that no other one says better."""
    told = _Told(entries)
    return (entry for entry in entries if not told.says(entry))


def _holds(one: When, other: When) -> bool:
    """Return whether one date lies within the other."""
    (first, last), (begin, end) = one.span, other.span
    return (first <= begin and end <= last) or (begin <= first and last <= end)


def _is_turn(record: Record, milestone: Milestone) -> bool:
    """Return whether the rule takes a beginning or an end from a milestone."""
    assert isinstance(record, Lasting)  # noqa: S101 (who has milestones)
    return milestone in (record.start_milestone, record.end_milestone)


def _latest_numbers(entries: Iterable["Entry"]) -> Iterator["Entry"]:
    """Yield the entries, and of numbers the latest of each measure of a record."""
    kept = list(entries)
    latest: dict[tuple[str, str], Figure] = {}
    for entry in kept:
        if isinstance(entry.piece, Figure):
            key = entry.record.id, entry.piece.measure
            before = latest.get(key)
            rival = before is not None and before.as_of == entry.date
            if not rival or entry.piece.rank is Rank.PREFERRED:
                latest[key] = entry.piece
    numbers = set(latest.values())
    for entry in kept:
        if not isinstance(entry.piece, Figure) or entry.piece in numbers:
            yield entry


def _joined(entries: Iterable["Entry"]) -> Iterator["Entry"]:
    """Yield the entries, the steps of one record on one day as one."""
    kept = list(entries)
    days: dict[tuple[str, str], list[tuple[Entry, Milestone]]] = {}
    for entry in kept:
        if isinstance(entry.piece, Milestone):
            key = entry.record.id, str(entry.date)
            days.setdefault(key, []).append((entry, entry.piece))
    for entry in kept:
        if not isinstance(entry.piece, Milestone):
            yield entry
            continue
        same = days[entry.record.id, str(entry.date)]
        if entry is same[0][0]:
            label = entry.text.rpartition(": ")[0]
            steps = ", ".join(_in_words(*each) for each in same)
            citations = tuple(citation for each, _ in same for citation in each.citations)
            yield entry._replace(text=f"{label}: {steps}", citations=citations)


def _in_words(entry: "Entry", step: Milestone) -> str:
    """Return the step of an entry; where it says little by itself, with what its note says."""
    words = entry.text.rpartition(": ")[2]
    if step.note is None or step.kind not in _VAGUE:
        return words
    return f"{words} ({step.note.split('; ')[0].split('. ')[0].removesuffix('.')})"
