"""Dates known to the year, the month or the day, periods between them, and honest comparisons.

The texts are those of the Extended Date/Time Format (EDTF) in ISO 8601-2:2019: level 0 (``1999``,
``1999-06``, ``1999-06-12`` and intervals of them) and, of level 1, a mark at the end of a date
(``?`` uncertain, ``~`` approximate, ``%`` both) and intervals that are open (``..``) or unknown
(nothing) at an end. Days are proleptic Gregorian, of the years 0001 to 9999. No clock is read.

* A `PartialDate` is *one day* that may be known only to its month or year.
* A `Period` is a state that lasted from some day in its start to some day in its end. Where it
  dates something that happened (a milestone of ``2018-07-11/2018-07-12``), that was at some time
  within it; `before`, `after`, `same_day`, `within` and the operators take it so.
* A date *asked for* (``on="2013"``) is the whole stretch from its first to its last day, and the
  question is whether something was so *at some time in it*.
* A marked date may be off by one unit of its precision (a year, a month, a day) either way:
  `earliest` and `latest` stay as written, but comparisons allow for that unit.

Comparisons answer with a `Certainty`: yes if it is so whichever days are meant, no if it is so
for none of them, maybe otherwise; only ``==`` tells whether two values are written alike. Whatever
reads dates raises `BadDate` for a text or number that is none, and `BadArgument` for other types.
"""

import re
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Literal

from attrs import frozen

from natodata.errors import BadArgument, BadDate, Undecided

__all__ = [
    "LATER",
    "NEVER",
    "Bounds",
    "Certainty",
    "Limit",
    "PartialDate",
    "Period",
    "When",
    "WhenLike",
    "meets",
    "overlap",
    "parse_when",
    "when_of",
]

NEVER = 0
"""Ordinal before all days: the start of a period that has no start."""
LATER = date.max.toordinal() + 1
"""Ordinal after all days: the end of a period that has no end."""
Bounds = tuple[int, int, int, int]
"""Ordinals: first day at the earliest and latest, then last day at the earliest and latest."""

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)")
_MARKS = {"": (False, False), "~": (True, False), "?": (False, True), "%": (True, True)}
_MARK_OF = {flags: mark for mark, flags in _MARKS.items()}
_DECEMBER = 12
_put = object.__setattr__


class Certainty(Enum):
    """An answer that may be open: no, maybe or yes.

    ``&``, ``|`` and ``~`` are Kleene's strong three-valued logic (*Introduction to
    Metamathematics*, 1952, section 64). ``if maybe:`` raises `natodata.errors.Undecided`.

    Examples:
        >>> Certainty.YES & Certainty.MAYBE, Certainty.YES | Certainty.MAYBE, ~Certainty.MAYBE
        (<Certainty.MAYBE: 'maybe'>, <Certainty.YES: 'yes'>, <Certainty.MAYBE: 'maybe'>)
        >>> Certainty.MAYBE.possible, Certainty.MAYBE.certain
        (True, False)
        >>> bool(Certainty.MAYBE)
        Traceback (most recent call last):
        ...
        natodata.errors.Undecided: undecided by the dates: use .possible, .certain or `is Cert...
    """

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"

    @property
    def certain(self) -> bool:
        """Whether this is `YES`."""
        return self is Certainty.YES

    @property
    def possible(self) -> bool:
        """Whether this is not `NO`."""
        return self is not Certainty.NO

    def __and__(self, other: object) -> "Certainty":
        return min(self, other, key=_rank) if isinstance(other, Certainty) else NotImplemented

    def __or__(self, other: object) -> "Certainty":
        return max(self, other, key=_rank) if isinstance(other, Certainty) else NotImplemented

    def __invert__(self) -> "Certainty":
        return {Certainty.NO: Certainty.YES, Certainty.YES: Certainty.NO}.get(self, self)

    def __bool__(self) -> bool:
        if self is Certainty.MAYBE:
            raise Undecided(
                "undecided by the dates: use .possible, .certain or `is Certainty.YES`"
            )
        return self is Certainty.YES


