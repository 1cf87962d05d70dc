"""Dates and periods: what the texts may be, and what comparisons must agree on.

An input is one text or two, a line each; where both are dates they are compared.
"""

from natodata.dates import Period, parse_when
from natodata.errors import BadDate

LONGEST = 48
WORDS = ("..", "/", "~", "?", "%", "-", "0001", "9999", "2000-02-29", "1900-02-28", "-12-31")
SEEDS = (
    *("1999\n1999-06", "1999-06-12\n1999-06-12/..", "../2003\n2003-08~", "0001?\n9999-12-31%"),
    *("0001/9999\n1999/", "/1999\n../..", "2003-02-30\n2003-13", "XXXX-06"),
    *("1999-06?/2003-08-11%\n1999-06", "2000~/2001~\n2002~/2001~"),
)


def run(data: bytes) -> None:
    """Read the texts, and compare what they name."""
    texts = data.decode("utf-8", "surrogateescape").split("\n", 1)
    found = [when for text in texts if (when := _read(text)) is not None]
    for when in found:
        _alone(when)
    if len(found) == 2:
        _compared(*found)


def _read(text):
    try:
        when = parse_when(text)
    except BadDate as error:
        assert str(error).startswith("expected ")
        return None
    assert str(when) == text
    return when


def _alone(when):
    text = str(when)
    again = type(when)(text)
    assert when == again
    assert hash(when) == hash(again)
    first, last, *rest = when.bounds
    assert first <= last <= rest[1]
    assert first <= rest[0] <= rest[1]
    assert when.span[0] <= when.span[1] or any(mark in text for mark in "~?%")
    assert not when.before(when).certain
    assert when.within(when).possible


def _compared(when, other):
    before, after = when.before(other), when.after(other)
    assert before is other.after(when)
    assert when.same_day(other) is other.same_day(when)
    assert (before, after) == (when < other, when > other)
    assert (~after, ~before) == (when <= other, when >= other)
    assert not (before.certain and (after.possible or when.same_day(other).possible))
    assert before.possible or after.possible or when.same_day(other).possible
    within = when.within(other)
    if isinstance(when, Period):
        assert not (when.contains(other).certain and not when.overlaps(other).possible)
    assert within.possible or before.possible or after.possible
    assert (when == other) is (str(when) == str(other) and type(when) is type(other))
    assert sorted([when, other], key=lambda each: each.sort_key) == sorted(
        [other, when], key=lambda each: each.sort_key
    )
