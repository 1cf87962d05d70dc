"""The interval tree against the plain reading of every stretch."""

import pytest
from hypothesis import example, given
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

    @given(STRETCHES)
    @example([(day, day) for day in range(9)])
    @example([(0, 0), (1, 1), (2, 9), (3, 3), (4, 4)])
    def test_balance(self, stretches):
        """Of what lies under a node, neither side has more than half, so that none lies deep."""

        def count(node):
            if node is None:
                return 0
            before, after = count(node.before), count(node.after)
            under = before + after + len(node.by_start)
            assert 2 * max(before, after) <= under
            return under

        tree = Intervals((*stretch, 0) for stretch in stretches)
        assert len(stretches) == count(tree._root)

    @pytest.mark.parametrize("first", range(10))
    @pytest.mark.parametrize("days", range(10))
    def test_every_question(self, first, days):
        """Neither the first nor the last day of a stretch is lost, nor any stretch found twice."""
        rows = [(at, at + long, 10 * at + long) for at in range(7) for long in (0, 1, 3)]
        last = first + days
        expected = [owner for start, end, owner in rows if start <= last and end >= first]
        assert expected == Intervals(rows).meeting(first, last)

    def test_nothing_in_it(self):
        """A tree of nothing finds nothing."""
        assert [] == Intervals([]).meeting(0, 9)