_rank = list(Certainty).index


def overlap(bounds: Bounds, first: int, last: int) -> Certainty:
    """Return whether a state was in being at some time from the day `first` to the day `last`.

    The state began on some day in ``bounds[0]..bounds[1]`` and ended on some day, not an earlier
    one, in ``bounds[2]..bounds[3]``. All are ordinals (`datetime.date.toordinal`).

    Examples:
        >>> overlap(Period("1999-06/2003").bounds, *PartialDate("1999-06-15").span)
        <Certainty.MAYBE: 'maybe'>
    """
    return meets(bounds, (first, first, last, last))


def meets(bounds: Bounds, query: Bounds) -> Certainty:
    """Return what `overlap` does for days asked for that may be in doubt themselves.

    `Period.overlaps` is this; call it directly to ask one thing of many periods.

    Examples:
        >>> meets(Period("1999-06-12/..").bounds, PartialDate("2013").query_bounds)
        <Certainty.YES: 'yes'>
    """
    if bounds[1] <= query[2] and bounds[2] >= query[1]:
        return Certainty.YES
    if bounds[0] <= query[3] and bounds[3] >= query[0]:
        return Certainty.MAYBE
    return Certainty.NO


class _Dated:
    """What a partial date and a period share: bounds in days, and comparisons by them."""

    __slots__ = ("bounds", "query_bounds", "span")

    bounds: Bounds
    """As a fact: on which days it began and ended, at the earliest and latest, with a unit more
    for a mark. An unknown limit lies anywhere that the other allows; see `NEVER` and `LATER`."""
    query_bounds: Bounds
    """As a question: the same for the stretch from the start's first day to the end's last day,
    which only a mark or an unknown limit puts in doubt."""
    span: tuple[int, int]
    """Ordinals of the first and last day as written, `NEVER` or `LATER` if none is."""

    def before(self, other: "WhenLike") -> Certainty:
        """Return whether this happened on an earlier day than `other`, which `when_of` reads."""
        mine, its = self.bounds, when_of(other).bounds
        return _answer(sure=mine[3] < its[0], possible=mine[0] < its[3])

    def after(self, other: "WhenLike") -> Certainty:
        """Return whether this happened on a later day than `other`, which `when_of` reads."""
        mine, its = self.bounds, when_of(other).bounds
        return _answer(sure=its[3] < mine[0], possible=its[0] < mine[3])

    def same_day(self, other: "WhenLike") -> Certainty:
        """Return whether this and `other` happened on one day; only unmarked days can be sure."""
        mine, its = self.bounds, when_of(other).bounds
        possible = mine[0] <= its[3] and its[0] <= mine[3]
        return _answer(sure=mine[0] == mine[3] == its[0] == its[3], possible=possible)

    def within(self, query: "WhenLike") -> Certainty:
        """Return whether this happened at some time in `query`, which `when_of` reads."""
        first, last = self.bounds[0], self.bounds[3]
        return meets((first, last, first, last), when_of(query).query_bounds)

    @property
    def sort_key(self) -> tuple[int, int, str]:
        """A key for `sorted`: by first day as written, the longer first, then by text."""
        return self.span[0], -self.span[1], str(self)

    def __lt__(self, other: object) -> Certainty:
        return self.before(other) if isinstance(other, _COMPARABLE) else NotImplemented

    def __gt__(self, other: object) -> Certainty:
        return self.after(other) if isinstance(other, _COMPARABLE) else NotImplemented

    def __le__(self, other: object) -> Certainty:
        return ~self.after(other) if isinstance(other, _COMPARABLE) else NotImplemented

    def __ge__(self, other: object) -> Certainty:
        return ~self.before(other) if isinstance(other, _COMPARABLE) else NotImplemented

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[type, tuple[str]]:
        """Pickle as the EDTF text, so that pickles outlive changes of the fields."""
        return type(self), (str(self),)


