"""Laws that dates and periods keep, and answers checked by trying everything they may mean."""

import copy
import pickle
from datetime import date
from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st
from strategies import certainties, days, leap_days, limits, partial_dates, periods, whens

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

FIRST, LAST = date(2004, 2, 24).toordinal(), date(2004, 3, 6).toordinal()
SMALL_WORLD = [NEVER, *range(FIRST, LAST + 1), LATER]
"""Every day that `leap_days` may mean, some more on both sides, and the sentinels."""


def verdict(outcomes):
    """Return yes if all the *outcomes* hold, no if none does, and maybe otherwise."""
    seen = set(outcomes)
    return MAYBE if len(seen) > 1 else YES if seen.pop() else NO


def units(when):
    """Return the units (a list of days each) that a partial date may mean.

    They are found by walking through the days around it, so not as the module does it.
    """

    def unit(day):
        if when.month is None:
            return day.year
        return day.year * 12 + day.month if when.day is None else day.toordinal()

    first = date(max(when.year - 1, 1), 1, 1).toordinal()
    last = date(min(when.year + 1, 9999), 12, 31).toordinal()
    target = unit(date(when.year, when.month or 1, when.day or 1))
    reach = 1 if when.approximate or when.uncertain else 0
    found = {}
    for ordinal in range(first, last + 1):
        number = unit(date.fromordinal(ordinal))
        if abs(number - target) <= reach:
            found.setdefault(number, []).append(ordinal)
    return [found[number] for number in sorted(found)]


def meant(when):
    """Return all days that a partial date may mean."""
    return [day for unit in units(when) for day in unit]


def states(period):
    """Return first and last day of every state that a period in the small world may mean."""
    starts = {Limit.OPEN: [NEVER], Limit.UNKNOWN: SMALL_WORLD}.get(period.start)
    ends = {Limit.OPEN: [LATER], Limit.UNKNOWN: SMALL_WORLD}.get(period.end)
    pairs = product(
        meant(period.start) if starts is None else starts,
        meant(period.end) if ends is None else ends,
    )
    return [(start, end) for start, end in pairs if start <= end]


def spans(when):
    """Return first and last day of every state or day that `when` may mean."""
    return states(when) if isinstance(when, Period) else [(day, day) for day in meant(when)]


def moments(when):
    """Return all days of the small world on which something dated `when` may have happened."""
    first, last = min(s for s, _ in spans(when)), max(e for _, e in spans(when))
    return [day for day in SMALL_WORLD if first <= day <= last]


def questions(when):
    """Return first and last day of every stretch that one may ask for with `when`."""
    if isinstance(when, Period):
        return states(when)
    return [(unit[0], unit[-1]) for unit in units(when)]


@st.composite
def bounds(draw):
    """Draw bounds of states in a world of twelve days, as narrow as a period's are."""
    start = sorted(draw(st.tuples(st.integers(1, 12), st.integers(1, 12))))
    end = sorted(draw(st.tuples(st.integers(start[0], 12), st.integers(start[0], 12))))
    return start[0], min(start[1], end[1]), end[0], end[1]


class TestCertainty:
    """Kleene's logic."""

    @given(certainties, certainties, certainties)
    def test_lattice(self, a, b, c):
        """And and or are commutative, associative, absorbing and distributive."""
        assert (a & b, a | b) == (b & a, b | a)
        assert ((a & b) & c, (a | b) | c) == (a & (b & c), a | (b | c))
        assert (a, a) == (a & (a | b), a | (a & b))
        assert a & (b | c) == (a & b) | (a & c)

    @given(certainties, certainties)
    def test_negation(self, a, b):
        """Not is its own inverse, and De Morgan's laws hold."""
        assert a == ~~a
        assert ~(a & b) == ~a | ~b

    @given(certainties)
    def test_units(self, a):
        """Yes and no are neutral and absorbing."""
        assert (a, NO) == (a & YES, a & NO)
        assert (YES, a) == (a | YES, a | NO)

    @given(st.booleans(), st.booleans())
    def test_booleans(self, a, b):
        """Where nothing is in doubt it is the usual logic."""
        answers = {True: YES, False: NO}

        assert (a and b) is bool(answers[a] & answers[b])
        assert (a or b) is bool(answers[a] | answers[b])
        assert (not a) is bool(~answers[a])


