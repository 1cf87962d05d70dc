"""Dates known to the year, the month or the day, periods between them, and honest comparisons.

The texts are those of the Extended Date/Time Format (EDTF), which ISO 8601-2:2019 made a standard:
level 0 (``1999``, ``1999-06``, ``1999-06-12`` and intervals of them) and, of level 1, the marks at
the end of a date (``?`` uncertain, ``~`` approximate, ``%`` both) and intervals that are open
(``..``) or whose end is unknown (nothing written). Days are those of the proleptic Gregorian
calendar, years run from 0001 to 9999. Nothing here reads the clock.

What the values mean:

* A `PartialDate` is *one day* that may be known only to its month or year.
* A `Period` is a state that lasted from some day in its start to some day in its end.
* A date *asked for* (``on="2013"``) is the whole stretch of days that it names, from its first to
  its last, and the question is whether something was so *at some time in it*.
* A marked date (``~``, ``?``, ``%``) may be off by one unit of its precision, a year, a month or a
  day, either way. `PartialDate.earliest` and `PartialDate.latest` stay as written; comparisons
  allow for the unit.

A comparison is `Certainty.YES` if it holds whichever days are meant, `Certainty.NO` if it holds
for none of them, and `Certainty.MAYBE` otherwise.
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
    "DateLike",
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
_HINTS = (
    (r"/", "a period, which Period.parse and parse_when read"),
    (r"^[-+Y]", "years run from 0001 to 9999"),
    (r"[XxUu]", "leave out the digits that are not known, or write a period: 1990/1999"),
    (r"[T:]", "a time of day is not kept"),
    (r"[?~%].", "a mark stands at the very end"),
    (r"^[0-9]+(-[0-9]+)*$", "four digits, two and two, with hyphens between"),
)
_DECEMBER = 12
_put = object.__setattr__


class Certainty(Enum):
    """An answer that may be open: no, maybe or yes.

    ``&``, ``|`` and ``~`` are Kleene's strong three-valued logic (S. C. Kleene, *Introduction to
    Metamathematics*, 1952, section 64), as in SQL. `MAYBE` has no truth value: ``if maybe:``
    raises `natodata.errors.Undecided`, so that no doubt is lost unseen.

    Examples:
        >>> Certainty.YES & Certainty.MAYBE, ~Certainty.MAYBE, Certainty.YES | Certainty.MAYBE
        (<Certainty.MAYBE: 'maybe'>, <Certainty.MAYBE: 'maybe'>, <Certainty.YES: 'yes'>)
        >>> Certainty.MAYBE.possible, Certainty.MAYBE.certain
        (True, False)
        >>> bool(Certainty.MAYBE)
        Traceback (most recent call last):
        ...
        natodata.errors.Undecided: the dates do not decide this: ask `is Certainty.YES`, \
or take .certain (surely so) or .possible (not ruled out)
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
        """Return the weaker of both answers."""
        if not isinstance(other, Certainty):
            return NotImplemented
        return _answer(
            yes=self.certain and other.certain, possible=self.possible and other.possible
        )

    def __or__(self, other: object) -> "Certainty":
        """Return the stronger of both answers."""
        if not isinstance(other, Certainty):
            return NotImplemented
        return _answer(yes=self.certain or other.certain, possible=self.possible or other.possible)

    def __invert__(self) -> "Certainty":
        """Return the opposite answer; `MAYBE` stays."""
        return _answer(yes=not self.possible, possible=not self.certain)

    def __bool__(self) -> bool:
        """Return the truth of `YES` and `NO`; raise `natodata.errors.Undecided` for `MAYBE`."""
        if self is Certainty.MAYBE:
            message = (
                "the dates do not decide this: ask `is Certainty.YES`, "
                "or take .certain (surely so) or .possible (not ruled out)"
            )
            raise Undecided(message)
        return self is Certainty.YES


def _answer(*, yes: bool, possible: bool) -> Certainty:
    if yes:
        return Certainty.YES
    return Certainty.MAYBE if possible else Certainty.NO