@frozen(init=False, repr=False, order=False)
class PartialDate(_Dated):
    """One day, known to the year, to the month or fully: given in numbers, or as one EDTF text.

    Raises:
        BadDate: There is no such date, or the text is none.

    Examples:
        >>> PartialDate(1999, 6, approximate=True), PartialDate.of(date(1999, 6, 12))
        (PartialDate('1999-06~'), PartialDate('1999-06-12'))
        >>> PartialDate("2003-02-30")
        Traceback (most recent call last):
        ...
        natodata.errors.BadDate: expected a day from 1 to 28 in 2003-02, got 30
        >>> march = PartialDate.parse("1999-03")
        >>> march.precision, march.earliest, march.latest
        ('month', datetime.date(1999, 3, 1), datetime.date(1999, 3, 31))
        >>> march.before("1999-04"), march < PartialDate(1999), march.after(date(1999, 4, 1))
        (<Certainty.YES: 'yes'>, <Certainty.MAYBE: 'maybe'>, <Certainty.NO: 'no'>)
        >>> march == PartialDate(1999, 3), march.same_day("1999-03")
        (True, <Certainty.MAYBE: 'maybe'>)
        >>> march.within("1999"), march.within("1999-03-24/..")
        (<Certainty.YES: 'yes'>, <Certainty.MAYBE: 'maybe'>)
    """

    year: int
    """From 1 to 9999."""
    month: int | None
    """From 1 to 12, or `None` if not known."""
    day: int | None
    """From 1 to 31, or `None` if not known."""
    approximate: bool
    """Whether marked ``~`` or ``%``: near this date."""
    uncertain: bool
    """Whether marked ``?`` or ``%``: the source is in doubt."""

    def __init__(
        self,
        year: int | str,
        month: int | None = None,
        day: int | None = None,
        *,
        approximate: bool = False,
        uncertain: bool = False,
    ) -> None:
        if not isinstance(year, str):
            year = _whole(year, "a date, an EDTF text or a year")
            month = None if month is None else _whole(month, "a whole month")
            day = None if day is None else _whole(day, "a whole day")
        elif month is day is None and not approximate and not uncertain:
            year, month, day, approximate, uncertain = _read(year)
        else:
            raise BadArgument(f"expected nothing beside {year!r}, which says all of a date")
        first, last = _days(year, month, day)
        _put(self, "year", year)
        _put(self, "month", month)
        _put(self, "day", day)
        _put(self, "approximate", bool(approximate))
        _put(self, "uncertain", bool(uncertain))
        _put(self, "span", (first, last))
        asked = first, first, last, last
        if approximate or uncertain:
            eve = date.fromordinal(max(first - 1, NEVER + 1))
            morrow = date.fromordinal(min(last + 1, LATER - 1))
            start, eve_last = _days(eve.year, month and eve.month, day and eve.day)
            morrow_first, end = _days(morrow.year, month and morrow.month, day and morrow.day)
            # The stretch asked for may be this unit, the one before or the one after it.
            asked = start, morrow_first, eve_last, end
        _put(self, "bounds", (asked[0], asked[3], asked[0], asked[3]))
        _put(self, "query_bounds", asked)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Return the date that an EDTF text names."""
        return _date_of(_text(text))

    @classmethod
    def of(cls, value: "PartialDate | date | str | int") -> "PartialDate":
        """Return a partial date for a date, a datetime (its day), a text or a year."""
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, str):
            return _date_of(value)
        return cls(value.year, value.month, value.day) if isinstance(value, date) else cls(value)

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """The smallest unit that is known."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def earliest(self) -> date:
        """The first day that the date as written may mean."""
        return date.fromordinal(self.span[0])

    @property
    def latest(self) -> date:
        """The last day that the date as written may mean."""
        return date.fromordinal(self.span[1])

    @property
    def qualified(self) -> bool:
        """Whether the date is marked as approximate, uncertain or both."""
        return self.approximate or self.uncertain

    def __str__(self) -> str:
        month = "" if self.month is None else f"-{self.month:02}"
        day = "" if self.day is None else f"-{self.day:02}"
        return f"{self.year:04}{month}{day}{_MARK_OF[self.approximate, self.uncertain]}"


