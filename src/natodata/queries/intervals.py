"""Stretches of days, ready to be asked which of them meet another stretch."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

__all__ = ["Intervals"]

_Row = tuple[int, int, int]
"""First day, last day, position."""


class Intervals:
    """A centred interval tree: a question costs by its answer, not by how many stretches lie here.

    See Edelsbrunner, *Dynamic data structures for orthogonal intersection queries* (1980). Every
    node holds the stretches that take in its centre; those wholly before and wholly after it lie
    below.
    """

    __slots__ = ("_root",)

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        rows = [
            (min(first, last), max(first, last), at) for at, (first, last) in enumerate(stretches)
        ]
        self._root = _Node(rows) if rows else None

    def meeting(self, first: int, last: int) -> list[int]:
        """Return the positions of the stretches with a day in ``first..last``, in their order."""
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

    def __init__(self, rows: Sequence[_Row]) -> None:
        days = sorted(day for first, last, _ in rows for day in (first, last))
        self.centre = centre = days[len(days) // 2]
        here = sorted(row for row in rows if row[0] <= centre <= row[1])
        self.starts = [first for first, _, _ in here]
        self.by_start = [at for _, _, at in here]
        here.sort(key=lambda row: -row[1])
        self.ends = [-last for _, last, _ in here]
        self.by_end = [at for _, _, at in here]
        before = [row for row in rows if row[1] < centre]
        after = [row for row in rows if row[0] > centre]
        self.before = _Node(before) if before else None
        self.after = _Node(after) if after else None
