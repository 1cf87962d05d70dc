"""Dates and periods, example by example."""

import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from operator import ge, gt, le, lt

import pytest
from attrs.exceptions import FrozenInstanceError

from natodata.dates import (
    LATER,
    NEVER,
    Certainty,
    Limit,
    PartialDate,
    Period,
    meets,
    overlap,
    parse_when,
    when_of,
)
from natodata.errors import BadArgument, BadDate, Undecided

NO, MAYBE, YES = Certainty


class Whole:
    """An integer of another library, as numpy has them."""

    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class TestCertainty:
    """Three answers."""

    @pytest.mark.parametrize(
        ("one", "other", "both", "either"),
        [
            (NO, NO, NO, NO),
            (NO, MAYBE, NO, MAYBE),
            (NO, YES, NO, YES),
            (MAYBE, MAYBE, MAYBE, MAYBE),
            (MAYBE, YES, MAYBE, YES),
            (YES, YES, YES, YES),
        ],
    )
    def test_tables(self, one, other, both, either):
        """And and or follow Kleene's truth tables."""
        assert both is (one & other)
        assert both is (other & one)
        assert either is (one | other)
        assert either is (other | one)

    def test_not(self):
        """The opposite of a doubt is a doubt."""
        assert [YES, MAYBE, NO] == [~NO, ~MAYBE, ~YES]

    def test_truth(self):
        """Only decided answers have a truth value."""
        assert bool(YES) is True
        assert bool(NO) is False

    def test_undecided(self):
        """A doubt used as a condition raises, and the message says what to write instead."""
        with pytest.raises(Undecided) as caught:
            bool(MAYBE)

        wanted = "use .possible, .certain or `is Certainty.YES`"
        assert f"undecided by the dates: {wanted}" == str(caught.value)

    def test_readings(self):
        """The two ways of making a plain bool of an answer."""
        assert [False, False, True] == [answer.certain for answer in (NO, MAYBE, YES)]
        assert [False, True, True] == [answer.possible for answer in (NO, MAYBE, YES)]

    @pytest.mark.parametrize("other", [True, 1, None])
    def test_others(self, other):
        """Answers combine with answers only."""
        with pytest.raises(TypeError):
            YES & other
        with pytest.raises(TypeError):
            YES | other


