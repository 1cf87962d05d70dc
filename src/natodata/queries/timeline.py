"""Every dated thing in order of time."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar, overload

from natodata.dates import NEVER, Certainty, Limit, When, WhenLike, meets, when_of
from natodata.displayed import Displayed
from natodata.errors import BadArgument
from natodata.loading.trusting import Instant
from natodata.loading.wording import nearest
from natodata.queries.briefing import CHANGES, briefing
from natodata.queries.filtering import narrower
from natodata.queries.moments import admits, moment, order_of, spells, warn_if_stale
from natodata.queries.moments import since as from_then
from natodata.queries.moments import until as up_to_then
from natodata.queries.naming import identify, name_of
from natodata.queries.relations import about as belonging
from natodata.queries.relations import is_on_topic
from natodata.records import (
    Assessment,
    Citation,
    CitedRecord,
    Contribution,
    Country,
    Decision,
    Event,
    Figure,
    Held,
    Lasting,
    Meeting,
    Membership,
    Milestone,
    Operation,
    Programme,
    Record,
    StrengthReport,
    Tenure,
    Topic,
)
from natodata.records.vocabulary import Bound
from natodata.store import Store

R = TypeVar("R", bound=Record)

__all__ = ["KINDS", "Entry", "Timeline", "label_of", "timeline"]

KINDS = (
    "milestone",
    "change",
    "figure",
    "meeting",
    "event",
    "decision",
    "assessment",
    "strength-report",
)
"""Kinds of entry; a change is a name, lead, command, posture, seat or owner held from then on."""
_BOUND_WORDS = {
    Bound.EXACT: "",
    Bound.ABOUT: "about ",
    Bound.AT_LEAST: "at least ",
    Bound.AT_MOST: "at most ",
    Bound.BETWEEN: "",
}


class Entry(NamedTuple):
    """One dated thing."""

    date: When
    """When."""
    kind: str
    """One of `KINDS`."""
    record: Record
    """The record that it is of."""
    text: str
    """What happened, in one line."""
    citations: tuple[Citation, ...]
    """Who says so."""
    piece: "Milestone | Figure | Held[Any] | None" = None
    """The milestone, figure or value held for a time, where it is one."""
    certainty: Certainty = Certainty.YES
    """How surely it falls in the stretch of time asked for."""

    def __str__(self) -> str:
        """Return date, text and sources in one line."""
        sources = ", ".join(dict.fromkeys(c.source.id for c in self.citations))
        doubt = " (maybe)" if self.certainty is Certainty.MAYBE else ""
        return f"{self.date}  {self.text}{doubt}{f'  [{sources}]' if sources else ''}"


class Timeline(Sequence[Entry], Displayed):
    """Entries in order of time; ``print`` shows a line for each."""

    __slots__ = ("_entries",)

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = tuple(entries)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> "Timeline": ...
    def __getitem__(self, index: int | slice) -> "Entry | Timeline":
        """Return an entry by position, or a stretch of the timeline."""
        if isinstance(index, slice):
            return Timeline(self._entries[index])
        return self._entries[index]

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._entries)

    def __eq__(self, other: object) -> bool:
        """Return whether both have the same entries."""
        if not isinstance(other, Timeline):
            return NotImplemented
        return self._entries == other._entries

    def __hash__(self) -> int:
        """Return a hash that agrees with equality."""
        return hash(self._entries)

    def to_ical(self) -> str:
        r"""Return the entries as a calendar: iCalendar (RFC 5545), lines ended by ``\r\n``.

        An event takes up all the days that its date may mean, and is tentative where these are
        more than it took; its text gives the date as the source does. What has no day at either
        end is left out.
        """
        from natodata.queries.ical import calendar

        return calendar(self._entries)

    def __repr__(self) -> str:
        """Return the number of entries and the time they span."""
        if not self._entries:
            return "<Timeline: empty>"
        first, last = self._entries[0].date, self._entries[-1].date
        return f"<Timeline: {len(self)} entries, {first} to {last}>"

    def __str__(self) -> str:
        """Return one line for each entry."""
        return "\n".join(map(str, self._entries))


def timeline(  # noqa: PLR0913 (each narrows it in its own way)
    store: Store,
    *,
    since: WhenLike | None = None,
    until: WhenLike | None = None,
    about: Record | str | None = None,
    topic: Topic | str | None = None,
    country: Country | str | None = None,
    kind: str | Sequence[str] | None = None,
    full: bool = False,
    certain: bool = False,
) -> Timeline:
    """Return every dated thing in order of time; see `natodata.Dataset.timeline`."""
    kinds = _kinds(kind)
    stretches = _stretches(store, since, until, certain=certain)
    theme = None if about is None else identify(store, about)
    nation = None if country is None else _of_type(store, country, Country)
    subject = None if theme is None else belonging(store, theme)
    state = None if nation is None else belonging(store, nation)
    topics = None if topic is None else narrower(store, _of_type(store, topic, Topic))
    told = not (subject is None and state is None and topics is None)
    brief = told and kind is None and not full
    found: list[Entry] = []
    for entry in store.keep(_all):
        record = entry.record
        if entry.kind not in kinds:
            continue
        if subject is not None and record.id not in subject:
            continue
        if state is not None and record.id not in state:
            continue
        if topics is not None and not is_on_topic(record, topics):
            continue
        certainty = _certainty(entry, stretches, brief=brief)
        if certainty.possible:
            found.append(entry._replace(certainty=certainty))
    if not brief:
        return Timeline(found)
    named = (each.id for each in (theme, nation) if not isinstance(each, Topic | None))
    return Timeline(briefing(found, frozenset(named)))


def _certainty(entry: Entry, stretches: Sequence[Instant], *, brief: bool) -> Certainty:
    """Return how surely an entry lies in all of some stretches; no, where maybe is not enough.

    A briefing tells what is only known to have happened by a day at that day.
    """
    # A meeting goes on through all of its days, anything else happens on one of them, and what
    # answers something else not before that.
    whole = entry.kind in {"meeting", "event", "decision"}
    span = spells(entry.record)[0] if whole else moment(entry.date)
    found = Certainty.YES
    last = span[3]
    by_then = (last, last, last, last) if brief and span[0] <= NEVER else span
    for stretch in stretches:
        answer = meets(span, stretch.when.query_bounds)
        if not meets(by_then, stretch.when.query_bounds).possible:
            return Certainty.NO
        if not admits(answer, certain=stretch.certain):
            return Certainty.NO
        found &= answer
    return found


def _kinds(kind: str | Sequence[str] | None) -> frozenset[str]:
    if kind is None:
        return frozenset(KINDS)
    wanted = (kind,) if isinstance(kind, str) else tuple(kind)
    for each in wanted:
        if each not in KINDS:
            near = nearest(str(each), KINDS)
            hint = f"; did you mean {near!r}?" if near else ""
            raise BadArgument(f"expected a kind of {', '.join(KINDS)}, got {each!r}{hint}")
    return frozenset(wanted)


def _stretches(
    store: Store, since: WhenLike | None, until: WhenLike | None, *, certain: bool
) -> tuple[Instant, ...]:
    """Return the stretches of time asked for: by *since* and *until*, and by the view."""
    if since is not None and until is not None and when_of(until).before(since).certain:
        raise BadArgument(f"expected until not to lie before since, got {since} and {until}")
    asked = []
    if since is not None:
        warn_if_stale(store, when_of(since))
        asked.append(from_then(since))
    if until is not None:
        asked.append(up_to_then(until))
    return (*store.views, *(Instant(each, certain) for each in asked))


def _of_type(store: Store, given: Record | str, cls: type[R]) -> R:
    record = identify(store, given)
    if not isinstance(record, cls):
        found = type(record).__name__
        raise BadArgument(f"expected a {cls.__name__}, got {record.id!r}, which is a {found}")
    return record


def _all(store: Store) -> tuple[Entry, ...]:
    entries = [
        entry for identifier in store.all_ids() for entry in _entries(store.record(identifier))
    ]
    entries.sort(key=lambda entry: (*_place(entry), entry.record.id, entry.text))
    return tuple(entries)


def _place(entry: Entry) -> tuple[int, int, int]:
    """Return where an entry stands; a step at a meeting that its date takes in, with that.

    Within a date, what happened comes before what was decided, and that before what came of it.
    """
    date = entry.date
    meeting = entry.piece.at if isinstance(entry.piece, Milestone) else None
    if meeting is not None:
        (first, last), (begin, end) = date.span, meeting.date.span
        if first <= begin and end <= last:
            date = meeting.date
    first, last, _ = order_of(date)
    return first, last, _ORDER.index(entry.kind)


_ORDER = (
    "event",
    "meeting",
    "decision",
    "milestone",
    "change",
    "figure",
    "strength-report",
    "assessment",
)


def _entries(record: Record) -> Iterator[Entry]:
    if isinstance(record, Lasting):
        for milestone in record.milestones:
            text = f"{label_of(record)}: {milestone.kind.value.replace('-', ' ')}"
            if milestone.at is not None:
                text += f" at {milestone.at.name}"
            yield Entry(milestone.date, "milestone", record, text, milestone.citations, milestone)
    for name, words in CHANGES.items():
        for held in getattr(record, name, ()):
            yield from _changes(record, words, held)
    for figure in getattr(record, "figures", ()):
        text = f"{label_of(record)}: {_number(figure)}"
        yield Entry(figure.as_of, "figure", record, text, figure.citations, figure)
    kind = _KIND_OF.get(type(record))
    date = getattr(record, "date", None)
    if kind is not None and date is not None and isinstance(record, CitedRecord):
        yield Entry(date, kind, record, _told(record), _date_citations(record))


def _changes(record: Record, words: str, held: Held[Any]) -> Iterator[Entry]:
    """Yield the entry of a value held for a time: at its beginning, or else at its end."""
    period = held.period
    if period is None:
        return
    dates = (each for each in (period.start, period.end) if not isinstance(each, Limit))
    date = next(dates, None)
    if date is not None:
        value = label_of(held.value) if isinstance(held.value, Record) else held.value
        text = f"{label_of(record)}: {words} {value} ({period})"
        yield Entry(date, "change", record, text, held.citations, held)


_KIND_OF: dict[type[Record], str] = {
    Meeting: "meeting",
    Event: "event",
    Decision: "decision",
    Assessment: "assessment",
    StrengthReport: "strength-report",
}


def _told(record: Record) -> str:
    """Return what happened: a decision with who took it, an event with its name where needed."""
    if isinstance(record, Decision):
        by = record.meeting or record.body
        work = [each for each in record.affects if isinstance(each, Operation | Programme)]
        what = work[0].name if len(work) == 1 else ""
        act = f"{record.verb}: {what}" if not _names(record.summary, what) else record.verb
        return f"{'Decision' if by is None else by.name} ({act}): {record.summary}"
    if isinstance(record, Event) and record.summary and not _names(record.summary, record.name):
        return f"{record.name}: {record.summary}"
    return label_of(record)


def _names(summary: str, name: str) -> bool:
    """Return whether a summary says more than half of the words that make up a name, if any."""
    words, said = _words(name), _words(summary)
    return not name or 2 * len(words & said) > len(words)


def _words(text: str) -> set[str]:
    """Return the words that carry meaning, without their endings: long ones, and numbers."""
    words = "".join(each if each.isalnum() else " " for each in text.casefold()).split()
    return {each[:5] for each in words if len(each) > 3 or each.isdigit()}  # noqa: PLR2004


def _date_citations(record: CitedRecord) -> tuple[Citation, ...]:
    backing = tuple(c for c in record.citations if "date" in c.backs)
    return backing or record.citations


def _number(figure: Figure) -> str:
    value = f"{figure.value:,}"
    if figure.upper is not None:
        value = f"{value} to {figure.upper:,}"
    return f"{_BOUND_WORDS[figure.bound]}{value} {figure.measure.value.replace('-', ' ')}"


def label_of(record: Record) -> str:
    """Return a record in a few words: its name, or what it ties together."""
    for kind, words in _LABELS:
        if isinstance(record, kind):
            return words(record)
    return str(name_of(record))


def _views(assessment: Assessment) -> str:
    names = ", ".join(author.name for author in assessment.authors)
    return f"{names}: {assessment.position}"


_LABELS: tuple[tuple[type[Record], Callable[[Any], str]], ...] = (
    (Event, lambda event: event.summary or event.name),
    (Tenure, lambda tenure: f"{tenure.person.name} as {tenure.post.name}"),
    (Membership, lambda each: f"{each.country.name} in {each.framework.name}"),
    (Contribution, lambda each: f"{each.country.name} in {each.operation.name}"),
    (StrengthReport, lambda report: f"Strength sheet of {report.operation.name}"),
    (Decision, lambda decision: decision.summary),
    (Assessment, _views),
)