def overlap(bounds: Bounds, first: int, last: int) -> Certainty:
    """Return whether a state was in being at some time in a stretch of days.

    The state began on some day in ``bounds[0]..bounds[1]`` and ended on some day, not an earlier
    one, in ``bounds[2]..bounds[3]``.

    Args:
        bounds: `Period.bounds` or `PartialDate.bounds`.
        first: Ordinal (`datetime.date.toordinal`) of the first day asked for.
        last: Ordinal of the last day asked for, not smaller than `first`.

    Examples:
        >>> day = date(1999, 6, 15).toordinal()
        >>> overlap(Period("1999-06/2003").bounds, day, day)
        <Certainty.MAYBE: 'maybe'>
    """
    if bounds[1] <= last and bounds[2] >= first:
        return Certainty.YES
    if bounds[0] <= last and bounds[3] >= first:
        return Certainty.MAYBE
    return Certainty.NO


def meets(bounds: Bounds, query: Bounds) -> Certainty:
    """Return whether a state was in being at some time in what is asked for.

    It is `overlap` for a stretch whose own first and last day may be in doubt, and what
    `Period.overlaps` and `PartialDate.within` use. Take it to ask one thing of many periods.

    Args:
        bounds: The state's `Period.bounds` or `PartialDate.bounds`.
        query: `PartialDate.query_bounds` or `Period.query_bounds` of what is asked for.

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
    """What a partial date and a period share: bounds in days, and comparisons by them.

    In a comparison (`before`, `after`, `same_day`, `within` and the operators) either type stands
    for one moment: a milestone dated ``2018-07-11/2018-07-12`` happened at some time within it.
    For a state that lasted, compare its `Period.start` or `Period.end`, or ask `Period.overlaps`.
    """

    __slots__ = ("bounds", "query_bounds", "span")

    bounds: Bounds
    """As a fact: ordinals of the first day at the earliest and at the latest, and of the last day
    at the earliest and at the latest; a mark has widened them. `NEVER` and `LATER` stand for no
    limit; a limit that is not known may lie anywhere that the other one allows."""
    query_bounds: Bounds
    """The same as a question: the stretch asked for begins with the first day of the start and
    ends with the last day of the end, so these differ from one another only for a mark or an
    unknown limit."""
    span: tuple[int, int]
    """Ordinals of the first and last day as written; `NEVER` or `LATER` where there is none."""

    def before(self, other: "WhenLike") -> Certainty:
        """Return whether this was earlier than `other`.

        Args:
            other: A date or period, or what `when_of` makes one of.

        Raises:
            BadDate: `other` is a text that is no date.
            BadArgument: `other` is of some other type.

        Examples:
            >>> PartialDate("1999-03").before("1999-03-24")
            <Certainty.MAYBE: 'maybe'>
            >>> PartialDate("1999-03").before("1999-04")
            <Certainty.YES: 'yes'>
        """
        mine, its = self.bounds, when_of(other).bounds
        return _answer(yes=mine[3] < its[0], possible=mine[0] < its[3])

    def after(self, other: "WhenLike") -> Certainty:
        """Return whether this was later than `other`; see `before`.

        Examples:
            >>> PartialDate("2004").after(date(2003, 12, 31))
            <Certainty.YES: 'yes'>
        """
        mine, its = self.bounds, when_of(other).bounds
        return _answer(yes=its[3] < mine[0], possible=its[0] < mine[3])

    def same_day(self, other: "WhenLike") -> Certainty:
        """Return whether both happened on one day; only unmarked dates to the day can be sure.

        Examples:
            >>> PartialDate("1999-06-12").same_day("1999-06-12")
            <Certainty.YES: 'yes'>
            >>> PartialDate("1999-06").same_day("1999-06")
            <Certainty.MAYBE: 'maybe'>
        """
        mine, its = self.bounds, when_of(other).bounds
        return _answer(
            yes=mine[0] == mine[3] == its[0] == its[3],
            possible=mine[0] <= its[3] and its[0] <= mine[3],
        )

    def within(self, query: "WhenLike") -> Certainty:
        """Return whether what this dates happened at some time in `query`.

        Examples:
            >>> PartialDate("2003-08-11").within("2003"), PartialDate("2003").within("2003-08")
            (<Certainty.YES: 'yes'>, <Certainty.MAYBE: 'maybe'>)
            >>> Period("2018-07-11/2018-07-12").within("2018-07-12")
            <Certainty.MAYBE: 'maybe'>
        """
        mine = self.bounds
        return meets((mine[0], mine[3], mine[0], mine[3]), when_of(query).query_bounds)

    @property
    def sort_key(self) -> tuple[int, int, str]:
        """A key for `sorted`: by first day as written, the longer first, then by text.

        Examples:
            >>> [str(d) for d in sorted(map(PartialDate, ["1999-01", "1999-01-01", "1999"]),
            ...                         key=lambda d: d.sort_key)]
            ['1999', '1999-01', '1999-01-01']
        """
        return self.span[0], -self.span[1], str(self)

    def __lt__(self, other: object) -> Certainty:
        """Return ``self.before(other)``; `other` is a date or a period, not a text."""
        return self.before(other) if isinstance(other, _COMPARABLE) else NotImplemented

    def __gt__(self, other: object) -> Certainty:
        """Return ``self.after(other)``; `other` is a date or a period, not a text."""
        return self.after(other) if isinstance(other, _COMPARABLE) else NotImplemented

    def __le__(self, other: object) -> Certainty:
        """Return ``~self.after(other)``; `other` is a date or a period, not a text."""
        return ~self.after(other) if isinstance(other, _COMPARABLE) else NotImplemented

    def __ge__(self, other: object) -> Certainty:
        """Return ``~self.before(other)``; `other` is a date or a period, not a text."""
        return ~self.before(other) if isinstance(other, _COMPARABLE) else NotImplemented

    def __repr__(self) -> str:
        """Return a text that `eval` turns into an equal value."""
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[type, tuple[str]]:
        """Pickle as the EDTF text, so that pickles outlive changes of the fields."""
        return type(self), (str(self),)


@frozen(init=False, repr=False, order=False)
class PartialDate(_Dated):
    """One day, known to the year, to the month or fully, as EDTF writes it.

    Two dates are ``==`` if they are written alike. Whether they *are* the same day, or which was
    earlier, is asked with `same_day`, `before`, `after` or the operators, which answer with a
    `Certainty`.

    Args:
        year: From 1 to 9999; or an EDTF text, and nothing else.
        month: From 1 to 12, if known.
        day: Of the month, if known.
        approximate: Whether the date is "about" (EDTF ``~``).
        uncertain: Whether the source of the date is in doubt (EDTF ``?``).

    Raises:
        BadDate: There is no such date, or the text is none.
        BadArgument: The arguments are of the wrong type.

    Examples:
        >>> PartialDate(1999, 6, approximate=True)
        PartialDate('1999-06~')
        >>> PartialDate(2003) < PartialDate(2003, 8, 11)
        <Certainty.MAYBE: 'maybe'>
        >>> PartialDate(2003, 2, 30)
        Traceback (most recent call last):
        ...
        natodata.errors.BadDate: expected a day from 1 to 28 in 2003-02, got 30
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
        if isinstance(year, str):
            if month is not None or day is not None or approximate or uncertain:
                message = f"expected nothing beside the text {year!r}, which says all of a date"
                raise BadArgument(message)
            year, month, day, approximate, uncertain = _read(year)
        else:
            _check_numbers(year, month, day)
        first, last = _days(year, month, day)
        _put(self, "year", year)
        _put(self, "month", month)
        _put(self, "day", day)
        _put(self, "approximate", bool(approximate))
        _put(self, "uncertain", bool(uncertain))
        _put(self, "span", (first, last))
        if approximate or uncertain:
            eve = date.fromordinal(max(first - 1, NEVER + 1))
            morrow = date.fromordinal(min(last + 1, LATER - 1))
            start, _ = _days(eve.year, month and eve.month, day and eve.day)
            _, end = _days(morrow.year, month and morrow.month, day and morrow.day)
            _put(self, "bounds", (start, end, start, end))
            _put(self, "query_bounds", (start, last + 1, first - 1, end))
        else:
            _put(self, "bounds", (first, last, first, last))
            _put(self, "query_bounds", (first, first, last, last))

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Return the date that an EDTF text names; equal texts may give the same object.

        Raises:
            BadDate: The text is no date of the levels that are read.
            BadArgument: `text` is not a text.

        Examples:
            >>> PartialDate.parse("1999-06~").latest
            datetime.date(1999, 6, 30)
        """
        return _date_of(_text(text))

    @classmethod
    def of(cls, value: "PartialDate | date | str | int") -> "PartialDate":
        """Return a partial date for a date, a datetime (its day), a text or a year.

        Raises:
            BadDate: A text or a year that is no date.
            BadArgument: A value of another type.

        Examples:
            >>> PartialDate.of(date(1999, 6, 12)), PartialDate.of(1999), PartialDate.of("1999?")
            (PartialDate('1999-06-12'), PartialDate('1999'), PartialDate('1999?'))
        """
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, str):
            return _date_of(value)
        if isinstance(value, date):
            return cls(value.year, value.month, value.day)
        return cls(value)

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """The smallest unit that is known.

        Examples:
            >>> PartialDate("1999-06").precision
            'month'
        """
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

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
        """Return the EDTF text."""
        text = f"{self.year:04}"
        if self.month is not None:
            text += f"-{self.month:02}"
        if self.day is not None:
            text += f"-{self.day:02}"
        return text + _MARK_OF[self.approximate, self.uncertain]


class Limit(Enum):
    """The start or end of a period where that is not a date; the value is its EDTF text.

    Examples:
        >>> Period("1999-06-12/..").end is Limit.OPEN, Period("1999-06-12/").end is Limit.UNKNOWN
        (True, True)
    """

    OPEN = ".."
    """There is none: always so, or still going."""
    UNKNOWN = ""
    """There may be one, but which day is not known."""

    @property
    def bounds(self) -> Bounds:
        """See `Period.bounds`; the first two count for a start, the others for an end."""
        return (NEVER, NEVER, LATER, LATER) if self is Limit.OPEN else (NEVER, LATER, NEVER, LATER)

    query_bounds = bounds

    @property
    def span(self) -> tuple[int, int]:
        """All days."""
        return NEVER, LATER

    @property
    def earliest(self) -> None:
        """No day."""
        return

    latest = earliest

    def __str__(self) -> str:
        """Return the EDTF text."""
        return self.value


@frozen(init=False, repr=False, order=False)
class Period(_Dated):
    """A state that lasted from some day in `start` to some day in `end`, as an EDTF interval.

    Args:
        start: A `PartialDate` or `Limit`, or what `PartialDate.of` takes; or an EDTF interval as
            text, and nothing else.
        end: The same; it may lie within `start` (``2003/2003-08``) but not wholly before it.

    Raises:
        BadDate: The text is no interval, or it ends before it starts.
        BadArgument: An argument is of the wrong type.

    Examples:
        >>> kfor = Period("1999-06-12/..")
        >>> kfor.overlaps("2013"), kfor.overlaps("1999-06"), kfor.overlaps("1999-05")
        (<Certainty.YES: 'yes'>, <Certainty.YES: 'yes'>, <Certainty.NO: 'no'>)
        >>> Period("1999-06/2003").overlaps("1999-06-15")
        <Certainty.MAYBE: 'maybe'>
        >>> Period(2003, Limit.OPEN)
        Period('2003/..')
    """

    start: PartialDate | Limit
    """When it began."""
    end: PartialDate | Limit
    """When it ended; `Limit.OPEN` is a state that goes on."""

    def __init__(self, start: "DateLike | Limit", end: "DateLike | Limit | None" = None) -> None:
        if end is None:
            if not isinstance(start, str):
                raise BadArgument(_unlike("both ends, or an interval as text", start))
            start, end = _halves(start)
        begun, ended = _end_of(start), _end_of(end)
        _put(self, "start", begun)
        _put(self, "end", ended)
        _put(self, "span", (begun.span[0], ended.span[1]))
        _put(self, "bounds", _joined(begun.bounds, ended.bounds))
        _put(self, "query_bounds", _joined(begun.query_bounds, ended.query_bounds))
        if self.bounds[0] > self.bounds[3]:
            message = f"expected a period that ends after it starts, got {str(self)!r}"
            raise BadDate(message)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Return the period that an EDTF interval names; equal texts may give the same object.

        Either end may be ``..`` (no limit) or empty (not known).

        Raises:
            BadDate: The text is no interval of the levels that are read.
            BadArgument: `text` is not a text.

        Examples:
            >>> Period.parse("2018-07-11/2018-07-12").latest
            datetime.date(2018, 7, 12)
            >>> Period.parse("1999")
            Traceback (most recent call last):
            ...
            natodata.errors.BadDate: expected a period such as '1999-06-12/..', got '1999'
        """
        return _period_of(_text(text))

    @classmethod
    def of(cls, value: "WhenLike") -> "Period":
        """Return a period for a period or its text, and from a date to the same date otherwise.

        Raises:
            BadDate: A text or a year that is no date.
            BadArgument: A value of another type.

        Examples:
            >>> Period.of("1999/2003"), Period.of(date(1999, 6, 12)), Period.of("2003")
            (Period('1999/2003'), Period('1999-06-12/1999-06-12'), Period('2003/2003'))
        """
        when = when_of(value)
        return when if isinstance(when, Period) else cls(when, when)

    @property
    def earliest(self) -> date | None:
        """The first day that it may have begun, as written; `None` if open or not known."""
        return self.start.earliest

    @property
    def latest(self) -> date | None:
        """The last day that it may have ended, as written; `None` if open or not known."""
        return self.end.latest

    def overlaps(self, query: "WhenLike") -> Certainty:
        """Return whether the state was in being at some time in `query`.

        Args:
            query: A date or period, or what `when_of` makes one of. It is the stretch from its
                first to its last day.

        Raises:
            BadDate: `query` is a text that is no date.
            BadArgument: `query` is of some other type.

        Examples:
            >>> Period("1999/").overlaps("2004"), Period("1999/..").overlaps("2004")
            (<Certainty.MAYBE: 'maybe'>, <Certainty.YES: 'yes'>)
            >>> Period("2003/2003").overlaps("2003"), Period("2003/2003").overlaps("2003-08")
            (<Certainty.YES: 'yes'>, <Certainty.MAYBE: 'maybe'>)
        """
        return meets(self.bounds, when_of(query).query_bounds)

    def contains(self, when: "WhenLike") -> Certainty:
        """Return whether all of `when` lies in this period.

        A partial date is one day, so it lies inside or outside; a period lies inside if it began
        and ended inside.

        Raises:
            BadDate: `when` is a text that is no date.
            BadArgument: `when` is of some other type.

        Examples:
            >>> Period("2001/2003").contains("2002"), Period("2001/2003").contains("2003")
            (<Certainty.YES: 'yes'>, <Certainty.MAYBE: 'maybe'>)
            >>> Period("2001/2003").contains("2002/..")
            <Certainty.NO: 'no'>
        """
        mine, its = self.bounds, when_of(when).bounds
        return _answer(
            yes=mine[1] <= its[0] and its[3] <= mine[2],
            possible=mine[0] <= its[1] and its[2] <= mine[3],
        )

    def __str__(self) -> str:
        """Return the EDTF text."""
        return f"{self.start}/{self.end}"


