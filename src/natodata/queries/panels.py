"""Country-year panels: the rows that regressions are run on."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from natodata.dates import Bounds, Certainty, PartialDate, Period, meets, when_of
from natodata.errors import BadArgument
from natodata.loading.structuring import nearest
from natodata.queries.alliances import of_type
from natodata.records import (
    Contribution,
    Country,
    Held,
    Membership,
    Operation,
    Organisation,
    Record,
    StrengthReport,
)
from natodata.store import Store
from natodata.tabular import Cell, Table

__all__ = ["CODES", "KINDS", "RULES", "panel"]

KINDS = ("membership", "participation", "strength")
"""Kinds of panel."""
RULES: dict[str, Callable[[int], Period]] = {
    "any-day": lambda year: Period(year, year),
    "january-1": lambda year: Period(PartialDate(year, 1, 1), PartialDate(year, 1, 1)),
    "december-31": lambda year: Period(PartialDate(year, 12, 31), PartialDate(year, 12, 31)),
}
"""Rules for a year: so on any day of it, on its first, or on its last."""
CODES = ("iso2", "iso3", "isonum", "cow", "gw")
"""Codes that a panel can carry."""
_ANSWER: dict[Certainty, int | None] = {
    Certainty.YES: 1,
    Certainty.NO: 0,
    Certainty.MAYBE: None,
}


def panel(
    store: Store,
    kind: str,
    first_year: int,
    last_year: int,
    *,
    codes: Sequence[str],
    rule: str,
    framework: Record | str,
    operation: Record | str | None,
) -> Table:
    """Return a row for each country and year; see `natodata.Dataset.panel`."""
    _check("a kind of panel", kind, KINDS)
    _check("a rule for the year", rule, tuple(RULES))
    for code in codes:
        _check("a code", code, CODES)
    _check_years(first_year, last_year)
    years = range(first_year, last_year + 1)
    if kind == "membership":
        body = of_type(store, framework, Organisation)
        rows = _membership(store, body, years, rule)
        columns: tuple[str, ...] = ("country", "year")
        extra: tuple[str, ...] = ("member",)
    else:
        undertaking = None if operation is None else of_type(store, operation, Operation)
        make = _participation if kind == "participation" else _strength
        rows = make(store, undertaking, years, rule)
        columns = ("operation", "country", "year")
        extra = ("participates",) if kind == "participation" else ("personnel", "as_of")
    at = columns.index("country")
    coded = [
        (
            *row[: len(columns)],
            *_codes(store, str(row[at]), row[at + 1], codes),
            *row[len(columns) :],
        )
        for row in rows
    ]
    return Table((*columns, *codes, *extra), coded)


def _check(what: str, given: object, known: Sequence[str]) -> None:
    if given not in known:
        near = nearest(str(given), known)
        hint = f"; did you mean {near!r}?" if near else ""
        raise BadArgument(f"expected {what}: {', '.join(known)}, got {given!r}{hint}")


def _check_years(first: object, last: object) -> None:
    for year in (first, last):
        if not isinstance(year, int) or isinstance(year, bool) or not 1 <= year <= date.max.year:
            raise BadArgument(f"expected a year as a whole number, got {year!r}")
    if first > last:  # type: ignore[operator]
        raise BadArgument(f"expected the first year not after the last, got {first} and {last}")


def _codes(store: Store, identifier: str, year: Cell, codes: Sequence[str]) -> Iterator[Cell]:
    country = store.record(identifier)
    assert isinstance(country, Country)  # noqa: S101 (the caller has it from a country field)
    for code in codes:
        if code in {"cow", "gw"}:
            held = country.cow_codes if code == "cow" else country.gw_codes
            yield _code_in(held, int(str(year)))
        else:
            yield {
                "iso2": country.iso_alpha2,
                "iso3": country.iso_alpha3,
                "isonum": country.iso_numeric,
            }[code]


def _code_in(held: Sequence[Held[int]], year: int) -> int | None:
    """Return the code that held in a year: the later one where it changed in it."""
    query = when_of(year).query_bounds
    fitting = [
        each
        for each in held
        if each.period is not None and meets(each.period.bounds, query).possible
    ]
    return max(fitting, key=_started).value if fitting else None


def _started(held: Held[int]) -> int:
    return held.period.bounds[0] if held.period is not None else 0


def _membership(
    store: Store, body: Organisation, years: range, rule: str
) -> Iterator[tuple[Cell, ...]]:
    spans: dict[str, list[Bounds]] = {}
    for each in store.of_type(Membership):
        if each.framework == body:
            spans.setdefault(each.country.id, []).append(each.bounds)
    for country in sorted(spans):
        for year in years:
            yield country, year, _ANSWER[_any(spans[country], RULES[rule](year))]


def _any(spans: Sequence[Bounds], stretch: Period) -> Certainty:
    found = Certainty.NO
    for bounds in spans:
        found |= meets(bounds, stretch.query_bounds)
    return found


def _participation(
    store: Store, operation: Operation | None, years: range, rule: str
) -> Iterator[tuple[Cell, ...]]:
    spans: dict[tuple[str, str], list[Bounds]] = {}
    for each in store.of_type(Contribution):
        if operation is None or each.operation == operation:
            spans.setdefault((each.operation.id, each.country.id), []).append(each.bounds)
    for (undertaking, country), bounds in sorted(spans.items()):
        for year in years:
            yield undertaking, country, year, _ANSWER[_any(bounds, RULES[rule](year))]


def _strength(
    store: Store, operation: Operation | None, years: range, rule: str
) -> Iterator[tuple[Cell, ...]]:
    """Yield the last number published for a year; with a day's rule, for sheets of that day."""
    latest: dict[tuple[str, str, int], tuple[int, int | None, str]] = {}
    nations: set[tuple[str, str]] = set()
    reports = [
        report
        for report in store.of_type(StrengthReport)
        if operation is None or report.operation == operation
    ]
    for report in reports:
        for row in report.rows:
            pair = (report.operation.id, row.country.id)
            nations.add(pair)
            for year in years:
                if report.date.within(RULES[rule](year)).certain:
                    found = (report.date.span[0], row.personnel, str(report.date))
                    before = latest.get((*pair, year))
                    if before is None or before[0] <= found[0]:
                        latest[*pair, year] = found
    for undertaking, country in sorted(nations):
        for year in years:
            _, personnel, as_of = latest.get((undertaking, country, year), (0, None, None))
            yield undertaking, country, year, personnel, as_of
