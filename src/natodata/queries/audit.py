"""What an editor should look at: thin support, gaps and overlaps, sums, stale statements."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from natodata.dates import NEVER
from natodata.errors import BadArgument
from natodata.loading.structuring import nearest
from natodata.queries.alliances import holders
from natodata.queries.evidence import independent
from natodata.records import (
    Contribution,
    Figure,
    Held,
    Lasting,
    Milestone,
    Operation,
    Post,
    Record,
    Source,
    StrengthReport,
    Tenure,
)
from natodata.store import Store

__all__ = ["KINDS", "Finding", "audit"]

_STALE_AFTER = 365
"""Days after which "still going on" should be looked at again."""


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

    Args:
        store: The records.
        kind: One of `KINDS`, or several; all by default.

    Raises:
        BadArgument: There is no such kind.
    """
    wanted = KINDS if kind is None else (kind,) if isinstance(kind, str) else tuple(kind)
    found: list[Finding] = []
    for each in wanted:
        if each not in _CHECKS:
            near = nearest(str(each), KINDS)
            hint = f"; did you mean {near!r}?" if near else ""
            raise BadArgument(f"expected a kind of {', '.join(KINDS)}, got {each!r}{hint}")
        found += _CHECKS[each](store)
    return tuple(found)


# --- thin support ----------------------------------------------------------------------------


def _single_source(store: Store) -> Iterator[Finding]:
    for identifier in store.all_ids():
        record = store.record(identifier)
        for what, sources in _dated_facts(record):
            if independent(sources) < 2:  # noqa: PLR2004 (two independent sources are the aim)
                who = sources[0].id if sources else "nobody"
                yield Finding("single-source", record, f"{what} rests on {who} alone")


def _dated_facts(record: Record) -> Iterator[tuple[str, list[Source]]]:
    if isinstance(record, Lasting):
        for milestone in record.milestones:
            yield f"{milestone.kind} {milestone.date}", _sources(milestone)
    for figure in getattr(record, "figures", ()):
        yield f"{figure.measure} {figure.value} as of {figure.as_of}", _sources(figure)


def _sources(piece: Milestone | Figure) -> list[Source]:
    return [citation.source for citation in piece.citations]


# --- tenures ---------------------------------------------------------------------------------


def _tenures(store: Store) -> Iterator[Finding]:
    for post in store.of_type(Post):
        if not post.single:
            continue
        spells = [_tenure(store, identifier) for identifier in holders(store, post)]
        permanent = [spell for spell in spells if not spell.acting]
        for earlier, later in pairwise(permanent):
            yield from _between(post, earlier, later)


def _tenure(store: Store, identifier: str) -> Tenure:
    record = store.record(identifier)
    assert isinstance(record, Tenure)  # noqa: S101 (ids of tenures give tenures)
    return record


def _between(post: Post, earlier: Tenure, later: Tenure) -> Iterator[Finding]:
    _, _, end_earliest, end_latest = earlier.bounds
    start_earliest, start_latest, _, _ = later.bounds
    names = f"{earlier.person.name} and {later.person.name}"
    if later.start is None or earlier.end is None:
        missing = []
        if earlier.end is None:
            missing.append(f"the end of {earlier.person.name}")
        if later.start is None:
            missing.append(f"the start of {later.person.name}")
        yield Finding("tenures", post, f"not dated: {', '.join(missing)}")
    elif end_earliest > start_latest:
        yield Finding("tenures", post, f"overlap of {names}: {earlier.end} and {later.start}")
    elif start_earliest > end_latest + 1:
        days = start_earliest - end_latest - 1
        yield Finding("tenures", post, f"gap of {days} days or more between {names}")


# --- sums ------------------------------------------------------------------------------------


def _sums(store: Store) -> Iterator[Finding]:
    for report in store.of_type(StrengthReport):
        check = report.check()
        if check.difference:
            text = f"lines add up to {check.total}, printed total {check.printed_total}"
            yield Finding("sums", report, text)
        if check.printed_nations is not None and check.printed_nations != check.nations:
            text = f"{check.nations} lines, printed number of nations {check.printed_nations}"
            yield Finding("sums", report, text)


# --- stale statements ------------------------------------------------------------------------


_State: TypeAlias = Operation | Contribution | Tenure


def _stale(store: Store) -> Iterator[Finding]:
    limit = store.notes.current_to
    if limit is None:
        return
    states: list[_State] = [
        *store.of_type(Operation),
        *store.of_type(Contribution),
        *store.of_type(Tenure),
    ]
    for record in states:
        if record.end is None and record.milestones:
            last = max(milestone.date.bounds[0] for milestone in record.milestones)
            days = limit.bounds[0] - last
            if last > NEVER and days > _STALE_AFTER:
                text = f"no end, and last heard of {days} days before {limit}"
                yield Finding("stale", record, text)


# --- rival values ----------------------------------------------------------------------------


def _conflicts(store: Store) -> Iterator[Finding]:
    for identifier in store.all_ids():
        record = store.record(identifier)
        for claim in getattr(record, "claims", ()):
            yield Finding("conflicts", record, f"{claim.field}: also {claim.value}")
        if isinstance(record, Lasting):
            yield from _rival_dates(record)


def _rival_dates(record: Lasting) -> Iterator[Finding]:
    by_kind: dict[str, list[Milestone]] = {}
    for milestone in record.milestones:
        if milestone.kind in {*record.starts, *record.ends}:
            by_kind.setdefault(milestone.kind, []).append(milestone)
    for kind, rivals in by_kind.items():
        if len(rivals) > 1 and isinstance(record, Record):
            dates = ", ".join(f"{m.date} ({m.rank})" for m in rivals)
            yield Finding("conflicts", record, f"{kind}: {dates}")


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


_CHECKS: dict[str, Callable[[Store], Iterator[Finding]]] = {
    "single-source": _single_source,
    "tenures": _tenures,
    "sums": _sums,
    "stale": _stale,
    "conflicts": _conflicts,
    "undated": _undated,
}
KINDS = tuple(_CHECKS)
"""Kinds of finding."""
