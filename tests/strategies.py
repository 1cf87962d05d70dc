"""Hypothesis strategies that several test files share."""

import calendar
from datetime import date

from hypothesis import strategies as st

from natodata.dates import Certainty, Limit, PartialDate, Period
from natodata.errors import BadDate

certainties = st.sampled_from(list(Certainty))
limits = st.sampled_from(list(Limit))
days = st.dates()


@st.composite
def partial_dates(draw, first=1, last=9999, *, marks=True):
    """Draw dates of every precision, in the years *first* to *last*, some of them marked."""
    year = draw(st.integers(first, last))
    month = draw(st.none() | st.integers(1, 12))
    longest = month and calendar.monthrange(year, month)[1]
    day = month and draw(st.none() | st.integers(1, longest))
    flags = st.booleans() if marks else st.just(value=False)
    return PartialDate(year, month, day, approximate=draw(flags), uncertain=draw(flags))


@st.composite
def periods(draw, dates=None):
    """Draw periods between *dates*, with open and unknown ends among them."""
    ends = (partial_dates() if dates is None else dates) | limits
    start, end = draw(ends), draw(ends)
    try:
        return Period(start, end)
    except BadDate:
        return Period(end, start)


def whens(dates=None):
    """Draw partial dates and periods."""
    dates = partial_dates() if dates is None else dates
    return dates | periods(dates)


leap_days = st.builds(
    PartialDate.of,
    st.dates(date(2004, 2, 27), date(2004, 3, 3)),
) | st.sampled_from([PartialDate(f"2004-{text}") for text in ("02-28~", "02-29?", "03-01%")])
"""Days, some of them marked, so few that everything they may mean can be tried."""