When = PartialDate | Period
"""When something happened or held."""
DateLike = PartialDate | date | str | int
"""What `PartialDate.of` takes."""
WhenLike = PartialDate | Period | date | str | int
"""What `when_of` takes: all that ``on=`` may be."""
_LIMITS = {limit.value: limit for limit in Limit}
_COMPARABLE = (PartialDate, Period, date)


def parse_when(text: str) -> When:
    """Return the `Period` or `PartialDate` that an EDTF text names; a ``/`` makes it a period.

    Raises:
        BadDate: The text is neither.
        BadArgument: `text` is not a text.

    Examples:
        >>> parse_when("2003-08"), parse_when("2003-08/..")
        (PartialDate('2003-08'), Period('2003-08/..'))
    """
    return _period_of(text) if "/" in _text(text) else _date_of(text)


def when_of(value: WhenLike) -> When:
    """Return a `Period` or `PartialDate` for either, a date, a datetime (its day), text or year.

    Raises:
        BadDate: A text or a year that is no date.
        BadArgument: A value of another type.

    Examples:
        >>> when_of("1999/2003"), when_of(date(1999, 6, 12)), when_of(1999)
        (Period('1999/2003'), PartialDate('1999-06-12'), PartialDate('1999'))
    """
    if isinstance(value, Period):
        return value
    if isinstance(value, str) and "/" in value:
        return _period_of(value)
    return PartialDate.of(value)


