"""What an editor should look at: thin support, gaps and overlaps, sums, stale statements."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

from attrs import fields

from natodata.dates import When
from natodata.errors import BadArgument
from natodata.loading.wording import nearest
from natodata.queries.alliances import holders
from natodata.queries.contradictions import contradictions, said
from natodata.queries.evidence import citations_of, independent
from natodata.queries.staleness import stale
from natodata.records import (
    Citation,
    CitedRecord,
    Contribution,
    Figure,
    Held,
    Lasting,
    Milestone,
    Operation,
    Post,
    Record,
    StrengthReport,
    Tenure,
)
from natodata.records.vocabulary import Bound, MilestoneKind, Rank
from natodata.store import Store

__all__ = ["KINDS", "Finding", "audit"]

_DECLARED = re.compile(
    r"\b(gap|vacan\w+|overlap\w*|not (?:found|known|dated|looked up))\b", re.IGNORECASE
)
"""Words by which a note declares a gap, an overlap or a missing date as known to the editors."""


class Finding(NamedTuple):
    """One thing to look at."""

    kind: str
    """One of `KINDS`."""
    record: Record
    """The record that it is about."""
    text: str
    """What was found, in one line."""

    def __str__(self) -> str:
        """Return kind, record and text in one line."""
        return f"{self.kind}: {self.record.id}: {self.text}"


def audit(store: Store, kind: str | Sequence[str] | None = None) -> tuple[Finding, ...]:
    """Return what an editor should look at, by kind and record.

    * ``single-source``: a fact that rests on one source, or on several that repeat each other.
    * ``tenures``: gaps, overlaps and missing dates between holders of a post that one person
      holds at a time, unless a note of the post, of one of the tenures or of a milestone says so
      (*gap*, *vacant*, *overlap*, *not found*, *not known*, *not dated*, *not looked up*).
    * ``sums``: strength sheets whose lines do not add up to what they print.
    * ``stale``: what is said to go on, and was last said to more than 90 days before the day up
      to which the data is kept; see `natodata.queries.staleness.stale`.
    * ``conflicts``: rival values, dates and figures; they may stand, but should be looked at.
    * ``contradictions``: what cannot all be so, such as two holders at once of a post that one
      person holds; see `natodata.queries.contradictions.contradictions`.
    * ``outside``: contributions and strength sheets before the operation began or after it ended.
    * ``undated``: operations without a beginning, leads and commands without a time,
      contributions without an end to operations that ended.

    Args:
        store: The records.
        kind: One of `KINDS`, or several; all by default.

    Raises:
        BadArgument: There is no such kind.
    """
    single = isinstance(kind, str) or not isinstance(kind, Iterable)
    wanted: tuple[object, ...] = KINDS if kind is None else (kind,) if single else tuple(kind)
    for each in wanted:
        if each not in KINDS:
            near = nearest(str(each), KINDS)
            hint = f"; did you mean {near!r}?" if near else ""
            raise BadArgument(f"expected a kind of {', '.join(KINDS)}, got {each!r}{hint}")
    return tuple(finding for each in wanted for finding in _CHECKS[str(each)](store))


# --- thin support ----------------------------------------------------------------------------


def _single_source(store: Store) -> Iterator[Finding]:
    for identifier in store.all_ids():
        record = store.record(identifier)
        if isinstance(record, CitedRecord):
            for what, citations in _facts(record):
                sources = list(dict.fromkeys(citation.source for citation in citations))
                if independent(sources) < 2:  # noqa: PLR2004 (two independent sources are the aim)
                    who = " and ".join(source.id for source in sources) or "no source"
                    yield Finding("single-source", record, f"{what} rests on {who} alone")


def _facts(record: CitedRecord) -> Iterator[tuple[str, list[Citation]]]:
    """Yield each fact of a record in words, with its citations; equal facts together."""
    for field in fields(type(record)):
        value = getattr(record, field.name)
        if value is None or value == () or field.name in record.editorial:
            continue
        pieces: dict[str, list[Citation]] = {}
        for piece in value if isinstance(value, tuple) else ():
            if isinstance(piece, Milestone | Figure | Held):
                pieces.setdefault(said(field.name, piece), []).extend(piece.citations)
        yield from pieces.items()
        if not pieces:
            yield field.name, list(citations_of(record, field.name))


# --- tenures ---------------------------------------------------------------------------------


def _tenures(store: Store) -> Iterator[Finding]:
    by_id = {tenure.id: tenure for tenure in store.of_type(Tenure)}
    for post in store.of_type(Post):
        if not post.single:
            continue
        spells = [by_id[identifier] for identifier in holders(store, post)]
        undated = [spell for spell in spells if spell.start is None and spell.end is None]
        dated = [spell for spell in spells if spell not in undated]
        found = [*_missing(spells), *_overlaps(dated), *_gaps(dated)]
        for text, concerned in found:
            if not (_declares(post) or any(map(_declares, concerned))):
                yield Finding("tenures", post, text)


def _declares(record: Post | Tenure) -> bool:
    """Return whether a note says that a gap, overlap or missing date is known."""
    notes = [record.note, *(milestone.note for milestone in record.milestones)]
    return any(_DECLARED.search(note) for note in notes if note)


_Found: TypeAlias = Iterator[tuple[str, tuple[Tenure, ...]]]


def _missing(spells: Sequence[Tenure]) -> _Found:
    for at, spell in enumerate(spells):
        if spell.start is None:
            yield f"not dated: the start of {spell.person.name}", (spell,)
        if spell.end is None and at < len(spells) - 1:
            yield f"not dated: the end of {spell.person.name}", (spell,)


def _overlaps(spells: Sequence[Tenure]) -> _Found:
    permanent = [spell for spell in spells if not spell.acting]
    for earlier, later in combinations(permanent, 2):
        if earlier.end is not None and earlier.bounds[2] > later.bounds[1]:
            names = f"{earlier.person.name} and {later.person.name}"
            yield f"overlap of {names}: {earlier.end} and {later.start}", (earlier, later)


def _gaps(spells: Sequence[Tenure]) -> _Found:
    """Yield the times that no holder covers, not even an acting one or one whose end is open."""
    reached: Tenure | None = None
    for spell in spells:
        if reached is not None and spell.start is not None:
            days = spell.bounds[0] - reached.bounds[3] - 1
            if days > 0:
                names = f"{reached.person.name} and {spell.person.name}"
                yield f"gap of {days} days or more between {names}", (reached, spell)
        if reached is None or spell.bounds[3] > reached.bounds[3]:
            reached = spell


# --- sums ------------------------------------------------------------------------------------


def _sums(store: Store) -> Iterator[Finding]:
    for report in store.of_type(StrengthReport):
        check = report.check()
        blank = f", {check.without_number} of them without a number" * bool(check.without_number)
        if check.difference:
            text = f"{check.nations} lines{blank}, add up to {check.total}, printed total "
            yield Finding("sums", report, f"{text}{check.printed_total}")
        if check.printed_nations is not None and check.printed_nations != check.nations:
            text = f"{check.nations} lines, printed number of nations {check.printed_nations}"
            yield Finding("sums", report, text)


# --- stale statements ------------------------------------------------------------------------


def _stale(store: Store) -> Iterator[Finding]:
    for fact in stale(store):
        text = f"{fact.what}: last told of {fact.last}, {fact.days} days before"
        yield Finding("stale", fact.record, text)


# --- rival values ----------------------------------------------------------------------------


def _conflicts(store: Store) -> Iterator[Finding]:
    for identifier in store.all_ids():
        record = store.record(identifier)
        for claim in getattr(record, "claims", ()):
            yield Finding("conflicts", record, f"{claim.field}: also {claim.value}")
        for text in (*_rival_dates(record), *_rival_figures(record)):
            yield Finding("conflicts", record, text)


def _rival_dates(record: Record) -> Iterator[str]:
    if not isinstance(record, Lasting):
        return
    for stretch in record.stretches:
        by_kind: dict[str, list[Milestone]] = {}
        for milestone in stretch:
            if milestone.kind in {*record.starts, *record.ends}:
                by_kind.setdefault(milestone.kind, []).append(milestone)
        for kind, rivals in by_kind.items():
            if any(not _agree(a.date, b.date) for a, b in combinations(rivals, 2)):
                dates = ", ".join(f"{m.date} ({m.rank})" for m in rivals)
                yield f"{kind}: {dates}"


def _agree(one: When, other: When) -> bool:
    """Return whether two dates of one thing may mean the same day."""
    return one.same_day(other).possible


def _rival_figures(record: Record) -> Iterator[str]:
    for a, b in combinations(getattr(record, "figures", ()), 2):
        exact = a.bound is b.bound is Bound.EXACT
        if exact and (a.measure, a.as_of) == (b.measure, b.as_of) and a.value != b.value:
            yield f"{a.measure} as of {a.as_of}: {a.value} ({a.rank}), {b.value} ({b.rank})"


# --- contradictions --------------------------------------------------------------------------


def _contradictions(store: Store) -> Iterator[Finding]:
    for record, text in contradictions(store):
        yield Finding("contradictions", record, text)


# --- outside the life of an operation --------------------------------------------------------


def _outside(store: Store) -> Iterator[Finding]:
    dated: list[Contribution | StrengthReport] = [*store.of_type(Contribution)]
    for record in (*dated, *store.of_type(StrengthReport)):
        operation = record.operation
        for date in _dates(record):
            if operation.end is not None and date.after(operation.end).certain:
                text = f"{date} lies after the end of {operation.id}, {operation.end}"
                yield Finding("outside", record, text)
            elif operation.start is not None and date.before(operation.start).certain:
                text = f"{date} lies before the start of {operation.id}, {operation.start}"
                yield Finding("outside", record, text)


def _dates(record: Contribution | StrengthReport) -> list[When]:
    """Return the dates at which a contribution, or the force that a sheet counts, was there."""
    if isinstance(record, StrengthReport):
        return [record.date]
    kinds = {*record.starts, *record.ends, MilestoneKind.ATTESTED}
    milestones = [m for m in record.milestones if m.rank is not Rank.DEPRECATED]
    return [milestone.date for milestone in milestones if milestone.kind in kinds]


# --- values held for a time ------------------------------------------------------------------


def _undated(store: Store) -> Iterator[Finding]:
    for operation in store.of_type(Operation):
        if operation.start is None:
            yield Finding("undated", operation, "no milestone that begins it")
        for field in ("leads", "commands"):
            held: tuple[Held[Record], ...] = getattr(operation, field)
            for each in held:
                if each.period is None:
                    yield Finding("undated", operation, f"{field}: {each.value.id} without time")
    for contribution in store.of_type(Contribution):
        if contribution.end is None and contribution.operation.end is not None:
            end = contribution.operation.end
            yield Finding("undated", contribution, f"no end, but its operation ended {end}")


_CHECKS: dict[str, Callable[[Store], Iterator[Finding]]] = {
    "single-source": _single_source,
    "tenures": _tenures,
    "sums": _sums,
    "stale": _stale,
    "conflicts": _conflicts,
    "contradictions": _contradictions,
    "outside": _outside,
    "undated": _undated,
}
KINDS = tuple(_CHECKS)
"""Kinds of finding."""