class TestPartialDate:
    """Making a date of numbers."""

    @pytest.mark.parametrize(
        ("made", "text", "precision", "earliest", "latest"),
        [
            (PartialDate(1999), "1999", "year", date(1999, 1, 1), date(1999, 12, 31)),
            (PartialDate(1999, 6), "1999-06", "month", date(1999, 6, 1), date(1999, 6, 30)),
            (PartialDate(2003, 12), "2003-12", "month", date(2003, 12, 1), date(2003, 12, 31)),
            (PartialDate(2004, 2), "2004-02", "month", date(2004, 2, 1), date(2004, 2, 29)),
            (PartialDate(49, 4, 4), "0049-04-04", "day", date(49, 4, 4), date(49, 4, 4)),
            (PartialDate(1), "0001", "year", date(1, 1, 1), date(1, 12, 31)),
            (PartialDate(9999), "9999", "year", date(9999, 1, 1), date(9999, 12, 31)),
        ],
    )
    def test_bounds(self, made, text, precision, earliest, latest):
        """A date knows its precision and the days between which it lies."""
        assert text == str(made)
        assert precision == made.precision
        assert (earliest, latest) == (made.earliest, made.latest)
        assert (earliest.toordinal(), latest.toordinal()) == made.span

    @pytest.mark.parametrize(
        ("approximate", "uncertain", "text"),
        [
            (False, False, "1999-06"),
            (True, False, "1999-06~"),
            (False, True, "1999-06?"),
            (True, True, "1999-06%"),
        ],
    )
    def test_marks(self, approximate, uncertain, text):
        """The marks are those of EDTF, and leave the written bounds alone."""
        made = PartialDate(1999, 6, approximate=approximate, uncertain=uncertain)

        assert text == str(made)
        assert (approximate or uncertain) is made.qualified
        assert date(1999, 6, 30) == made.latest

    @pytest.mark.parametrize(
        ("numbers", "message"),
        [
            ((0,), "expected a year from 1 to 9999, got 0"),
            ((10_000,), "expected a year from 1 to 9999, got 10000"),
            ((-44,), "expected a year from 1 to 9999, got -44"),
            ((1999, 0), "expected a month from 1 to 12 in 1999, got 0"),
            ((1999, 13), "expected a month from 1 to 12 in 1999, got 13"),
            ((1999, 6, 0), "expected a day from 1 to 30 in 1999-06, got 0"),
            ((1999, 6, 31), "expected a day from 1 to 30 in 1999-06, got 31"),
            ((2003, 2, 29), "expected a day from 1 to 28 in 2003-02, got 29"),
            ((2004, 12, 32), "expected a day from 1 to 31 in 2004-12, got 32"),
            ((1999, None, 12), "expected a month before the day, got year 1999 and day 12"),
        ],
    )
    def test_impossible(self, numbers, message):
        """A date that does not exist is refused, and the message says which part is wrong."""
        with pytest.raises(BadDate) as caught:
            PartialDate(*numbers)

        assert message == str(caught.value)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ((None,), "a date, an EDTF text or a year, got None (NoneType)"),
            ((True,), "a date, an EDTF text or a year, got True (bool)"),
            ((1999.0,), "a date, an EDTF text or a year, got 1999.0 (float)"),
            ((1999, "6"), "a whole month, got '6' (str)"),
            ((1999, ""), "a whole month, got '' (str)"),
            ((1999, True), "a whole month, got True (bool)"),
            ((1999, 6, 1.0), "a whole day, got 1.0 (float)"),
            ((1999, 6, False), "a whole day, got False (bool)"),
        ],
    )
    def test_wrong_types(self, arguments, message):
        """Nothing is rounded or guessed; the message shows the value and its type."""
        with pytest.raises(BadArgument) as caught:
            PartialDate(*arguments)

        assert f"expected {message}" == str(caught.value)

    def test_other_integers(self):
        """Integers of other libraries count, and become plain ones."""
        made = PartialDate(Whole(1999), Whole(6), Whole(12))

        assert PartialDate("1999-06-12") == made
        assert [int, int, int] == [type(part) for part in (made.year, made.month, made.day)]

    @pytest.mark.parametrize(
        ("arguments", "marks"),
        [
            (("1999", 6), {}),
            (("1999", None, 6), {}),
            (("1999",), {"approximate": True}),
            (("1999",), {"uncertain": True}),
        ],
    )
    def test_text_alone(self, arguments, marks):
        """A text says all of a date, so nothing may stand beside it."""
        with pytest.raises(BadArgument, match="nothing beside '1999'"):
            PartialDate(*arguments, **marks)

    def test_frozen(self):
        """A date never changes."""
        made = PartialDate(1999)

        for name in ("year", "month", "bounds", "span"):
            with pytest.raises(FrozenInstanceError):
                setattr(made, name, 2000)
        with pytest.raises(AttributeError):
            made.other = 1

    def test_equality(self):
        """Equal is what is written alike, with equal hashes; a date of Python is another thing."""
        assert PartialDate(1999, 6) == PartialDate("1999-06")
        assert hash(PartialDate(1999, 6)) == hash(PartialDate("1999-06"))
        assert PartialDate("1999-06") != PartialDate("1999-06~")
        assert PartialDate("1999-06-12") != date(1999, 6, 12)
        assert PartialDate("1999") != Period("1999/1999")


