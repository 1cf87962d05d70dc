"""Costs of questions once everything is loaded, side by side with peers', as ratios in one run.

::

    pip install . pycountry pandas
    python benchmarks/warm.py

Each question is timed in turn with its peer's, several rounds over; medians are compared.
"""

import statistics
import timeit
from collections.abc import Callable

import pandas as pd
import pycountry

import natodata

ROUNDS = 15
DAY = "2012-06-01"


def main() -> None:
    """Time every pair and print microseconds and ratios."""
    nato = natodata.load()
    pycountry.countries.search_fuzzy("Iraq")
    frame = spans(nato)
    day = pd.Timestamp(DAY)

    def mask() -> object:
        return frame[(frame["start"] <= day) & (frame["end"] >= day)]

    pairs: list[tuple[str, Callable[[], object], str, Callable[[], object]]] = [
        (
            "nato[id]",
            lambda: nato["IRQ"],
            "pycountry get",
            lambda: pycountry.countries.get(alpha_3="IRQ"),
        ),
        (
            "nato.find(alias)",
            lambda: nato.find("Operation Sea Guardian"),
            "pycountry lookup",
            lambda: pycountry.countries.lookup("Iraq"),
        ),
        (
            "nato.match(name)",
            lambda: nato.match("sea gardian"),
            "pycountry search_fuzzy",
            lambda: pycountry.countries.search_fuzzy("Iraq"),
        ),
        (
            "nato.on(day).operations",
            lambda: nato.operations.on(DAY).ids,
            "pandas mask",
            mask,
        ),
    ]
    print(f"{'question':<26}{'µs':>9}   {'peer':<24}{'µs':>9}{'ratio':>8}")
    for name, ours, peer, theirs in pairs:
        mine, other = compared(ours, theirs)
        print(f"{name:<26}{mine:>9.2f}   {peer:<24}{other:>9.2f}{mine / other:>8.2f}")


def spans(nato: natodata.Dataset) -> pd.DataFrame:
    """Return the same operations as a frame with first and last days."""
    rows = []
    for record in nato.operations:
        first, _, _, last = record.bounds
        rows.append((record.id, ordinal(first), ordinal(last)))
    return pd.DataFrame(rows, columns=["id", "start", "end"])


def ordinal(day: int) -> pd.Timestamp:
    """Return a timestamp for a day ordinal, kept inside what pandas can hold."""
    low, high = pd.Timestamp("1900-01-01"), pd.Timestamp("2200-01-01")
    inside = max(low.toordinal(), min(high.toordinal(), day))
    return pd.Timestamp.fromordinal(inside)


def compared(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Return the median microseconds of one call of each."""
    times: tuple[list[float], list[float]] = ([], [])
    for question, found in zip((ours, theirs), times, strict=True):
        question()
        found.clear()
    for _ in range(ROUNDS):
        for question, found in zip((ours, theirs), times, strict=True):
            timer = timeit.Timer(question)
            number = max(1, int(0.02 / max(timer.timeit(1), 1e-7)))
            found.append(timer.timeit(number) / number * 1e6)
    return statistics.median(times[0]), statistics.median(times[1])


if __name__ == "__main__":
    main()
