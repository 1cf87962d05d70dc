"""Country-year panels: the rows that regressions are run on."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import index
from types import MappingProxyType
from typing import SupportsIndex

from natodata.dates import NEVER, Bounds, Certainty, PartialDate, Period, meets
from natodata.errors import BadArgument
from natodata.loading.wording import nearest
from natodata.queries.alliances import of_type
from natodata.queries.strengths import Number, numbers
from natodata.records import (
    Contribution,
    Country,
    Held,
    Membership,
    Operation,
    Organisation,
    Record,
)
from natodata.records.vocabulary import Rank
from natodata.store import Store
from natodata.tabular import Cell, Table

__all__ = ["CODES", "COLUMNS", "KINDS", "RULES", "panel"]

RULES: Mapping[str, Callable[[int], Period]] = MappingProxyType(
    {
        "any-day": lambda year: Period(year, year),
        "january-1": lambda year: Period(PartialDate(year, 1, 1), PartialDate(year, 1, 1)),
        "december-31": lambda year: Period(PartialDate(year, 12, 31), PartialDate(year, 12, 31)),
    }
)
"""Rules for a year: so on any day of it, on its first, or on its last."""
CODES = ("iso2", "iso3", "isonum", "cow", "gw")
"""Codes that a panel can carry."""
COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        "membership": (("country", "year"), ("member", "rule")),
        "participation": (("operation", "country", "year"), ("participates", "rule")),
        "strength": (
            ("operation", "country", "year"),
            ("personnel", "upper", "bound", "as_of", "rule"),
        ),
    }
)
"""Columns of each kind of panel: those before the codes, and those after them."""
KINDS = tuple(COLUMNS)
"""Kinds of panel."""
_INTEGERS = ("year", "cow", "gw", "member", "participates", "personnel", "upper")
_ANSWER = {Certainty.YES: 1, Certainty.NO: 0, Certainty.MAYBE: None}
_Stretches = Mapping[int, Period]
"""Each year asked for, and the days of it that count by the rule."""
_Rows = Iterator[tuple[tuple[str, ...], int, tuple[Cell, ...]]]
"""Ids (the country's last), year, and what is said of that year."""


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
    wanted = _codes(codes)
    stretches = {year: RULES[rule](year) for year in _years(first_year, last_year)}
    if kind == "membership":
        rows = _membership(store, of_type(store, framework, Organisation), stretches)
    else:
        undertaking = None if operation is None else of_type(store, operation, Operation).id
        make = _participation if kind == "participation" else _strength
        rows = make(store, undertaking, stretches)
    before, after = COLUMNS[kind]
    columns = (*before, *wanted, *after)
    types = {column: "integer" if column in _INTEGERS else "text" for column in columns}
    cells = []
    for ids, year, said in rows:
        country = of_type(store, ids[-1], Country)
        coded = [_code(country, code, stretches[year]) for code in wanted]
        cells.append((*ids, year, *coded, *said, rule))
    return Table(columns, cells, types)


# --- what was asked for ----------------------------------------------------------------------


def _check(what: str, given: object, known: Sequence[str]) -> None:
    if given not in known:
        near = nearest(str(given), known)
        hint = f"; did you mean {near!r}?" if near else ""
        raise BadArgument(f"expected {what}: {', '.join(known)}, got {given!r}{hint}")


def _codes(given: object) -> list[str]:
    """Return the codes asked for, each once; a single one may be given as a text."""
    codes: list[object] = [given]
    if isinstance(given, Iterable) and not isinstance(given, str):
        codes = list(given)
    for code in codes:
        _check("a code", code, CODES)
    return list(dict.fromkeys(map(str, codes)))


def _years(first: object, last: object) -> range:
    start, end = _year(first), _year(last)
    if start > end:
        raise BadArgument(f"expected the first year not after the last, got {start} and {end}")
    return range(start, end + 1)


def _year(given: object) -> int:
    if isinstance(given, SupportsIndex) and not isinstance(given, bool):
        year = index(given)
        if date.min.year <= year <= date.max.year:
            return year
    raise BadArgument(f"expected a year from 1 to 9999 as a whole number, got {given!r}")


# --- codes -----------------------------------------------------------------------------------


def _code(country: Country, code: str, stretch: Period) -> Cell:
    if code == "cow":
        return _held(country.cow_codes, stretch)
    if code == "gw":
        return _held(country.gw_codes, stretch)
    return {
        "iso2": country.iso_alpha2,
        "iso3": country.iso_alpha3,
        "isonum": country.iso_numeric,
    }[code]


def _held(codes: Sequence[Held[int]], stretch: Period) -> int | None:
    """Return the code that held in a stretch: the later one where it changed in it."""
    fitting = [
        each
        for each in codes
        if each.rank is not Rank.DEPRECATED
        and (each.period is None or each.period.overlaps(stretch).possible)
    ]
    return max(fitting, key=_begun).value if fitting else None


def _begun(held: Held[int]) -> int:
    return NEVER if held.period is None else held.period.span[0]


# --- the kinds -------------------------------------------------------------------------------


def _membership(store: Store, body: Organisation, stretches: _Stretches) -> _Rows:
    spells: dict[tuple[str, ...], list[Bounds]] = {}
    for each in store.of_type(Membership):
        if each.framework == body:
            spells.setdefault((each.country.id,), []).extend(each.spells)
    yield from _answered(spells, stretches)


def _participation(store: Store, operation: str | None, stretches: _Stretches) -> _Rows:
    spells: dict[tuple[str, ...], list[Bounds]] = {}
    for each in store.of_type(Contribution):
        if operation is None or each.operation.id == operation:
            key = each.operation.id, each.country.id
            spells.setdefault(key, []).extend(each.spells)
    yield from _answered(spells, stretches)


def _answered(spells: Mapping[tuple[str, ...], list[Bounds]], stretches: _Stretches) -> _Rows:
    for ids in sorted(spells):
        for year, stretch in stretches.items():
            found = Certainty.NO
            for bounds in spells[ids]:
                found |= meets(bounds, stretch.query_bounds)
            yield ids, year, (_ANSWER[found],)


def _strength(store: Store, operation: str | None, stretches: _Stretches) -> _Rows:
    published: dict[tuple[str, ...], list[Number]] = {}
    for number in numbers(store):
        nation = number.country if operation in {None, number.operation} else None
        if nation is not None and number.rank is not Rank.DEPRECATED:
            published.setdefault((number.operation, nation.id), []).append(number)
    for ids in sorted(published):
        for year, stretch in stretches.items():
            fitting = [each for each in published[ids] if each.date.within(stretch).certain]
            yield ids, year, _last(fitting)


def _last(fitting: Sequence[Number]) -> tuple[Cell, ...]:
    """Return the number published for the latest time; of several, one ranked preferred."""
    if not fitting:
        return None, None, None, None
    last = max(fitting, key=lambda each: (each.date.span, each.rank is Rank.PREFERRED))
    bound = None if last.personnel is None else last.bound.value
    return last.personnel, last.upper, bound, str(last.date)