def _read(text: str) -> tuple[int, int | None, int | None, bool, bool]:
    """Return year, month, day and the two marks of an EDTF date."""
    match = _FORM.fullmatch(text)
    if match is None:
        hint = next((f": {hint}" for form, hint in _HINTS if re.search(form, text)), "")
        message = (
            f"expected YYYY, YYYY-MM or YYYY-MM-DD, with ?, ~ or % after it, got {text!r}{hint}"
        )
        raise BadDate(message)
    year, month, day, mark = match.groups()
    return int(year), int(month) if month else None, int(day) if day else None, *_MARKS[mark]


def _text(value: object) -> str:
    """Return `value`, which must be a text."""
    if isinstance(value, str):
        return value
    raise BadArgument(_unlike("an EDTF text", value))


def _check_numbers(year: object, month: object, day: object) -> None:
    """Refuse what is no whole number, and a day without a month."""
    expected = "a date, an EDTF text or a year"
    for part in (year, month or 1, day or 1):
        if not isinstance(part, int) or isinstance(part, bool):
            raise BadArgument(_unlike(expected, part))
        expected = "a whole number for month and day"
    if day is not None and month is None:
        message = f"expected a month before the day, got the year {year} and the day {day}"
        raise BadDate(message)


def _days(year: int, month: int | None, day: int | None) -> tuple[int, int]:
    """Return the ordinals of the first and last day of a year, a month or a day."""
    if not 1 <= year < 10_000:  # noqa: PLR2004 (the range of four digits, and of datetime.date)
        message = f"expected a year from 1 to 9999, got {year}"
        raise BadDate(message)
    if month is None:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    if not 1 <= month <= _DECEMBER:
        message = f"expected a month from 1 to 12 in {year:04}, got {month}"
        raise BadDate(message)
    first = date(year, month, 1).toordinal()
    last = first + 30 if month == _DECEMBER else date(year, month + 1, 1).toordinal() - 1
    if day is None:
        return first, last
    if not 1 <= day <= last - first + 1:
        message = f"expected a day from 1 to {last - first + 1} in {year:04}-{month:02}, got {day}"
        raise BadDate(message)
    return first + day - 1, first + day - 1


def _halves(text: str) -> tuple[str, str]:
    """Return the start and the end of an EDTF interval."""
    start, slash, end = text.partition("/")
    if not slash or "/" in end:
        message = f"expected a period such as '1999-06-12/..', got {text!r}"
        raise BadDate(message)
    return start, end


def _end_of(value: DateLike | Limit) -> PartialDate | Limit:
    """Return one end of a period."""
    if isinstance(value, Limit):
        return value
    if isinstance(value, str) and value in _LIMITS:
        return _LIMITS[value]
    return PartialDate.of(value)


def _joined(start: Bounds, end: Bounds) -> Bounds:
    """Return the bounds of a period, as narrow as "it did not end before it began" makes them."""
    return start[0], min(start[1], end[3]), max(end[2], start[0]), end[3]


def _unlike(expected: str, value: object) -> str:
    """Return the message for a value of the wrong type."""
    return f"expected {expected}, got {value!r} ({type(value).__name__})"


# Thousands of records share few texts, and the values cannot change: one object serves them all.
@lru_cache(maxsize=8192)
def _date_of(text: str) -> PartialDate:
    return PartialDate(text)


@lru_cache(maxsize=8192)
def _period_of(text: str) -> Period:
    return Period(text)