class TestValues:
    """Texts, copies and bounds."""

    @given(whens())
    def test_round_trip(self, when):
        """A value can be had back from its text, its `repr`, a copy and a pickle."""
        again = [
            parse_when(str(when)),
            type(when)(str(when)),
            eval(repr(when)),  # noqa: S307
            copy.deepcopy(when),
            pickle.loads(pickle.dumps(when)),  # noqa: S301
        ]

        assert [when] * 5 == again
        assert {hash(when)} == set(map(hash, again))
        assert {when.bounds} == {value.bounds for value in again}

    @given(st.text(alphabet="0129-/.~?%X") | st.from_regex(r"[0-3]{4}(-[01]\d(-[0-3]\d)?)?[~?%]?"))
    @example("2004-02-30")
    @example("../..")
    def test_any_text(self, text):
        """A text is refused, or it is exactly what is printed."""
        try:
            value = parse_when(text)
        except BadDate:
            return
        assert text == str(value)

    @given(st.none() | st.floats() | st.binary() | st.booleans() | st.lists(st.text()))
    def test_any_value(self, value):
        """What is no date at all is an error of one kind."""
        try:
            when_of(value)
        except BadArgument:
            return
        raise AssertionError

    @given(days)
    def test_days(self, day):
        """A day of Python is the same day here, and has the same text."""
        made = PartialDate.of(day)

        assert day.isoformat() == str(made)
        assert (day, day) == (made.earliest, made.latest)
        assert YES is made.same_day(day)

    @given(partial_dates())
    def test_bounds(self, when):
        """The bounds are the first and last of the days that a date may mean."""
        possible = meant(when)
        written = meant(PartialDate(when.year, when.month, when.day))

        assert (min(possible), max(possible)) * 2 == when.bounds
        assert (written[0], written[-1]) == when.span
        assert (written[0], written[-1]) == (when.earliest.toordinal(), when.latest.toordinal())

    @given(partial_dates(1990, 2010), partial_dates(1990, 2010))
    def test_period_bounds(self, start, end):
        """Those of a period are what its ends may be if it did not end before it began."""
        starts, ends = meant(start), meant(end)
        starts, ends = (
            [day for day in starts if day <= ends[-1]],
            [day for day in ends if day >= starts[0]],
        )

        try:
            found = Period(start, end).bounds
        except BadDate:
            found = None
        wanted = (starts[0], starts[-1], ends[0], ends[-1]) if starts and ends else None

        assert wanted == found

    @given(whens(), whens())
    def test_sort_key(self, one, other):
        """The key tells all values apart, and does not contradict the order that is sure."""
        assert (one == other) is (one.sort_key == other.sort_key)
        if one.before(other) is YES:
            assert one.sort_key < other.sort_key


class TestOrder:
    """Laws of the comparisons."""

    @given(whens(), whens())
    def test_antisymmetry(self, one, other):
        """Before and after are one relation seen from two sides, and exclude one another."""
        assert one.before(other) is other.after(one)
        assert one.same_day(other) is other.same_day(one)
        assert not (one.before(other).certain and one.after(other).possible)
        assert (one <= other) is ~(one > other)
        assert (one >= other) is ~(one < other)

    @given(whens(), whens())
    def test_trichotomy(self, one, other):
        """One of three is possible, and if one is sure the others are ruled out."""
        answers = [one.before(other), one.same_day(other), one.after(other)]

        assert any(answer.possible for answer in answers)
        if YES in answers:
            assert [NO, NO, YES] == sorted(answers, key=list(Certainty).index)

    @given(whens(), whens(), whens())
    def test_transitivity(self, a, b, c):
        """What is surely before what is surely before a third is surely before it."""
        if (a.before(b) & b.before(c)).certain:
            assert YES is a.before(c)

    @given(whens(partial_dates(2000, 2003)))
    def test_itself(self, when):
        """Nothing is surely earlier than itself, and operators with a doubt cannot be a bool."""
        assert not when.before(when).certain
        if when.same_day(when) is MAYBE:
            try:
                bool(when < when)  # noqa: PLR0124
            except Undecided:
                return
            raise AssertionError

    @given(leap_days | periods(leap_days), leap_days | periods(leap_days))
    def test_by_trial(self, one, other):
        """The answers are those of all days on which both may have happened."""
        pairs = list(product(moments(one), moments(other)))

        assert verdict(a < b for a, b in pairs) is one.before(other)
        assert verdict(a > b for a, b in pairs) is one.after(other)
        assert verdict(a == b for a, b in pairs) is one.same_day(other)