class Limit(Enum):
    """The start or end of a period where that is not a date; the value is its EDTF text."""

    OPEN = ".."
    """There is none: always so, or still going."""
    UNKNOWN = ""
    """There may be one, but which day is not known."""

    def __init__(self, text: str) -> None:
        self.bounds: Bounds = (NEVER, NEVER if text else LATER, LATER if text else NEVER, LATER)
        self.query_bounds: Bounds = self.bounds
        self.span: tuple[int, int] = (NEVER, LATER)
        self.earliest: None = None
        self.latest: None = None

    def __str__(self) -> str:
        return self.value


@frozen(init=False, repr=False, order=False)
class Period(_Dated):
    """A state that lasted from some day in `start` to some day in `end`: an EDTF interval.

    Each end is a `Limit`, its text, or what `PartialDate.of` reads; or the first argument is an
    EDTF interval, and the only one. `end` may lie within `start`, but not wholly before it.

    Raises:
        BadDate: The text is no interval, or the period would end before it starts.

    Examples:
        >>> Period(date(2003, 8, 11), Limit.OPEN), Period.of("2003")
        (Period('2003-08-11/..'), Period('2003/2003'))
        >>> Period("2003/..").end is Limit.OPEN, Period("2003/").end is Limit.UNKNOWN
        (True, True)
        >>> period = Period.parse("1999-06/2003")
        >>> period.earliest, period.latest
        (datetime.date(1999, 6, 1), datetime.date(2003, 12, 31))
        >>> period.overlaps("2001"), period.overlaps("1999-06-15"), period.overlaps("1998")
        (<Certainty.YES: 'yes'>, <Certainty.MAYBE: 'maybe'>, <Certainty.NO: 'no'>)
        >>> period.contains("2000/2001"), period.contains("2003"), period.contains("2001/..")
        (<Certainty.YES: 'yes'>, <Certainty.MAYBE: 'maybe'>, <Certainty.NO: 'no'>)
        >>> Period("1999/..").overlaps("2004"), Period("1999/").overlaps("2004")
        (<Certainty.YES: 'yes'>, <Certainty.MAYBE: 'maybe'>)
    """

    start: PartialDate | Limit
    """When it began."""
    end: PartialDate | Limit
    """When it ended; `Limit.OPEN` if it goes on."""

    def __init__(self, start: "_End", end: "_End | None" = None) -> None:
        if end is None:
            start, slash, end = _text(start).partition("/")
            if not slash or "/" in end:
                raise BadDate(f"expected one / as in '1999-06/..', got {start + slash + end!r}")
        begun, ended = _end_of(start), _end_of(end)
        _put(self, "start", begun)
        _put(self, "end", ended)
        _put(self, "span", (begun.span[0], ended.span[1]))
        _put(self, "bounds", _joined(begun.bounds, ended.bounds))
        _put(self, "query_bounds", _joined(begun.query_bounds, ended.query_bounds))
        if self.bounds[0] > self.bounds[3]:
            raise BadDate(f"expected a period that ends after it starts, got {str(self)!r}")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Return the period that an EDTF interval names."""
        return _period_of(_text(text))

    @classmethod
    def of(cls, value: "WhenLike") -> "Period":
        """Return a period as it is, and for any other date the period from it to it."""
        when = when_of(value)
        return when if isinstance(when, Period) else cls(when, when)

    @property
    def earliest(self) -> date | None:
        """The first day on which it may have begun, as written; `None` if open or not known."""
        return self.start.earliest

    @property
    def latest(self) -> date | None:
        """The last day on which it may have ended, as written; `None` if open or not known."""
        return self.end.latest

    def overlaps(self, query: "WhenLike") -> Certainty:
        """Return whether the state was in being at some time in `query`, which `when_of` reads."""
        return meets(self.bounds, when_of(query).query_bounds)

    def contains(self, when: "WhenLike") -> Certainty:
        """Return whether all of `when` lies in this period (a period: its start and its end)."""
        mine, its = self.bounds, when_of(when).bounds
        possible = mine[0] <= its[1] and its[2] <= mine[3]
        return _answer(sure=mine[1] <= its[0] and its[3] <= mine[2], possible=possible)

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


When = PartialDate | Period
"""When something happened or held."""
WhenLike = When | date | str | int
"""What `when_of` reads: all that ``on=`` may be."""
_End = PartialDate | Limit | date | str | int
_COMPARABLE = (PartialDate, Period, date)


def parse_when(text: str) -> When:
    """Return the `Period` that an EDTF text with a ``/`` names, or the `PartialDate` of another.

    Examples:
        >>> parse_when("2003-08"), parse_when("2003-08/..")
        (PartialDate('2003-08'), Period('2003-08/..'))
    """
    return _period_of(text) if "/" in _text(text) else _date_of(text)


def when_of(value: WhenLike) -> When:
    """Return a period or partial date for either, a date, a datetime (its day), text or year.

    Examples:
        >>> when_of("1999/2003"), when_of(date(1999, 6, 12)), when_of(1999)
        (Period('1999/2003'), PartialDate('1999-06-12'), PartialDate('1999'))
    """
    if isinstance(value, Period):
        return value
    return parse_when(value) if isinstance(value, str) else PartialDate.of(value)


def _answer(*, sure: bool, possible: bool) -> Certainty:
    return Certainty.YES if sure else Certainty.MAYBE if possible else Certainty.NO


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise BadArgument(f"expected an EDTF text, got {value!r} ({type(value).__name__})")


def _whole(part: int, expected: str) -> int:
    """Return an integer of any type (numpy has its own) as `int`."""
    if isinstance(part, bool) or not hasattr(part, "__index__"):
        raise BadArgument(f"expected {expected}, got {part!r} ({type(part).__name__})")
    return part.__index__()


def _read(text: str) -> tuple[int, int | None, int | None, bool, bool]:
    match = _FORM.fullmatch(text)
    if match is None:
        hint = " (leave out what is not known)" if "X" in text else ""
        raise BadDate(f"expected YYYY, YYYY-MM or YYYY-MM-DD, then ?, ~ or %, got {text!r}{hint}")
    year, month, day, mark = match.groups()
    return int(year), int(month) if month else None, int(day) if day else None, *_MARKS[mark]


def _days(year: int, month: int | None, day: int | None) -> tuple[int, int]:
    """Return the ordinals of the first and last day of a year, a month or a day."""
    if not date.min.year <= year <= date.max.year:
        raise BadDate(f"expected a year from 1 to 9999, got {year}")
    if month is None:
        if day is not None:
            raise BadDate(f"expected a month before the day, got year {year} and day {day}")
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    if not 1 <= month <= _DECEMBER:
        raise BadDate(f"expected a month from 1 to 12 in {year:04}, got {month}")
    first = date(year, month, 1).toordinal()
    last = first + 30 if month == _DECEMBER else date(year, month + 1, 1).toordinal() - 1
    if day is None:
        return first, last
    if not 1 <= day <= last - first + 1:
        days = f"1 to {last - first + 1} in {year:04}-{month:02}"
        raise BadDate(f"expected a day from {days}, got {day}")
    return first + day - 1, first + day - 1


def _end_of(value: _End) -> PartialDate | Limit:
    if isinstance(value, str) and value in ("", ".."):
        return Limit(value)
    return value if isinstance(value, Limit) else PartialDate.of(value)


def _joined(start: Bounds, end: Bounds) -> Bounds:
    """Return the bounds of a period, as narrow as "it did not end before it began" makes them."""
    return start[0], min(start[1], end[3]), max(end[2], start[0]), end[3]


# Thousands of records share few texts, and the values cannot change: one object serves them all.
_date_of = lru_cache(maxsize=8192)(PartialDate)
_period_of = lru_cache(maxsize=8192)(Period)