class TestParse:
    """Reading EDTF."""

    @pytest.mark.parametrize("text", ["1999", "1999-06", "1999-06-12", "1999~", "0001-01-01%"])
    def test_dates(self, text):
        """What is read is printed the same, and `repr` is an expression for it."""
        made = PartialDate.parse(text)

        assert text == str(made)
        assert f"PartialDate('{text}')" == repr(made)
        assert made == eval(repr(made))  # noqa: S307

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " 1999",
            "1999\n",
            "199",
            "1999-6",
            "1999-06-1",
            "19990612",
            "1999-0612",
            "1999-",
            "99-06-12",
            "12.06.1999",
            "June 1999",
            "-0044",
            "Y17000",
            "~1999",
            "1999~-06",
            "1999?~",
            "1999-06-12T10:00",
            "1999-W23",
            "1999/2003",
            "..",
            "\u0661\u0669\u0669\u0669",
            "\uff11999",
        ],
    )
    def test_other_forms(self, text):
        """No other form is guessed at; the message shows the forms that are read."""
        with pytest.raises(BadDate) as caught:
            PartialDate.parse(text)

        wanted = "YYYY, YYYY-MM or YYYY-MM-DD, then ?, ~ or %"
        assert f"expected {wanted}, got {text!r}" == str(caught.value)

    @pytest.mark.parametrize("text", ["199X", "19XX", "1999-XX", "1999-06-XX", "1999-XX-XX"])
    def test_unspecified_digits(self, text):
        """Unspecified digits are not read; the message tells what to do about them."""
        with pytest.raises(BadDate) as caught:
            PartialDate.parse(text)

        assert str(caught.value).endswith(f"got {text!r} (leave out what is not known)")

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("0000", "expected a year from 1 to 9999, got 0"),
            ("1999-21", "expected a month from 1 to 12 in 1999, got 21"),
            ("1999-00-01~", "expected a month from 1 to 12 in 1999, got 0"),
            ("2003-02-30", "expected a day from 1 to 28 in 2003-02, got 30"),
        ],
    )
    def test_impossible(self, text, message):
        """Dates that do not exist, and the seasons of level 1, are refused."""
        with pytest.raises(BadDate) as caught:
            PartialDate.parse(text)

        assert message == str(caught.value)

    @pytest.mark.parametrize("value", [1999, None, date(1999, 1, 1), ["1999"], b"1999"], ids=repr)
    def test_texts_only(self, value):
        """What parses takes texts and nothing else; the message shows the value and its type."""
        got = f"{value!r} ({type(value).__name__})"
        for parse in (PartialDate.parse, Period.parse, parse_when):
            with pytest.raises(BadArgument) as caught:
                parse(value)

            assert f"expected an EDTF text, got {got}" == str(caught.value)


class TestOf:
    """Making dates of what people have."""

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (PartialDate("1999~"), "1999~"),
            (date(1999, 6, 12), "1999-06-12"),
            (datetime(1999, 6, 12, 23, 59, tzinfo=timezone(timedelta(hours=-5))), "1999-06-12"),
            ("1999-06", "1999-06"),
            (1999, "1999"),
            (Whole(1999), "1999"),
        ],
    )
    def test_dates(self, value, text):
        """Dates, datetimes, texts and years become partial dates, and periods from them to them.

        The day of a datetime is the one that it shows: nothing is converted to another zone.
        """
        assert text == str(PartialDate.of(value))
        assert PartialDate(text) == when_of(value)
        assert f"{text}/{text}" == str(Period.of(value))

    @pytest.mark.parametrize("value", [Period("1999/2003"), "1999/2003"])
    def test_periods(self, value):
        """Periods and their texts stay what they are."""
        assert Period("1999/2003") == Period.of(value)
        assert Period("1999/2003") == when_of(value)

    @pytest.mark.parametrize("value", [None, 19.99, ("1999",), True, ["1999"], b"1999"])
    def test_others(self, value):
        """Anything else is an error that is both a TypeError and a ValueError."""
        for make in (PartialDate.of, Period.of, when_of):
            with pytest.raises(BadArgument, match="expected a date, an EDTF text or a year, got"):
                make(value)

    def test_period_as_date(self):
        """A period is no partial date."""
        with pytest.raises(BadArgument):
            PartialDate.of(Period("1999/2003"))
        with pytest.raises(BadDate):
            PartialDate.of("1999/2003")

    @pytest.mark.parametrize("text", ["2003-08", "2003-08/..", "/2003", "2003~/2004?"])
    def test_parse_when(self, text):
        """A slash makes a period."""
        made = parse_when(text)

        assert text == str(made)
        assert ("/" in text) is isinstance(made, Period)


