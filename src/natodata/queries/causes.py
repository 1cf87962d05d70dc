"""What led to a record and what followed from it, step by step."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, overload

from natodata.dates import When
from natodata.displayed import Displayed
from natodata.queries.evidence import attested
from natodata.queries.moments import order_of
from natodata.queries.timeline import label_of
from natodata.records import (
    Citation,
    CitedRecord,
    Decision,
    Document,
    Event,
    Lasting,
    Meeting,
    Operation,
    Organisation,
    Programme,
    Record,
)
from natodata.records.vocabulary import MilestoneKind, Verb
from natodata.store import Store

__all__ = ["Link", "Step", "Trace", "date_of", "links", "trace"]


class Link(NamedTuple):
    """One record that led to another."""

    cause: Record
    """What came first."""
    effect: Record
    """What it led to."""
    relation: str
    """How, read from cause to effect: ``took``, ``launches``, ``answered by``."""
    citations: tuple[Citation, ...]
    """Who says so."""
    later: bool = False
    """Whether the effect only changed, or happened to, what was there already."""


class Step(NamedTuple):
    """One step of a trace."""

    date: When | None
    """When; `None` where the data give no date."""
    record: Record
    """What."""
    relation: str
    """How it is tied to `via`, read from cause to effect."""
    via: Record
    """The record to which it is tied: its effect before the record traced, its cause after."""
    citations: tuple[Citation, ...]
    """Who says so."""
    before: bool
    """Whether it led to the record traced; otherwise it followed."""

    def __str__(self) -> str:
        """Return the step in one line."""
        sources = ", ".join(dict.fromkeys(c.source.id for c in self.citations))
        tie = f"{self.relation} {self.via.id}" if self.before else f"{self.via.id} {self.relation}"
        evidence = f"  [{sources}]" if sources else ""
        when = str(self.date) if self.date is not None else "undated"
        return f"{when}  {label_of(self.record)} ({self.record.id}: {tie}){evidence}"


class Trace(Sequence[Step], Displayed):
    """The steps that led to a record, in order of time, then those that followed."""

    __slots__ = ("_record", "_steps")

    def __init__(self, record: Record, steps: Sequence[Step]) -> None:
        self._record = record
        self._steps = tuple(steps)

    @property
    def record(self) -> Record:
        """The record traced."""
        return self._record

    @property
    def before(self) -> tuple[Step, ...]:
        """What led to the record, in order of time."""
        return tuple(step for step in self._steps if step.before)

    @property
    def after(self) -> tuple[Step, ...]:
        """What followed from it, in order of time."""
        return tuple(step for step in self._steps if not step.before)

    @overload
    def __getitem__(self, index: int) -> Step: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Step, ...]: ...
    def __getitem__(self, index: int | slice) -> Step | tuple[Step, ...]:
        """Return a step by position, or several."""
        return self._steps[index]

    def __len__(self) -> int:
        """Return the number of steps."""
        return len(self._steps)

    def __repr__(self) -> str:
        """Return the record and the number of steps on either side."""
        return f"<Trace of {self._record.id}: {len(self.before)} before, {len(self.after)} after>"

    def __str__(self) -> str:
        """Return a line for each step, under headings."""
        name = label_of(self._record)
        lines = [f"What led to {name}"]
        lines += [f"  {step}" for step in self.before] or ["  nothing in the data"]
        lines += [f"What followed from {name}"]
        lines += [f"  {step}" for step in self.after] or ["  nothing in the data"]
        return "\n".join(lines)


def date_of(record: Record) -> When | None:
    """Return when a record happened or began; `None` where the data give no date."""
    if isinstance(record, Lasting):
        if record.start is not None:
            return record.start
        steps = [m for m in record.milestones if m.kind is not MilestoneKind.ATTESTED]
        return min((m.date for m in steps), key=order_of, default=None)
    date: When | None = getattr(record, "date", None)
    return date


def links(record: Record) -> Iterator[Link]:
    """Yield the links of cause and effect that a record states."""
    for kind, states in _STATES:
        if isinstance(record, kind):
            yield from states(record)


def _of_event(event: Event) -> Iterator[Link]:
    for cause in event.follows:
        yield _link(cause, event, "followed by", event, "follows")
    for subject in event.about:
        yield from _in_order(event, subject, "led to", "followed by", "about")


def _of_document(document: Document) -> Iterator[Link]:
    for older in document.supersedes:
        yield _link(older, document, "superseded by", document, "supersedes")
    if document.adopted_at is not None:
        yield _link(document.adopted_at, document, "adopted", document, "adopted_at")


def _of_organisation(organisation: Organisation) -> Iterator[Link]:
    for older in organisation.predecessors:
        yield _link(older, organisation, "succeeded by", organisation, "predecessors")


def _of_decision(decision: Decision) -> Iterator[Link]:
    for cause in decision.in_response_to:
        yield _link(cause, decision, "answered by", decision, "in_response_to")
    if decision.meeting is not None:
        yield _link(decision.meeting, decision, "took", decision, "meeting")
    verb = decision.verb.value
    for subject in decision.affects:
        yield from _in_order(decision, subject, verb, f"affected by: {verb}", "affects")


def _of_operation(operation: Operation) -> Iterator[Link]:
    for older in operation.predecessors:
        yield _link(older, operation, "succeeded by", operation, "predecessors")
    for basis in operation.legal_bases:
        if basis.document is not None:
            link = Link(basis.document, operation, "legal basis of", basis.citations)
            yield _unless_later(link, "given the legal basis")
    if operation.phase_of is not None:
        yield _link(operation.phase_of, operation, "had the phase", operation, "phase_of")


def _of_programme(programme: Programme) -> Iterator[Link]:
    for older in programme.predecessors:
        yield _link(older, programme, "succeeded by", programme, "predecessors")
    for text in programme.documents:
        link = _link(text, programme, "founded", programme, "documents")
        yield _unless_later(link, "described by")
    if programme.part_of is not None:
        yield _link(programme.part_of, programme, "contained", programme, "part_of")


_STATES: tuple[tuple[type[Record], Callable[[Any], Iterator[Link]]], ...] = (
    (Decision, _of_decision),
    (Event, _of_event),
    (Document, _of_document),
    (Operation, _of_operation),
    (Programme, _of_programme),
    (Organisation, _of_organisation),
)


def _link(cause: Record, effect: Record, relation: str, teller: CitedRecord, field: str) -> Link:
    backing = tuple(c for c in teller.citations if field in c.backs)
    return Link(cause, effect, relation, backing or teller.citations)


def _unless_later(link: Link, backward: str) -> Link:
    """Return the link, or the one the other way where what is told as cause came later."""
    begun, told = date_of(link.effect), date_of(link.cause)
    if begun is None or told is None or not told.after(begun).certain:
        return link
    return Link(link.effect, link.cause, backward, link.citations, later=True)


_BEGINNINGS = frozenset(
    {
        Verb.LAUNCHES,
        Verb.AUTHORISES,
        Verb.ADOPTS,
        Verb.ENDORSES,
        Verb.AGREES,
        Verb.ESTABLISHES,
        Verb.INVITES,
        Verb.INVOKES,
    }
)
"""Verbs of decisions that can bring something about; the others take for granted that it is."""


def _in_order(
    teller: Event | Decision, subject: Record, forward: str, backward: str, field: str
) -> Iterator[Link]:
    """Yield the link between a happening and what it is about, in the order of time.

    What was there before a happening did not come of it: for an operation, programme or text the
    happening is then a later step; for other records there is no link. Where the dates do not
    tell, the verb of a decision does.
    """
    if _begins(teller, subject):
        if isinstance(subject, _MADE | Meeting):
            yield _link(teller, subject, forward, teller, field)
    elif isinstance(subject, Operation | Programme | Document):
        yield _link(subject, teller, backward, teller, field)._replace(later=True)


def _begins(teller: Event | Decision, subject: Record) -> bool:
    """Return whether a happening can have brought about what it is about."""
    begun = date_of(subject)
    able = teller.verb in _BEGINNINGS if isinstance(teller, Decision) else True
    if begun is None:
        known = isinstance(teller, Event) and isinstance(subject, Organisation)
        seen = [m.date for m in attested(subject)] if isinstance(subject, Lasting) else []
        return able and not known and not any(date.before(teller.date).certain for date in seen)
    if not able or isinstance(subject, Meeting):
        return teller.date.before(begun).certain
    return order_of(teller.date)[0] <= begun.span[1]


_MADE = Operation | Programme | Document | Organisation


def _graph(store: Store) -> tuple[dict[str, list[Link]], dict[str, list[Link]]]:
    """Return all links by the id of their effect, and by the id of their cause."""
    causes: dict[str, list[Link]] = {}
    effects: dict[str, list[Link]] = {}
    for identifier in store.all_ids():
        for link in links(store.record(identifier)):
            causes.setdefault(link.effect.id, []).append(link)
            effects.setdefault(link.cause.id, []).append(link)
    return causes, effects


def trace(store: Store, record: Record) -> Trace:
    """Return what led to *record* and what followed from it.

    Links run from events, requests, meetings, decisions and texts to what they led to, and from
    operations and programmes to their successors. A decision or event that certainly came after
    the beginning of what it affects is an effect of it, not a cause.
    """
    causes, effects = store.keep(_graph)
    before = _walk(record, causes, frozenset(), before=True)
    reached = frozenset(step.record.id for step in before)
    after = _walk(record, effects, reached, before=False)
    return Trace(record, [*_ordered(before, effects), *_ordered(after, effects)])


def _walk(
    record: Record, links_of: dict[str, list[Link]], left_out: frozenset[str], *, before: bool
) -> list[Step]:
    seen = {record.id, *left_out}
    found: list[Step] = []
    edge = [record]
    while edge:
        reached: list[Record] = []
        for here in edge:
            for link in links_of.get(here.id, ()):
                if before and link.later:
                    continue
                there = link.cause if before else link.effect
                if there.id not in seen:
                    seen.add(there.id)
                    reached.append(there)
                    date = date_of(there)
                    found.append(Step(date, there, link.relation, here, link.citations, before))
        edge = reached
    return found


def _ordered(steps: list[Step], links_of: dict[str, list[Link]]) -> list[Step]:
    """Return steps in order of time; of one time, causes before what they led to."""
    by_time: dict[tuple[Any, ...], list[Step]] = {}
    for step in sorted(steps, key=lambda s: s.record.id):
        key = order_of(step.date) if step.date is not None else ()
        by_time.setdefault(key, []).append(step)
    return [step for key in sorted(by_time) for step in _causes_first(by_time[key], links_of)]


def _causes_first(steps: list[Step], effects: dict[str, list[Link]]) -> list[Step]:
    level = {step.record.id: 0 for step in steps}
    # A circle would never settle, so there are no more rounds than there are steps.
    for _ in steps:
        for step in steps:
            here = step.record.id
            for link in effects.get(here, ()):
                there = link.effect.id
                if there in level:
                    level[there] = max(level[there], level[here] + 1)
    return sorted(steps, key=lambda s: level[s.record.id])
