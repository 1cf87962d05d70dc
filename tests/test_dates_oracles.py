"""Two independent libraries for EDTF read the same dates, and agree about their bounds."""

from datetime import date

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lark.exceptions import LarkError
from strategies import partial_dates, periods
from undate import Undate, UndateInterval

from natodata.dates import Certainty, Limit, PartialDate, parse_when
from natodata.errors import BadDate

few = settings(max_examples=50)  # both parsers are slow

unmarked = partial_dates(marks=False)

REFUSED = ["", "2003-6", "2003-06-1", "11.06.2003", "2003~-", "2003/2004/2005", "a"]
REFUSED += ["2003-13", "2003-00", "2003-01-00", "2003-04-31", "2003-06-12T10:00/.."]
"""Texts that are no dates of the levels that are read."""


def as_date(day):
    """Return the date that a library gives in a type of its own."""
    return date(*tuple(day)[:3]) if isinstance(day, tuple) else date.fromisoformat(str(day))


class TestEdtf:
    """The package edtf."""

    @few
    @given(partial_dates())
    def test_dates(self, when):
        """The same text, the same marks, the same bounds as written."""
        oracle = parse_edtf(str(when))

        assert str(oracle) == str(when)
        assert as_date(oracle.lower_strict()) == when.earliest
        assert as_date(oracle.upper_strict()) == when.latest

    @few
    @given(st.integers(2, 9998), st.booleans())
    def test_marks(self, year, approximate):
        """A mark stands for a year more on either side of a year.

        For months and days the library adds a year as well, which is wider than what is done here.
        """
        when = PartialDate(year, approximate=approximate, uncertain=not approximate)
        oracle = parse_edtf(str(when))

        assert as_date(oracle.lower_fuzzy()).toordinal() == when.bounds[0]
        assert as_date(oracle.upper_fuzzy()).toordinal() == when.bounds[3]

    @few
    @given(periods())
    def test_periods(self, period):
        """The same text, and the same bounds where there are dates."""
        # The library fails on an open end beside another limit, and on no dates at all.
        assume(isinstance(period.start, PartialDate) or isinstance(period.end, PartialDate))
        # It looks for ten years before or after an unknown end, which may be beyond its calendar.
        assume(Limit.UNKNOWN not in {period.start, period.end} or "00" < str(period) < "99")
        oracle = parse_edtf(str(period))

        assert str(oracle) == str(period)
        if isinstance(period.start, PartialDate):
            assert as_date(oracle.lower_strict()) == period.earliest
        if isinstance(period.end, PartialDate):
            assert as_date(oracle.upper_strict()) == period.latest

    @pytest.mark.parametrize("text", REFUSED)
    def test_refused(self, text):
        """What one refuses the other refuses."""
        with pytest.raises(EDTFParseException):
            parse_edtf(text)
        with pytest.raises(BadDate):
            parse_when(text)


class TestUndate:
    """The package undate, which reads EDTF but keeps no marks."""

    @few
    @given(partial_dates())
    def test_dates(self, when):
        """The same bounds, the same precision, and the same text but for the mark."""
        oracle = Undate.parse(str(when), "EDTF")

        assert as_date(oracle.earliest) == when.earliest
        assert as_date(oracle.latest) == when.latest
        assert str(oracle.precision).lower() == when.precision
        assert oracle.format("EDTF") == str(when).rstrip("~?%")

    @few
    @given(periods(unmarked))
    def test_periods(self, period):
        """The same ends; to undate an unknown end is an open one."""
        assume(isinstance(period.start, PartialDate) or isinstance(period.end, PartialDate))
        # It takes no interval whose ends may be in the wrong order.
        if isinstance(period.start, PartialDate) and isinstance(period.end, PartialDate):
            assume(period.start.before(period.end) is Certainty.YES)
        oracle = Undate.parse(str(period), "EDTF")

        assert isinstance(oracle, UndateInterval)
        for found, end in ((oracle.earliest, period.start), (oracle.latest, period.end)):
            if isinstance(end, Limit):
                assert found is None
            else:
                assert found.format("EDTF") == str(end)

    @few
    @given(unmarked, unmarked)
    def test_order(self, one, other):
        """What it orders is surely so here; what it refuses to order is open here."""
        a, b = (Undate.parse(str(when), "EDTF") for when in (one, other))
        try:
            earlier = a < b
        except NotImplementedError:
            assert one.same_day(other) is Certainty.MAYBE
        else:
            assert earlier is one.before(other).certain

    @pytest.mark.parametrize("text", [*REFUSED, "2003-02-29", "1900-02-29"])
    def test_refused(self, text):
        """What one refuses the other refuses."""
        with pytest.raises((ValueError, LarkError)):
            Undate.parse(text, "EDTF")
        with pytest.raises(BadDate):
            parse_when(text)
