"""Stretches of days, ready to be asked which of them meet another stretch."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter

__all__ = ["Intervals"]

_Row = tuple[int, int, int]
"""First day, last day, and whose stretch it is."""


class Intervals:
    """A centred interval tree: a question costs by its answer, not by how many stretches lie here.

    See Edelsbrunner, *Dynamic data structures for orthogonal intersection queries* (1980). Every
    node holds the stretches that take in its centre; those wholly before and wholly after it lie
    below. It keeps the numbers of their owners in two orders: an answer is made of slices.
    """

    __slots__ = ("_root",)

    def __init__(self, stretches: Iterable[_Row]) -> None:
        by_start = sorted(stretches)
        self._root = _Node(by_start) if by_start else None

    def meeting(self, first: int, last: int) -> list[int]:
        """Return whose stretches have a day in ``first..last``: a number for each stretch, sorted.

        Args:
            first: The first day, as a day ordinal.
            last: The last day, not before the first.
        """
        found: list[int] = []
        open_nodes = [self._root]
        while open_nodes:
            node = open_nodes.pop()
            if node is None:
                continue
            if last < node.centre:
                found += node.by_start[: bisect_right(node.starts, last)]
                open_nodes.append(node.before)
            elif first > node.centre:
                found += node.by_end[: bisect_right(node.ends, -first)]
                open_nodes.append(node.after)
            else:
                found += node.by_start
                open_nodes += (node.before, node.after)
        found.sort()
        return found


class _Node:
    __slots__ = ("after", "before", "by_end", "by_start", "centre", "ends", "starts")

    def __init__(self, by_start: Sequence[_Row]) -> None:
        # Half of the stretches start before it or on it, so that neither side gets more than half.
        self.centre = centre = by_start[len(by_start) // 2][0]
        here = [row for row in by_start if row[0] <= centre <= row[1]]
        self.starts = [first for first, _, _ in here]
        self.by_start = [owner for _, _, owner in here]
        here.sort(key=itemgetter(1), reverse=True)
        self.ends = [-last for _, last, _ in here]
        self.by_end = [owner for _, _, owner in here]
        before = [row for row in by_start if row[1] < centre]
        after = [row for row in by_start if row[0] > centre]
        self.before = _Node(before) if before else None
        self.after = _Node(after) if after else None
