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
        """It finds just those with a day in common, in the order in which they were given."""
        first, last = sorted((one, other))
        expected = [at for at, (a, z) in enumerate(stretches) if a <= last and z >= first]
        assert expected == Intervals(stretches).meeting(first, last)

    def test_nothing_in_it(self):
        """A tree of nothing finds nothing."""
        assert [] == Intervals([]).meeting(0, 9)

    def test_written_the_wrong_way_round(self):
        """A stretch that ends before it starts counts for the days between."""
        assert [0] == Intervals([(9, 3)]).meeting(5, 5)
