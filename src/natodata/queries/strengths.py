"""How strong operations were: every published number, with what it counts and bounds."""

from collections.abc import Iterator
from typing import NamedTuple

from natodata.dates import When, WhenLike, meets, when_of
from natodata.queries import moments
from natodata.queries.alliances import of_type
from natodata.records import (
    Citation,
    Contribution,
    Country,
    Figure,
    Operation,
    StrengthReport,
    StrengthRow,
)
from natodata.records.vocabulary import Bound, Measure, Rank
from natodata.store import Store
from natodata.tabular import Table

__all__ = ["COLUMNS", "Number", "numbers", "strength"]

_COUNTED = (Measure.PERSONNEL, Measure.TROOPS)


class Number(NamedTuple):
    """One published number of people, or a nation listed without one."""

    operation: str
    """Id of the operation."""
    date: When
    """When it held."""
    row: str
    """``nation``, or ``total`` for the whole operation: never add up both."""
    country: Country | None
    """The nation."""
    measure: Measure
    """What is counted."""
    personnel: int | None
    """The number; `None` where a nation is listed without one, which is not zero."""
    upper: int | None
    """The upper end, where `bound` is ``between``."""
    bound: Bound
    """What the number bounds."""
    rank: Rank
    """Its standing among numbers for the same thing and time."""
    report: str | None
    """Id of the strength sheet on which it stands."""
    source: str | None
    """Id of the first source that states it."""


COLUMNS = (
    "operation",
    "date",
    "row",
    "country",
    "country_name",
    "measure",
    "personnel",
    "upper",
    "bound",
    "rank",
    "report",
    "source",
    "date_earliest",
    "date_latest",
)
"""Columns of the table that `strength` returns."""
_TYPES = {
    **dict.fromkeys(COLUMNS, "text"),
    "personnel": "integer",
    "upper": "integer",
    "date_earliest": "day",
    "date_latest": "day",
}


def strength(
    store: Store, operation: Operation | str, *, on: WhenLike | None, certain: bool
) -> Table:
    """Return the published strength of an operation; see `natodata.Dataset.strength`."""
    undertaking = of_type(store, operation, Operation)
    found = [each for each in numbers(store) if each.operation == undertaking.id]
    if on is not None:
        when = when_of(on)
        moments.warn_if_stale(store, when)
        found = [
            each
            for each in found
            if moments.admits(meets(moments.moment(each.date), when.query_bounds), certain=certain)
        ]
    return Table(COLUMNS, [_cells(each) for each in found], _TYPES)


def _cells(number: Number) -> tuple[str | int | None, ...]:
    country, date = number.country, number.date
    return (
        number.operation,
        str(date),
        number.row,
        country.id if country else None,
        country.name if country else None,
        number.measure.value,
        number.personnel,
        number.upper,
        number.bound.value,
        number.rank.value,
        number.report,
        number.source,
        date.earliest.isoformat() if date.earliest else None,
        date.latest.isoformat() if date.latest else None,
    )


def numbers(store: Store) -> tuple[Number, ...]:
    """Return every published number: by operation and date, sheet by sheet, nations before totals.

    These are the lines of strength sheets and the totals printed there, and the figures of
    personnel or troops that operations and contributions have; running totals are left out.
    """
    return store.keep(_sorted)


def _sorted(store: Store) -> tuple[Number, ...]:
    return tuple(sorted(_numbers(store), key=_order))


def _order(number: Number) -> tuple[object, ...]:
    country = number.country.id if number.country else None  # of no total, of every nation
    place = (number.report or "", number.row, country, number.measure.value)
    return number.operation, number.date.sort_key, *place, number.personnel or 0


def _numbers(store: Store) -> Iterator[Number]:
    for report in store.of_type(StrengthReport):
        for line in report.rows:
            yield _of_line(report, line)
        if report.printed_total is not None:
            yield _of_total(report, report.printed_total)
    for operation in store.of_type(Operation):
        for figure in operation.figures:
            if _is_strength(figure):
                yield _of_figure(operation, None, figure)
    for contribution in store.of_type(Contribution):
        for figure in contribution.figures:
            if _is_strength(figure):
                yield _of_figure(contribution.operation, contribution.country, figure)


def _of_line(report: StrengthReport, line: StrengthRow) -> Number:
    return Number(
        operation=report.operation.id,
        date=report.date,
        row="nation",
        country=line.country,
        measure=Measure.PERSONNEL,
        personnel=line.personnel,
        upper=None,
        bound=line.bound,
        rank=Rank.NORMAL,
        report=report.id,
        source=_source(report.citations, "rows"),
    )


def _of_total(report: StrengthReport, total: int) -> Number:
    return Number(
        operation=report.operation.id,
        date=report.date,
        row="total",
        country=None,
        measure=Measure.PERSONNEL,
        personnel=total,
        upper=None,
        bound=Bound.EXACT,
        rank=Rank.NORMAL,
        report=report.id,
        source=_source(report.citations, "printed_total"),
    )


def _of_figure(operation: Operation, country: Country | None, figure: Figure) -> Number:
    return Number(
        operation=operation.id,
        date=figure.as_of,
        row="nation" if country else "total",
        country=country,
        measure=figure.measure,
        personnel=figure.value,
        upper=figure.upper,
        bound=figure.bound,
        rank=figure.rank,
        report=None,
        source=_source(figure.citations, "value"),
    )


def _source(citations: tuple[Citation, ...], field: str) -> str | None:
    """Return the id of the first source that backs a field, or else of the first source."""
    backing = (c for c in citations if field in c.backs)
    found = next(backing, citations[0] if citations else None)
    return None if found is None else found.source.id


def _is_strength(figure: Figure) -> bool:
    """Return whether a figure counts who served at one time: a running total does not."""
    return figure.measure in _COUNTED and figure.since is None