class TestPeriod:
    """Making periods."""

    @pytest.mark.parametrize(
        ("text", "earliest", "latest"),
        [
            ("1999-06-12/..", date(1999, 6, 12), None),
            ("2018-07-11/2018-07-12", date(2018, 7, 11), date(2018, 7, 12)),
            ("/2004", None, date(2004, 12, 31)),
            ("2004-02/", date(2004, 2, 1), None),
            ("../2004-02", None, date(2004, 2, 29)),
            ("1999~/2003?", date(1999, 1, 1), date(2003, 12, 31)),
            ("../..", None, None),
            ("/..", None, None),
            ("../", None, None),
            ("/", None, None),
        ],
    )
    def test_parse(self, text, earliest, latest):
        """What is read is printed the same; the bounds are those of the whole, as written."""
        made = Period.parse(text)

        assert text == str(made)
        assert f"Period('{text}')" == repr(made)
        assert made == eval(repr(made))  # noqa: S307
        assert (earliest, latest) == (made.earliest, made.latest)
        assert (made.start.earliest, made.end.latest) == (earliest, latest)

    def test_ends(self):
        """An open end and an unknown end are told apart."""
        assert (Limit.OPEN, Limit.UNKNOWN) == (Period("../").start, Period("../").end)
        assert PartialDate("1999") == Period("1999/..").start
        assert Limit.OPEN.latest is None
        assert Limit.UNKNOWN.earliest is None

    @pytest.mark.parametrize(
        "made",
        [
            Period("1999-06-12/.."),
            Period("1999-06-12", ".."),
            Period(date(1999, 6, 12), Limit.OPEN),
            Period(start=PartialDate(1999, 6, 12), end=Limit.OPEN),
        ],
    )
    def test_parts(self, made):
        """The ends may be given apart."""
        assert Period.parse("1999-06-12/..") == made
        assert hash(Period.parse("1999-06-12/..")) == hash(made)

    def test_unknown_part(self):
        """An empty text is an unknown end; a missing argument is not."""
        assert Period("/2004") == Period("", 2004)
        with pytest.raises(BadArgument, match="expected an EDTF text, got 2004"):
            Period(2004)

    @pytest.mark.parametrize("text", ["1999", "", "..", "1999/2000/2001", "1999//2000"])
    def test_not_two(self, text):
        """A period has one slash."""
        with pytest.raises(BadDate) as caught:
            Period.parse(text)

        assert f"expected one / as in '1999-06/..', got {text!r}" == str(caught.value)

    @pytest.mark.parametrize("text", ["1999/200", "1999-13/..", "x/2000", ".../2000", "1999/ "])
    def test_bad_ends(self, text):
        """Each end must be a date, `..` or nothing."""
        with pytest.raises(BadDate, match="expected"):
            Period.parse(text)

    @pytest.mark.parametrize(
        "text",
        ["2003/2002", "2003-08/2003-07", "2003-08-12/2003-08-11", "2003~/2000", "2003/2002-12-31"],
    )
    def test_reversed(self, text):
        """A period cannot end before it starts."""
        with pytest.raises(BadDate) as caught:
            Period(text)

        wanted = "expected a period that ends after it starts"
        assert f"{wanted}, got {text!r}" == str(caught.value)

    @pytest.mark.parametrize("text", ["2003-08/2003", "2003/2003-08", "2003~/2002", "2003/2002?"])
    def test_perhaps_reversed(self, text):
        """Ends that may be in order are taken."""
        assert text == str(Period(text))

    def test_frozen(self):
        """A period never changes."""
        with pytest.raises(FrozenInstanceError):
            Period("1999/..").end = PartialDate(2000)