class TestOverlaps:
    """The question behind every look at a day."""

    @given(bounds(), st.integers(0, 13), st.integers(0, 13))
    def test_overlap_by_trial(self, bounds, first, last):
        """Ordinals alone: yes if every state touches the stretch, no if none does."""
        first, last = sorted((first, last))
        pairs = product(range(bounds[0], bounds[1] + 1), range(bounds[2], bounds[3] + 1))
        wanted = verdict(s <= last and e >= first for s, e in pairs if s <= e)

        assert wanted is overlap(bounds, first, last)
        assert wanted is meets(bounds, (first, first, last, last))

    @given(periods(leap_days), leap_days | periods(leap_days))
    def test_by_trial(self, state, query):
        """Dates: what is asked for may be in doubt as well."""
        outcomes = [
            start <= last and end >= first
            for (start, end), (first, last) in product(states(state), questions(query))
        ]

        assert verdict(outcomes) is state.overlaps(query)

    @given(periods(leap_days), leap_days | periods(leap_days))
    def test_contains_by_trial(self, state, when):
        """A period holds a date or a period if it holds every day of it."""
        outcomes = [
            start <= first and last <= end
            for (start, end), (first, last) in product(states(state), spans(when))
        ]

        assert verdict(outcomes) is state.contains(when)

    @given(leap_days | periods(leap_days), leap_days | periods(leap_days))
    def test_within_by_trial(self, when, query):
        """Something that happened on one day, and days asked for that may be in doubt."""
        outcomes = [
            first <= day <= last for day, (first, last) in product(moments(when), questions(query))
        ]

        assert verdict(outcomes) is when.within(query)

    @given(periods(partial_dates(2002, 2005)), st.dates(date(2001, 1, 1), date(2006, 12, 31)))
    def test_day_month_year(self, state, day):
        """What is so on a day is so in its month and its year, surely or possibly."""
        answers = [
            state.overlaps(query)
            for query in (day, PartialDate(day.year, day.month), PartialDate(day.year))
        ]

        assert answers == sorted(answers, key=list(Certainty).index)

    @given(periods(), whens())
    @example(Period("0001-01-01/.."), PartialDate("0001?"))
    @example(Period("../9999-12-31"), PartialDate("9999-12~"))
    def test_contains_overlaps(self, state, when):
        """What lies inside surely overlaps."""
        if state.contains(when) is YES:
            assert YES is state.overlaps(when)

    @given(periods(partial_dates(marks=False)), partial_dates(marks=False))
    def test_contains_days(self, state, when):
        """A date lies surely inside if its first and last day do."""
        ends = state.contains(when.earliest) & state.contains(when.latest)

        assert ends.certain is state.contains(when).certain

    @given(partial_dates(), whens())
    def test_single_day(self, when, query):
        """A state from a date to itself answers as something that happened on that date."""
        assert when.within(query) is Period.of(when).overlaps(query)

    @given(limits, limits, days)
    def test_limits(self, start, end, day):
        """Without any date, only what has no limit at all is sure."""
        wanted = YES if start is end is Limit.OPEN else MAYBE

        assert wanted is Period(start, end).overlaps(day)
