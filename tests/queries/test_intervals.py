"""The interval tree against the plain reading of every stretch."""

from hypothesis import given
from hypothesis import strategies as st

from natodata.queries.intervals import Intervals

DAYS = st.integers(0, 12)
STRETCHES = st.lists(st.tuples(DAYS, DAYS).map(sorted).map(tuple), max_size=20)


class TestMeeting:
    """``Intervals.meeting``."""

    @given(STRETCHES, DAYS, DAYS)
    def test_as_if_each_were_looked_at(self, stretches, one, other):
        """It finds whose stretches have a day in common, each as often as that, sorted."""
        first, last = sorted((one, other))
        rows = [(*stretch, at // 2) for at, stretch in enumerate(stretches)]
        expected = [owner for start, end, owner in rows if start <= last and end >= first]
        assert expected == Intervals(rows).meeting(first, last)

    def test_nothing_in_it(self):
        """A tree of nothing finds nothing."""
        assert [] == Intervals([]).meeting(0, 9)