class TestBounds:
    """The ordinals that indexes are made of."""

    @pytest.mark.parametrize(
        ("text", "days"),
        [
            ("1999-06/2003", ("1999-06-01", "1999-06-30", "2003-01-01", "2003-12-31")),
            ("2003/2003", ("2003-01-01", "2003-12-31", "2003-01-01", "2003-12-31")),
            ("2003-06/2003", ("2003-06-01", "2003-06-30", "2003-06-01", "2003-12-31")),
            ("2003/2003-06", ("2003-01-01", "2003-06-30", "2003-06-01", "2003-06-30")),
            ("2003-06-12/..", ("2003-06-12", "2003-06-12", LATER, LATER)),
            ("2003/", ("2003-01-01", "2003-12-31", "2003-01-01", LATER)),
            ("/2003", (NEVER, "2003-12-31", "2003-01-01", "2003-12-31")),
            ("../2003", (NEVER, NEVER, "2003-01-01", "2003-12-31")),
            ("/..", (NEVER, LATER, LATER, LATER)),
            ("../", (NEVER, NEVER, NEVER, LATER)),
            ("/", (NEVER, LATER, NEVER, LATER)),
            ("../..", (NEVER, NEVER, LATER, LATER)),
            ("2003~/2010-06?", ("2002-01-01", "2004-12-31", "2010-05-01", "2010-07-31")),
        ],
    )
    def test_periods(self, text, days):
        """Unknown limits lie where the other one allows, open ones beyond all days."""
        wanted = tuple(
            day if isinstance(day, int) else date.fromisoformat(day).toordinal() for day in days
        )

        assert wanted == Period(text).bounds

    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("2003", "2003-01-01", "2003-12-31"),
            ("2003~", "2002-01-01", "2004-12-31"),
            ("2003-01?", "2002-12-01", "2003-02-28"),
            ("2003-12%", "2003-11-01", "2004-01-31"),
            ("2003-12-31~", "2003-12-30", "2004-01-01"),
            ("0001~", "0001-01-01", "0002-12-31"),
            ("0001-01-01?", "0001-01-01", "0001-01-02"),
            ("9999-12-31~", "9999-12-30", "9999-12-31"),
            ("9999-12?", "9999-11-01", "9999-12-31"),
        ],
    )
    def test_dates(self, text, first, last):
        """A date is one day between its bounds; a mark adds a unit on either side."""
        start, end = (date.fromisoformat(day).toordinal() for day in (first, last))

        assert (start, end, start, end) == PartialDate(text).bounds

    def test_limits(self):
        """The sentinels lie outside of all days."""
        assert NEVER < date.min.toordinal()
        assert date.max.toordinal() < LATER
        assert (NEVER, LATER) == Period("/").span


class TestOverlaps:
    """Was the state in being at some time then?"""

    @pytest.mark.parametrize(
        ("state", "query", "answer"),
        [
            ("1999-06/2003", "1999-06-15", MAYBE),
            ("1999-06/2003", "1999-06", YES),
            ("1999-06/2003", "2001", YES),
            ("1999-06/2003", "1999-05-31", NO),
            ("1999-06/2003", "2003-05", MAYBE),
            ("1999-06/2003", "2003", YES),
            ("1999-06/2003", "2004", NO),
            ("2003/2003", "2003", YES),
            ("2003/2003", "2003-06", MAYBE),
            ("1999/..", "2500", YES),
            ("1999/", "2500", MAYBE),
            ("1999/", "1999", YES),
            ("1999/", "1998", NO),
            ("../1999", "0001-01-01", YES),
            ("/1999", "0001-01-01", MAYBE),
            ("/1999", "1999", YES),
            ("/..", "2003", MAYBE),
            ("../..", "2003", YES),
            ("/", "2003", MAYBE),
            ("2003/2005", "2000/2010", YES),
            ("2003/2005", "2006/..", NO),
            ("2003/2005", "../2002", NO),
            ("2003/2005", "../2003", YES),
            ("2003/2005", "2000/", MAYBE),
            ("2003/2005", "2005/", YES),
            ("2003/2005", "/2010", MAYBE),
            ("2003/2005", "/2004", YES),
            ("2003/2005", "/2002", NO),
            ("2003/2005", "2004~", YES),
            ("2003/2005", "2005~", MAYBE),
            ("2003/2005", "2006?", MAYBE),
            ("2003/2005", "2007%", NO),
            ("2003/2005~", "2006-06", MAYBE),
            ("2003/2005~", "2007", NO),
        ],
    )
    def test_answers(self, state, query, answer):
        """Yes for every way to read the dates, no for none of them, maybe otherwise."""
        assert answer is Period(state).overlaps(query)
        assert answer is meets(Period(state).bounds, when_of(query).query_bounds)

    def test_kinds_of_query(self):
        """What is asked for may be given in any form."""
        state = Period("1999-06-12/2003")

        for query in (2001, "2001", date(2001, 5, 1), datetime(2001, 5, 1, tzinfo=UTC)):
            assert YES is state.overlaps(query)

    def test_overlap(self):
        """With ordinals alone, a single day or many."""
        bounds = (10, 20, 30, 40)

        assert [NO, MAYBE, YES, YES, MAYBE, NO] == [
            overlap(bounds, day, day) for day in (9, 10, 20, 30, 40, 41)
        ]
        assert [NO, MAYBE, YES] == [overlap(bounds, 1, last) for last in (9, 19, 20)]


