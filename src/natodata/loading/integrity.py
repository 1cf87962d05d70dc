"""What loads, but should not stand in data that others rely upon."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import fields

from natodata.dates import Period, When
from natodata.loading.structuring import Fault
from natodata.records import CitedRecord, Figure, Held, Lasting, Record, Source, StrengthReport
from natodata.records.base import Milestone
from natodata.records.vocabulary import Bound, Extent, MilestoneKind, Rank

__all__ = ["integrity_faults"]

Found: TypeAlias = Iterator[tuple[str, Fault]]


def integrity_faults(records: Mapping[str, Record]) -> Found:
    """Yield the id of a record and a fault, for each breach of the rules for facts.

    Every factual field is backed by a citation; no unread source is cited; every source is used;
    milestones stand in order of time; nothing ends before it begins; a figure that is *between*
    has both its ends; every rival that is ranked says why, and so does every claim for a field
    that has no value.

    Args:
        records: All records of a dataset, by id.
    """
    cited: set[str] = set()
    for identifier, record in records.items():
        if isinstance(record, CitedRecord):
            yield from ((identifier, fault) for fault in _unbacked(record))
        for citation in _citations(record):
            cited.add(citation[1].id)
            if citation[1].extent is Extent.UNREAD:
                got = f"{citation[1].id!r}, which was not read"
                yield identifier, _fault(citation[0], "a source that was read", got)
        if isinstance(record, Lasting):
            yield from ((identifier, fault) for fault in _disordered(record))
        yield from ((identifier, fault) for fault in _odd_figures(record))
        yield from ((identifier, fault) for fault in _lone_claims(record))
    for identifier, record in records.items():
        if isinstance(record, Source):
            fault = _unused(record, cited)
            if fault is not None:
                yield identifier, fault


def _fault(path: Sequence[str | int], expected: str, got: str) -> Fault:
    return Fault(tuple(path), expected, got)


def _unbacked(record: CitedRecord) -> Iterator[Fault]:
    """Yield a fault for each factual field that no citation backs."""
    backed = {name for citation in record.citations for name in citation.backs}
    for field in fields(type(record)):
        value = getattr(record, field.name)
        if field.name in record.editorial or value is None or value == ():
            continue
        if field.name in backed:
            continue
        if isinstance(value, tuple) and not isinstance(value[0], Record | str):
            for index, piece in enumerate(value):
                if not getattr(piece, "citations", True):
                    yield _fault((field.name, index), "a citation", "none")
                elif not hasattr(piece, "citations"):
                    yield _fault((field.name,), f"a citation that backs {field.name!r}", "none")
                    break
            continue
        yield _fault((field.name,), f"a citation that backs {field.name!r}", "none")


def _citations(record: Record) -> Iterator[tuple[tuple[str | int, ...], Source]]:
    """Yield every citation of a record and its pieces, with the path to it."""
    for index, citation in enumerate(getattr(record, "citations", ())):
        yield ("citations", index, "source"), citation.source
    for field in fields(type(record)):
        value = getattr(record, field.name)
        if not isinstance(value, tuple):
            continue
        for at, piece in enumerate(value):
            cited = () if isinstance(piece, Record) else getattr(piece, "citations", ())
            for index, citation in enumerate(cited):
                yield (field.name, at, "citations", index, "source"), citation.source


def _unused(source: Source, cited: set[str]) -> Fault | None:
    if source.extent is Extent.UNREAD:
        if source.named_by is None:
            return _fault((), "named_by: a source that was not read is named by another", "none")
        return None
    if source.id not in cited:
        return _fault((), "a source that some record cites", "none that does")
    return None


def _disordered(record: Lasting) -> Iterator[Fault]:
    start, end = record.start, record.end
    if start is not None and end is not None and end.before(start).certain:
        yield _fault(("milestones",), f"an end not before the start {start}", str(end))
    latest: When | None = None
    for index, milestone in enumerate(record.milestones):
        if latest is not None and milestone.date.before(latest).certain:
            got = f"{milestone.date} after {latest}"
            yield _fault(("milestones", index), "milestones in order of time", got)
        latest = milestone.date
    for index, milestone in enumerate(record.milestones):
        if milestone.rank is not Rank.NORMAL and milestone.note is None:
            yield _fault(("milestones", index), "a note that says why it is ranked so", "none")
        if milestone.kind is MilestoneKind.ATTESTED and _is_open(milestone):
            yield _fault(("milestones", index, "date"), "a date", str(milestone.date))


def _lone_claims(record: Record) -> Iterator[Fault]:
    for index, claim in enumerate(getattr(record, "claims", ())):
        if getattr(record, claim.field) in {None, ()} and claim.note is None:
            wanted = f"a note that says why {claim.field!r} has no value of its own"
            yield _fault(("claims", index), wanted, "none")


def _is_open(milestone: Milestone) -> bool:
    return isinstance(milestone.date, Period) and milestone.date.latest is None


def _odd_figures(record: Record) -> Iterator[Fault]:
    for index, figure in enumerate(getattr(record, "figures", ())):
        if isinstance(figure, Figure) and (figure.bound is Bound.BETWEEN) != (
            figure.upper is not None
        ):
            wanted = "both `bound: between` and `upper`, or neither"
            yield _fault(("figures", index), wanted, "one of them")
    for field in fields(type(record)):
        value = getattr(record, field.name)
        if isinstance(value, tuple):
            for index, piece in enumerate(value):
                if isinstance(piece, Held) and piece.rank is not Rank.NORMAL and not piece.note:
                    path = (field.name, index)
                    yield _fault(path, "a note that says why it is ranked so", "none")
    if isinstance(record, StrengthReport):
        check = record.check()
        if check.difference and record.caveat is None and record.note is None:
            got = f"{check.total} against {check.printed_total}"
            wanted = "a note on why the lines and the printed total differ"
            yield _fault(("rows",), wanted, got)