class TestContains:
    """Does all of it lie in the period?"""

    @pytest.mark.parametrize(
        ("state", "when", "answer"),
        [
            ("2001/2003", "2002", YES),
            ("2001/2003", "2001-12-31", YES),
            ("2001/2003", "2001-12-30", MAYBE),
            ("2001/2003", "2000", NO),
            ("2001/2003", "2004", NO),
            ("2001/2003", "2002-12~", MAYBE),
            ("2001/2003", "2002-11~", YES),
            ("2000/2004", "2001/2003", YES),
            ("2001/2003", "2001/2003", MAYBE),
            ("2001/2003", "2002/..", NO),
            ("2001/2003", "2002/", MAYBE),
            ("2001/..", "2002/..", YES),
            ("2001/", "2002/..", MAYBE),
            ("../2003", "../2002", YES),
            ("../2003", "/2002", YES),
        ],
    )
    def test_answers(self, state, when, answer):
        """A date is one day; a period must begin and end inside."""
        assert answer is Period(state).contains(when)


class TestComparisons:
    """Which came first, and was it then?"""

    @pytest.mark.parametrize(
        ("one", "other", "before", "after", "same"),
        [
            ("1999-06-12", "1999-06-13", YES, NO, NO),
            ("1999-06-12", "1999-06-12", NO, NO, YES),
            ("1999-06", "1999-07", YES, NO, NO),
            ("1999-06", "1999-06", MAYBE, MAYBE, MAYBE),
            ("1999-06", "1999-06-01", NO, MAYBE, MAYBE),
            ("1999-06", "1999-06-30", MAYBE, NO, MAYBE),
            ("1999-06-12~", "1999-06-12", MAYBE, MAYBE, MAYBE),
            ("1999-06-12~", "1999-06-14", YES, NO, NO),
            ("1999?", "2000", MAYBE, MAYBE, MAYBE),
            ("1999?", "2001", YES, NO, NO),
            ("2018-07-11/2018-07-12", "2018-07-12", MAYBE, NO, MAYBE),
            ("2018-07-11/2018-07-12", "2018-07-13", YES, NO, NO),
            ("2018-07-11/2018-07-12", "2018-07-11/2018-07-12", MAYBE, MAYBE, MAYBE),
            ("2018-07-11/2018-07-11", "2018-07-11", NO, NO, YES),
            ("1999/..", "2500", MAYBE, MAYBE, MAYBE),
            ("1999/..", "1998", NO, YES, NO),
            ("../1999", "2000/..", YES, NO, NO),
            ("/", "1999", MAYBE, MAYBE, MAYBE),
        ],
    )
    def test_answers(self, one, other, before, after, same):
        """Both stand for one moment; methods and operators agree, and so do both sides."""
        one, other = parse_when(one), parse_when(other)

        assert (before, after, same) == (one.before(other), one.after(other), one.same_day(other))
        assert (after, before, same) == (
            other.before(one),
            other.after(one),
            other.same_day(one),
        )
        assert (before, after, ~after, ~before) == (
            one < other,
            one > other,
            one <= other,
            one >= other,
        )

    @pytest.mark.parametrize(
        ("when", "query", "answer"),
        [
            ("2003-08-11", "2003", YES),
            ("2003", "2003-08-11", MAYBE),
            ("2003", "2004", NO),
            ("2003~", "2003", MAYBE),
            ("2003~", "2002/2004", YES),
            ("2018-07-11/2018-07-12", "2018-07", YES),
            ("2018-07-11/2018-07-12", "2018-07-12", MAYBE),
            ("2018-07-11/2018-07-12", "2018-07-12/..", MAYBE),
            ("2018-07-11/2018-07-12", "../2018-07-12", YES),
            ("2018-07-11/..", "2018-07-12", MAYBE),
        ],
    )
    def test_within(self, when, query, answer):
        """Something that happened, at one moment, is looked for in a stretch of days."""
        assert answer is parse_when(when).within(query)

    @pytest.mark.parametrize("day", [date(1999, 6, 12), datetime(1999, 6, 12, 8, tzinfo=UTC)])
    def test_python_dates(self, day):
        """Operators take Python's dates, on either side."""
        assert YES is (PartialDate("1999-06-11") < day)
        assert YES is (day > PartialDate("1999-06-11"))
        assert YES is (PartialDate("1999-06-13") > day)
        assert YES is (PartialDate("1999-06-12") <= day)
        assert YES is (PartialDate("1999-06-12") >= day)
        assert YES is (day <= Period("1999-06-12/.."))
        assert NO is (Period("1999-06-12/..") < day)

    @pytest.mark.parametrize("value", [PartialDate("1999"), Period("1999/..")])
    @pytest.mark.parametrize("other", ["1999", 1999, None, 1999.5], ids=repr)
    @pytest.mark.parametrize("compare", [lt, le, gt, ge])
    def test_other_operands(self, value, other, compare):
        """Operators take no texts and numbers: only a method's argument is known to be a date."""
        with pytest.raises(TypeError):
            compare(value, other)

    @pytest.mark.parametrize("name", ["before", "after", "same_day", "within"])
    def test_arguments(self, name):
        """Methods take what `when_of` takes, and refuse the rest."""
        compare = getattr(PartialDate("1999-06-12"), name)

        assert compare("1999-06-12") is compare(date(1999, 6, 12))
        with pytest.raises(BadArgument):
            compare(None)
        with pytest.raises(BadDate):
            compare("soon")

    def test_undecided_sort(self):
        """Sorting by an undecided order raises; `sort_key` sorts always, the longer first."""
        texts = ["2000", "1999-01-01", "1999/2003", "1999-01", "/1999", "1999", "1999~"]
        values = [parse_when(text) for text in texts]

        with pytest.raises(Undecided):
            sorted(values)
        assert ["/1999", "1999/2003", "1999", "1999~", "1999-01", "1999-01-01", "2000"] == [
            str(value) for value in sorted(values, key=lambda value: value.sort_key)
        ]


class TestCopies:
    """Values travel."""

    @pytest.mark.parametrize(
        "value",
        [PartialDate("1999-06~"), Period("1999-06-12/.."), YES, Limit.UNKNOWN],
        ids=repr,
    )
    def test_copies(self, value):
        """Copies and pickles are equal to what they were made of."""
        copies = [copy.copy(value), copy.deepcopy(value)]
        copies += [
            pickle.loads(pickle.dumps(value, protocol))  # noqa: S301
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
        ]

        assert [value] * len(copies) == copies
        assert {hash(value)} == set(map(hash, copies))

    def test_old_pickles(self):
        """A pickle holds a name and a text, so those of older versions can be read."""
        old = b"cnatodata.dates\nPeriod\n(V1999-06~/..\ntR."

        assert Period("1999-06~/..") == pickle.loads(old)  # noqa: S301
